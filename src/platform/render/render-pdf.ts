import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { limitMemory } from './limit-memory.ts'
import type { Report } from './report.ts'
import type { TypstWorkerData } from './typst-worker.ts'
import { createWorkerHost } from './worker-host.ts'

const MiB = 1024 * 1024
const memoryLimit = 1024 * MiB

const host = createWorkerHost<Report>({
  start,
  release: () => {
    compiled = null
  },
  timeLimit: 60_000,
  idleAfter: 120_000,
  // Typst remembers earlier documents to set similar ones faster and never forgets: about 5 MiB for each SoA.
  retireAt: 512 * MiB,
  queueLimit: 16,
})

/**
 * Renders a report as a tagged PDF 1.7 (A4). The same report gives the same bytes.
 * Throws `WorkerError`: `time` or `memory` for a report that is too large, `busy` when too many are waiting.
 */
export const renderPdf = (report: Report): Promise<Uint8Array> => host.run(report)

/** Ends the PDF worker, if one is running. */
export const stopPdf = (): Promise<void> => host.stop()

// Compiled once for all workers: machine code is shared, so a replacement is ready in 60 ms.
let compiled: Promise<WebAssembly.Module> | null = null

async function start(): Promise<Worker> {
  compiled ??= compileTypst()
  const data: TypstWorkerData = { module: await compiled, memoryLimit }
  // No `resourceLimits`: they count WebAssembly memory as well, and then every step of a large document collects garbage.
  return new Worker(new URL('./typst-worker.ts', import.meta.url), { workerData: data, env: {} })
}

async function compileTypst(): Promise<WebAssembly.Module> {
  const path = fileURLToPath(import.meta.resolve('@myriaddreamin/typst-ts-web-compiler/wasm'))
  return WebAssembly.compile(limitMemory(await readFile(path), memoryLimit))
}
