import { readFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { threadEnvironment } from '#platform/threads/thread-environment.ts'
import { limitMemory } from './limit-memory.ts'
import type { Report } from './report.ts'
import type { TypstWorkerData } from './typst-worker.ts'
import { createWorkerHost, type WorkerHost } from './worker-host.ts'

const MiB = 1024 * 1024
const machine = machineMemory()

/** A quarter MiB for each row of a register: 3 GiB set 12,000 of them. Never more than half of what the machine has. */
const host = createPdfHost(Math.min(3072 * MiB, machine / 2))

/**
 * Renders a report as a tagged PDF 1.7 (A4). The same report gives the same bytes.
 * Throws `WorkerError`: `time` or `memory` for a report that is too large, `busy` when too many are waiting.
 */
export const renderPdf = (report: Report): Promise<Uint8Array> => host.run(report)

/** Ends the PDF worker, if one is running. */
export const stopPdf = (): Promise<void> => host.stop()

/**
 * A Typst worker of its own. The compiler is kept for the workers that follow the first: machine code is shared, so a
 * replacement is ready in 60 ms.
 * @param memoryLimit bytes the compiler may take
 */
export function createPdfHost(memoryLimit: number): WorkerHost<Report> {
  let compiled: Promise<WebAssembly.Module> | null = null
  return createWorkerHost<Report>({
    async start() {
      compiled ??= compileTypst(memoryLimit)
      const data: TypstWorkerData = { module: await compiled, memoryLimit }
      // No `resourceLimits`: they count WebAssembly memory as well, and then a large document collects garbage all the
      // time.
      return new Worker(new URL('./typst-worker.ts', import.meta.url), { workerData: data, env: threadEnvironment() })
    },
    release: () => {
      compiled = null
    },
    timeLimit: 120_000,
    idleAfter: 120_000,
    // Typst remembers earlier documents, to set again only what has changed in them, and never forgets: 10 MiB for each
    // new SoA, 180 for a register of 1,000 rows, 10 for the same one again. Without what it remembers such a register
    // takes 2.4 s instead of 0.9.
    retireAt: Math.min(640 * MiB, Math.max(192 * MiB, machine / 8)),
    queueLimit: 16,
  })
}

async function compileTypst(memoryLimit: number): Promise<WebAssembly.Module> {
  const path = fileURLToPath(import.meta.resolve('@myriaddreamin/typst-ts-web-compiler/wasm'))
  return WebAssembly.compile(limitMemory(await readFile(path), memoryLimit))
}

function machineMemory(): number {
  const constrained = process.constrainedMemory()
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
}
