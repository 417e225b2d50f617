import type { Command } from 'commander'
import { refusalOf } from '#platform/http/problem.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

/** What a command has to say: lines for people, and the same as JSON for programs. */
export interface Answer {
  readonly lines: readonly string[]
  readonly json: unknown
  /** 0 done, 1 done with findings or failures the answer names. */
  readonly code?: number
}

/**
 * Runs a command, prints its answer (as one JSON value with `--json`) and ends with its exit code: 0 done, 1 found
 * something wrong, 2 refused. A refusal goes to standard error, in one sentence, or as JSON.
 */
export async function answering(command: Command, work: () => Promise<Answer>): Promise<void> {
  const asJson = command.optsWithGlobals<{ json?: boolean }>().json === true
  try {
    const { lines, json, code = 0 } = await work()
    process.stdout.write(asJson ? `${JSON.stringify(json)}\n` : lines.map((line) => `${line}\n`).join(''))
    process.exitCode = code
  } catch (error) {
    const refusal = refusalOf(error)
    const message = refusal?.message ?? (error instanceof Error ? error.message : String(error))
    const others = error instanceof RefusalError ? error.others.map((one) => one.message) : []
    const problem = { code: refusal?.code ?? 'failed', message, ...(others.length > 0 ? { others } : {}) }
    process.stderr.write(asJson ? `${JSON.stringify({ error: problem })}\n` : `${[message, ...others].join('\n')}\n`)
    process.exitCode = 2
  }
}
