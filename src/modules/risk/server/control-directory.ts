import type { Id } from '#kernel/id.ts'
import type { Tx } from '#platform/db/transaction.ts'

/** What the risk module asks of controls: their name, and whether their records say that they work. */
export interface ControlFacts {
  readonly id: Id<'control'>
  readonly ref: string
  readonly title: string
  readonly works: boolean
}

/** All controls of the organization, in one statement. */
export type ControlDirectory = (tx: Tx) => Promise<ReadonlyMap<Id<'control'>, ControlFacts>>

let directory: ControlDirectory = async () => new Map()

/** The controls module, which comes later, publishes its directory here; `app` connects the two. */
export function publishControlDirectory(published: ControlDirectory): void {
  directory = published
}

/** The controls as published; none when there is no controls module. */
export const controlDirectory: ControlDirectory = (tx) => directory(tx)
