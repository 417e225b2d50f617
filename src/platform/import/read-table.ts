import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { Sheet, SheetRow } from '#kernel/import.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { threadEnvironment } from '#platform/threads/thread-environment.ts'
import { importLimits } from './limits.ts'
import type { ReadMessage, ReadOrder, ReadOutcome } from './read-bytes.ts'
import type { TextOptions } from './read-csv.ts'
import { sizeOf } from './stop.ts'

export interface ReadOptions extends TextOptions {
  /** Overrides the time a file may take, in milliseconds. */
  readonly milliseconds?: number
  /** Overrides the memory the reading thread may use, in MiB. */
  readonly memoryMb?: number
}

/**
 * Reads an XLSX or CSV file into sheets of cells with their line numbers. What the file is follows from its content, not
 * its name. Reading happens in a thread with a limit on memory and time; whoever reads what others send takes a turn
 * first (`inReadingTurn`). Refused with a sentence, never half read: other formats, damaged or protected files, bombs, and
 * everything beyond {@link importLimits}.
 * @param source path of the file, or its content
 * @param fileName name the user gave it; a CSV file's only sheet is called like it
 */
export async function readWorkbook(
  source: string | Uint8Array,
  fileName: string,
  options: ReadOptions = {},
): Promise<Result<Sheet[]>> {
  const bytes = typeof source === 'string' ? (await stat(source)).size : source.byteLength
  if (bytes > importLimits.fileBytes) {
    return refuse(
      'import.file_too_large',
      `“${fileName}” has ${sizeOf(bytes)}; at most ${sizeOf(importLimits.fileBytes)} can be imported. Split it into several files`,
      { fileName, maxBytes: importLimits.fileBytes, bytes },
    )
  }
  const { milliseconds = importLimits.milliseconds, memoryMb = importLimits.memoryMb, ...text } = options
  return runReader({ source, fileName, options: text }, milliseconds, memoryMb)
}

function runReader(order: ReadOrder, milliseconds: number, memoryMb: number): Promise<ReadOutcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      // The thread needs nothing of the server's environment or its flags.
      env: threadEnvironment(),
      execArgv: [],
    })
    const stop = (): void => {
      clearTimeout(timer)
      void worker.terminate()
    }
    const finish = (outcome: ReadOutcome): void => {
      stop()
      resolve(outcome)
    }
    const timer = setTimeout(() => {
      finish(
        refuse(
          'import.too_slow',
          `Reading “${order.fileName}” takes longer than ${Math.round(milliseconds / 1000)} seconds and was stopped. Save it with fewer sheets and rows, or as CSV`,
          { fileName: order.fileName, seconds: Math.round(milliseconds / 1000) },
        ),
      )
    }, milliseconds)
    const sheets: { sheet: Sheet; rows: SheetRow[] }[] = []
    worker.on('message', (message: ReadMessage) => {
      if ('sheet' in message) sheets.push({ sheet: message.sheet, rows: [] })
      else if ('rows' in message) sheets.at(-1)?.rows.push(...message.rows)
      else
        finish(
          message.done
            ? { ok: false, refusal: message.done }
            : ok(sheets.map(({ sheet, rows }) => ({ ...sheet, rows }))),
        )
    })
    worker.once('error', (error: Error & { code?: string }) => {
      stop()
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
        resolve(
          refuse(
            'import.too_large_to_read',
            `“${order.fileName}” needs more than ${memoryMb} MiB of memory to read. Save it with fewer sheets and rows, or as CSV`,
            { fileName: order.fileName, memoryMb },
          ),
        )
      } else reject(error)
    })
  })
}
