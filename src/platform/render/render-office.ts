import { Worker } from 'node:worker_threads'
import { threadEnvironment } from '#platform/threads/thread-environment.ts'
import type { OfficeTask } from './office-worker.ts'
import type { Report } from './report.ts'
import { createWorkerHost } from './worker-host.ts'

const MiB = 1024 * 1024

const host = createWorkerHost<OfficeTask>({
  start: () =>
    Promise.resolve(
      new Worker(new URL('./office-worker.ts', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: 2048 },
        env: threadEnvironment(),
      }),
    ),
  timeLimit: 120_000,
  idleAfter: 120_000,
  retireAt: 384 * MiB,
  queueLimit: 16,
})

/** Renders a report as a Word document. Throws `WorkerError` as `renderPdf` does. */
export const renderDocx = (report: Report): Promise<Uint8Array> => host.run({ format: 'docx', report })

/** Renders a report as an Excel workbook. Throws `WorkerError` as `renderPdf` does. */
export const renderXlsx = (report: Report): Promise<Uint8Array> => host.run({ format: 'xlsx', report })

/** Ends the worker for DOCX and XLSX, if one is running. */
export const stopOffice = (): Promise<void> => host.stop()
