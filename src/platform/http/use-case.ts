import type { Readable } from 'node:stream'
import type { Id } from '#kernel/id.ts'
import type { Result } from '#kernel/result.ts'
import type { Clock } from '#kernel/time.ts'
import type { Actor, Permission } from '#platform/access/policy.ts'
import type { BodyOf, ParamsOf, QueryOf, ResponseOf, RouteContract } from '#platform/contract/route.ts'
import type { Database } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Caller } from '#platform/identity/scope.ts'

/** Whether the caller could perform another action, for the `can` of a response. */
export type Can = (action: string, owners?: readonly (Id<'person'> | null)[]) => boolean

/** What every use-case inside an organization is given. */
export interface OrgCall<C extends RouteContract, S> {
  readonly tx: Tx
  /** The role table's answer to the route's action; `tx.lock` and `grantForNew` turn it into a grant. */
  readonly permission: Permission
  readonly actor: Actor
  readonly can: Can
  readonly params: ParamsOf<C>
  readonly query: QueryOf<C>
  readonly body: BodyOf<C>
  /** Version from `If-Match`; null where the route does not ask for one. */
  readonly version: number | null
  readonly services: S
}

/** What leaves: the response of the contract, a refusal, or what remains to be done once everything is saved. */
export type Outcome<C extends RouteContract> = Promise<
  ResponseOf<C> | Result<ResponseOf<C>> | AfterCommit<ResponseOf<C>>
>

/** Work that must not happen unless the transaction has been committed, such as sending mail; it makes the response. */
export class AfterCommit<T> {
  readonly work: () => Promise<T>
  constructor(work: () => Promise<T>) {
    this.work = work
  }
}

/**
 * Answers with the result of `work`, which runs after the commit and cannot undo anything any more. Not for routes that
 * keep their answer for an idempotency key: that is stored before the commit.
 */
export const afterCommit = <T>(work: () => Promise<T>): AfterCommit<T> => new AfterCommit(work)

/** What a use-case that answers with a file is given. */
export interface DownloadCall<C extends RouteContract, S> extends OrgCall<C, S> {
  /** The `Range` header as it came. */
  readonly range: string | undefined
}

/** A file to be sent; the stream is opened after the transaction has ended. With `content-range` it is a part. */
export interface Download {
  readonly headers: Readonly<Record<string, string>>
  readonly open: () => Promise<Readable | Uint8Array>
}

/**
 * What a route without an organization is given. It opens its transactions itself: counting attempts needs one that
 * stays when the request is refused, and no connection waits while a password is hashed.
 */
export interface PlatformCall<C extends RouteContract, S> {
  readonly db: Database
  readonly clock: Clock
  /** Who is signed in; null on routes open to anyone. */
  readonly caller: C['action'] extends 'signedIn' ? Caller : null
  readonly params: ParamsOf<C>
  readonly query: QueryOf<C>
  readonly body: BodyOf<C>
  readonly services: S
  readonly http: HttpFacts
}

/** Facts of the request that identity needs. Modules never see them. */
export interface HttpFacts {
  readonly sessionToken: string | null
  readonly address: string
  setSession(token: string, expiresAt: string): void
  clearSession(): void
  /** Starts work once the answer is on its way, so that its time tells nothing. A failure is logged; closing waits. */
  later(work: () => Promise<unknown>): void
}

/** What a use-case that receives a file is given: transactions are opened around the stream, not over it. */
export interface UploadCall<C extends RouteContract, S> {
  readonly params: ParamsOf<C>
  readonly query: QueryOf<C>
  readonly body: Readable
  readonly contentType: string
  /** Size the sender announced, if it did. */
  readonly bytes: number | null
  readonly services: S
  readonly actor: Actor
  readonly signal: AbortSignal
  /** Opens a transaction in the caller's organization; rights are checked anew each time. */
  withTx: WithTx
}

/** What a use-case that works for long is given: its transactions are opened around slow work, not over it. */
export interface StepsCall<C extends RouteContract, S> {
  readonly params: ParamsOf<C>
  readonly query: QueryOf<C>
  readonly body: BodyOf<C>
  readonly services: S
  readonly actor: Actor
  /** Opens a transaction in the caller's organization; rights are checked anew each time. */
  withTx: WithTx
}

/** Opens a transaction in the caller's organization. */
export type WithTx = <T>(
  mode: 'read' | 'write',
  work: (call: { tx: Tx; permission: Permission; can: Can }) => Promise<T>,
) => Promise<T>

/** A contract together with what answers it. `S` are the services wired in `app`. */
export type UseCase<S = never> =
  | {
      readonly kind: 'org'
      readonly contract: RouteContract
      readonly run: (call: OrgCall<RouteContract, S>) => Promise<unknown>
    }
  | {
      readonly kind: 'platform'
      readonly contract: RouteContract
      readonly run: (call: PlatformCall<RouteContract, S>) => Promise<unknown>
    }
  | {
      readonly kind: 'upload'
      readonly contract: RouteContract
      readonly run: (call: UploadCall<RouteContract, S>) => Promise<unknown>
    }
  | {
      readonly kind: 'steps'
      readonly contract: RouteContract
      readonly run: (call: StepsCall<RouteContract, S>) => Promise<unknown>
    }
  | {
      readonly kind: 'download'
      readonly contract: RouteContract
      readonly run: (call: DownloadCall<RouteContract, S>) => Promise<unknown>
    }

/** A read or write inside an organization, in one transaction. */
export function useCase<const C extends RouteContract, S = unknown>(
  contract: C,
  run: (call: OrgCall<C, S>) => Outcome<C>,
): UseCase<S> {
  return { kind: 'org', contract, run: run as (call: OrgCall<RouteContract, S>) => Promise<unknown> }
}

/** A route outside any organization: sign-in, set-up, the session. */
export function platformUseCase<const C extends RouteContract, S = unknown>(
  contract: C,
  run: (call: PlatformCall<C, S>) => Outcome<C>,
): UseCase<S> {
  return { kind: 'platform', contract, run: run as (call: PlatformCall<RouteContract, S>) => Promise<unknown> }
}

/** A route that receives a file as its body. */
export function uploadUseCase<const C extends RouteContract, S = unknown>(
  contract: C,
  run: (call: UploadCall<C, S>) => Outcome<C>,
): UseCase<S> {
  return { kind: 'upload', contract, run: run as (call: UploadCall<RouteContract, S>) => Promise<unknown> }
}

/** A route that opens its transactions itself, so that no connection waits while it reads or computes. */
export function stepsUseCase<const C extends RouteContract, S = unknown>(
  contract: C,
  run: (call: StepsCall<C, S>) => Outcome<C>,
): UseCase<S> {
  return { kind: 'steps', contract, run: run as (call: StepsCall<RouteContract, S>) => Promise<unknown> }
}

/** A route that answers with a file made while it leaves, in transactions it opens itself. */
export function downloadInStepsUseCase<const C extends RouteContract, S = unknown>(
  contract: C,
  run: (call: StepsCall<C, S>) => Promise<Download>,
): UseCase<S> {
  return { kind: 'steps', contract, run: run as (call: StepsCall<RouteContract, S>) => Promise<unknown> }
}

/** A route that answers with a file. */
export function downloadUseCase<const C extends RouteContract, S = unknown>(
  contract: C,
  run: (call: DownloadCall<C, S>) => Promise<Download>,
): UseCase<S> {
  return { kind: 'download', contract, run: run as (call: DownloadCall<RouteContract, S>) => Promise<unknown> }
}
