import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { importLimits } from './limits.ts'

const waiting: (() => void)[] = []
let reading = 0

/**
 * Runs work that holds a whole file and its rows in memory: a few at a time in one process, however many people import at
 * once, the others in the order in which they came. Everything the work needs of the file is loaded within it. Refused
 * with `import.busy` when too many wait.
 */
export async function inReadingTurn<T>(fileName: string, work: () => Promise<T>): Promise<T> {
  if (reading < importLimits.readers) reading++
  else if (waiting.length >= importLimits.waiting) {
    throw new RefusalError({
      code: 'import.busy',
      message: `“${fileName}” was not read, because too many files are being read right now. Try again in a minute`,
      facts: { fileName },
    })
  } else await new Promise<void>((myTurn) => waiting.push(myTurn))
  try {
    return await work()
  } finally {
    // The turn passes on to who waits longest.
    const next = waiting.shift()
    if (next) next()
    else reading--
  }
}
