import type { Refusal, RefusalFacts } from '#kernel/result.ts'

/** Leaves the depths of a reader with a refusal. Caught where the reading began; never seen outside this folder. */
export class Stop extends Error {
  readonly refusal: Refusal

  constructor(code: string, message: string, facts: RefusalFacts = {}) {
    super(message)
    this.refusal = { code, message, facts, field: 'file' }
  }
}

/** Bytes as people say them. */
export function sizeOf(bytes: number): string {
  return bytes >= 1024 * 1024
    ? `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`
    : `${Math.max(1, Math.round(bytes / 1024))} KiB`
}
