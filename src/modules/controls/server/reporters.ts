import type { Id } from '#kernel/id.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { TestLine } from '../domain/status.ts'

/** What later modules know of controls: test results and open findings. One query per reporter, whatever the number of controls. */
export interface ControlReporter {
  readonly name: string
  report(tx: Tx): Promise<ReadonlyMap<Id<'control'>, { tests?: readonly TestLine[]; findings?: readonly string[] }>>
}

/** Filled in `app` by modules that test or audit controls. */
export const controlReporters: ControlReporter[] = []
