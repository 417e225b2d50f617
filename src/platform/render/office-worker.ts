import { getHeapStatistics } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import type { Report } from './report.ts'
import type { WorkerAnswer, WorkerFailure } from './worker-host.ts'

/** What this thread is asked for. */
export interface OfficeTask {
  readonly format: 'docx' | 'xlsx'
  readonly report: Report
}

// The libraries are loaded by the first task that needs them.
async function render({ format, report }: OfficeTask): Promise<Uint8Array> {
  if (format === 'docx') return (await import('./docx-document.ts')).docxDocument(report)
  return (await import('./xlsx-workbook.ts')).xlsxWorkbook(report)
}

parentPort?.on('message', (task: OfficeTask) => {
  render(task).then(
    (bytes) => {
      const answer: WorkerAnswer = { bytes, memory: getHeapStatistics().total_heap_size }
      parentPort?.postMessage(answer, bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [])
    },
    (error: unknown) => {
      const answer: WorkerFailure = {
        failure: 'defect',
        message: error instanceof Error ? error.message : String(error),
      }
      parentPort?.postMessage(answer, [])
    },
  )
})
