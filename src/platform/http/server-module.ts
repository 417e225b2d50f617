import type { AttentionSource } from '#platform/attention/attention-source.ts'
import type { RecordType } from '#platform/ledger/record-type.ts'
import type { Findable } from '#platform/search/findable.ts'
import type { WaitingSource } from '#platform/waiting/waiting-source.ts'
import type { UseCase } from './use-case.ts'

/** What a module brings to the server; `app` puts the modules together. */
export interface ServerModule<S = unknown> {
  readonly name: string
  // oxlint-disable-next-line typescript/no-explicit-any -- record types of every row shape stand in one list
  readonly records: readonly RecordType<any>[]
  readonly useCases: readonly UseCase<S>[]
  /** Record types the search finds and histories name. */
  readonly findables?: readonly Findable[]
  /** What can need attention in its registers: the counts in the navigation. */
  readonly attention?: readonly AttentionSource[]
  /** What of its records can wait for a certain person: the beginning of the overview. */
  readonly waiting?: readonly WaitingSource[]
}
