import type { Refusal, RefusalFacts } from '#kernel/result.ts'

/** Leaves the depths of a reader with a refusal. Caught where the reading began; never seen outside this folder. */
export class Stop extends Error {
  readonly refusal: Refusal

  constructor(code: string, message: string, facts: RefusalFacts = {}) {
    super(message)
    this.refusal = { code, message, facts, field: 'file' }
  }
}

/** What is left of the cells and characters a file may hold; both shrink while it is read. */
export interface Budget {
  cells: number
  characters: number
}

/** Takes characters from a budget. Stops when it is used up. */
export function spendText(budget: Budget, characters: number): void {
  budget.characters -= characters
  if (budget.characters >= 0) return
  throw new Stop(
    'import.too_much_text',
    'The file holds more text than can be read. Shorten long texts, or split it into several files',
  )
}

/** Refuses a file of more cells than can be read. */
export const tooManyCells = (cells: number): Stop =>
  new Stop(
    'import.too_many_cells',
    `The file has more than ${cells.toLocaleString('en')} cells. Split it into several files, and delete what stands far to the right of the table`,
  )

/** Bytes as people say them. */
export function sizeOf(bytes: number): string {
  return bytes >= 1024 * 1024
    ? `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`
    : `${Math.max(1, Math.round(bytes / 1024))} KiB`
}
