import type { Id } from '#kernel/id.ts'
import type { Grant, RoleTable } from '#platform/access/policy.ts'
import type { RouteContract } from '#platform/contract/route.ts'
import type { Tx } from '#platform/db/transaction.ts'
import {
  type OrgCall,
  type Outcome,
  type PlatformCall,
  platformUseCase,
  type UseCase,
  useCase,
} from '#platform/http/use-case.ts'
import type { Mailer } from '#platform/mail/mailer.ts'
import type { DemoLoader } from './demo-load.ts'

/**
 * The directory of people, as far as identity needs it: a member is somebody there. The people module fills it in
 * `app`, since it builds on the platform and not the other way round.
 */
export interface Directory {
  /** Enters somebody new. An address another entry has is a duplicate. */
  enter(tx: Tx, grant: Grant, arrival: Arrival): Promise<Id<'person'>>
  /** An entry somebody may be linked to, neither left nor withdrawn; it stays so until the transaction ends. */
  entryHere(tx: Tx, person: Id<'person'>): Promise<DirectoryEntry | undefined>
  /**
   * The entry that has an e-mail address or a reference at present, also of somebody who has left. To propose or to
   * name, never to decide who somebody is: whoever edits the directory chooses the addresses in it.
   */
  entryBy(tx: Tx, key: { readonly email: string } | { readonly ref: string }): Promise<DirectoryEntry | undefined>
  /** Refuses a person who is not in this organization's directory or has left; `field` named them. */
  requireHere(tx: Tx, person: Id<'person'> | null, field: string): Promise<void>
}

/** A person of the directory: who acts in the organization is written under this name. */
export interface DirectoryEntry {
  readonly id: Id<'person'>
  readonly ref: string
  readonly name: string
}

export interface Arrival {
  readonly name: string
  readonly email: string
  /** Not staff: an external auditor. */
  readonly external: boolean
}

/** What identity needs from the composition root. */
export interface IdentityServices {
  readonly directory: Directory
  /** Null when no mail server is configured: links are then handed over by hand. */
  readonly mail: Mailer | null
  /** Public address, under which links open. */
  readonly url: URL
  /** The server was started to show the demo: its personas may sign in by one click. */
  readonly demo: boolean
  /** Null where no demo can be loaded. */
  readonly demoLoader: DemoLoader | null
  readonly roleTable: RoleTable
}

/** `useCase` with identity's services. */
export const inOrganization = <const C extends RouteContract>(
  contract: C,
  run: (call: OrgCall<C, IdentityServices>) => Outcome<C>,
): UseCase<IdentityServices> => useCase<C, IdentityServices>(contract, run)

/** `platformUseCase` with identity's services. */
export const outside = <const C extends RouteContract>(
  contract: C,
  run: (call: PlatformCall<C, IdentityServices>) => Outcome<C>,
): UseCase<IdentityServices> => platformUseCase<C, IdentityServices>(contract, run)
