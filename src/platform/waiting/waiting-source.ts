import type { LocalDate } from '#kernel/time.ts'
import type { Actor } from '#platform/access/policy.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'

/**
 * How it is ordered: documents to release come first, then signatures under records, then questions put to somebody,
 * then work, by its date.
 */
export const waitingRanks = ['document', 'signature', 'answer', 'work'] as const
export type WaitingRank = (typeof waitingRanks)[number]

/** One thing that goes no further before a certain person has acted. */
export interface Waiting {
  /** What they are to do, `approvePlan`: the web app has a text for it. */
  readonly kind: string
  readonly rank: WaitingRank
  /** Reference or number of the record; empty when it has none. */
  readonly ref: string
  /** What the record is called; null where the text of the kind says it. */
  readonly title: string | null
  /** Address of the page on which it is done, inside the organization. */
  readonly path: string
  /** The day it is due; null without one. */
  readonly on: LocalDate | null
}

export interface WaitingFor {
  readonly tx: Tx
  readonly actor: Actor
  readonly can: Can
  readonly today: LocalDate
}

/** What of one module can wait for a person. `app` hands all of them to the platform. */
export interface WaitingSource {
  readonly kinds: readonly string[]
  /** A bounded number of statements, whatever waits. */
  readonly list: (asked: WaitingFor) => Promise<readonly Waiting[]>
}
