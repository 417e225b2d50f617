import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { type ReadMessage, type ReadOrder, readBytes } from './read-bytes.ts'

// Runs in a thread of its own, so that a hostile file can take neither the server's memory nor its time.
const order: ReadOrder = workerData
const bytes = typeof order.source === 'string' ? readFileSync(order.source) : Buffer.from(order.source)
const outcome = await readBytes(bytes, order.fileName, order.options)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
const send = (message: ReadMessage): void => parentPort?.postMessage(message)

if (outcome.ok) {
  // Rows travel in small parts: unpacking one large message would hold up every request of the server.
  for (const sheet of outcome.value) {
    send({ sheet: { ...sheet, rows: [] } })
    for (let i = 0; i < sheet.rows.length; i += 1000) send({ rows: sheet.rows.slice(i, i + 1000) })
  }
  send({ done: null })
} else send({ done: outcome.refusal })
