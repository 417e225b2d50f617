import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'

export const obligationKinds = ['law', 'regulation', 'contract', 'interestedParty'] as const
export const dispositions = ['yes', 'no', 'undecided'] as const
export const partyKinds = ['internal', 'external'] as const

/** Somebody with a stake in information security here (4.2 a). */
export interface InterestedParty extends RecordRow {
  readonly id: Id<'party'>
  readonly ref: string
  readonly name: string
  readonly kind: (typeof partyKinds)[number]
  readonly interest: string
  readonly withdrawnAt: Instant | null
}

export type PartyFields = Pick<InterestedParty, 'name' | 'kind' | 'interest'>

/** Something that has to be met: by law, by contract, or because an interested party requires it. A driver of controls. */
export interface Obligation extends RecordRow {
  readonly id: Id<'obligation'>
  readonly ref: string
  readonly title: string
  readonly kind: (typeof obligationKinds)[number]
  readonly source: string
  readonly clause: string
  readonly jurisdiction: string
  readonly partyId: Id<'party'> | null
  readonly requirement: string
  readonly addressed: (typeof dispositions)[number]
  readonly addressedWhy: string
  readonly ownerId: Id<'person'> | null
  readonly ownerText: string
  readonly appliesSince: LocalDate | null
  readonly reviewOn: LocalDate | null
  readonly reviewedOn: LocalDate | null
  readonly reviewedBy: Id<'person'> | null
  readonly withdrawnAt: Instant | null
}

export type ObligationFields = Omit<
  Obligation,
  'id' | 'orgId' | 'version' | 'ref' | 'reviewedOn' | 'reviewedBy' | 'withdrawnAt'
>

/** An obligation with nothing stated but its title and kind. */
export const blankObligation: Omit<ObligationFields, 'title' | 'kind'> = {
  source: '',
  clause: '',
  jurisdiction: '',
  partyId: null,
  requirement: '',
  addressed: 'undecided',
  addressedWhy: '',
  ownerId: null,
  ownerText: '',
  appliesSince: null,
  reviewOn: null,
}

/** Enters an obligation. */
export function addObligation(
  key: Pick<Obligation, 'id' | 'orgId' | 'ref'>,
  fields: ObligationFields,
): Result<Change<Obligation>> {
  const row: Obligation = { ...key, ...fields, version: 1, reviewedOn: null, reviewedBy: null, withdrawnAt: null }
  return checked(row, () => created('obligation', row, 'obligation.added'))
}

/** Whether an obligation is a reason for controls: not what the ISMS was decided not to take care of (4.2 c). */
export function isDriver(obligation: Pick<Obligation, 'addressed' | 'withdrawnAt'>): boolean {
  return obligation.withdrawnAt === null && obligation.addressed !== 'no'
}

export const obligationGapKinds = [
  'noOwner',
  'ownerUnresolved',
  'ownerLeft',
  'notDecided',
  'noSource',
  'neverReviewed',
  'noReviewDate',
  'reviewOverdue',
] as const
export type ObligationGap = (typeof obligationGapKinds)[number]

/** What an auditor would object to in an entry (4.2, A.5.31), most important first. */
export function obligationGaps(
  obligation: Pick<
    Obligation,
    'kind' | 'source' | 'partyId' | 'addressed' | 'ownerId' | 'ownerText' | 'reviewOn' | 'reviewedOn' | 'withdrawnAt'
  >,
  owner: { readonly active: boolean } | null,
  today: LocalDate,
): readonly ObligationGap[] {
  if (obligation.withdrawnAt !== null) return []
  const gaps: ObligationGap[] = []
  if (obligation.ownerId === null) gaps.push(obligation.ownerText === '' ? 'noOwner' : 'ownerUnresolved')
  else if (owner && !owner.active) gaps.push('ownerLeft')
  // 4.2 c: for every demand it is decided whether the ISMS takes care of it.
  if (obligation.kind === 'interestedParty' && obligation.addressed === 'undecided') gaps.push('notDecided')
  if (obligation.source.trim() === '' && obligation.partyId === null) gaps.push('noSource')
  if (obligation.reviewedOn === null) gaps.push('neverReviewed')
  if (obligation.reviewOn === null) gaps.push('noReviewDate')
  else if (obligation.reviewOn < today) gaps.push('reviewOverdue')
  return gaps
}

/** Changes an obligation. Refuses a withdrawn one, and “not addressed” without a reason. */
export function changeObligation(obligation: Obligation, patch: Partial<ObligationFields>): Result<Change<Obligation>> {
  if (obligation.withdrawnAt !== null) return gone(obligation)
  const settled = { ...patch, ...(patch.ownerId ? { ownerText: '' } : {}) }
  return checked({ ...obligation, ...settled }, () => changed('obligation', obligation, settled, 'obligation.changed'))
}

function checked(after: Obligation, change: () => Change<Obligation>): Result<Change<Obligation>> {
  if (after.addressed === 'no' && after.addressedWhy.trim() === '') {
    return refuse(
      'obligation.not_addressed_why',
      `Say why ${after.ref} is not addressed by the ISMS: an auditor will ask.`,
      { ref: after.ref },
      'addressedWhy',
    )
  }
  return ok(change())
}

/**
 * Records a review: what was required still is, or the entry was brought up to date. Sets the day of the next one.
 * Refuses a review that has not happened yet, or lies before the last one.
 */
export function reviewObligation(
  obligation: Obligation,
  review: {
    readonly on: LocalDate
    readonly next: LocalDate | null
    readonly by: Id<'person'> | null
    readonly today: LocalDate
    /** What was found. */
    readonly note?: string
  },
): Result<Change<Obligation>> {
  if (obligation.withdrawnAt !== null) return gone(obligation)
  if (review.on > review.today) {
    return refuse(
      'obligation.review_in_future',
      `${review.on} has not come yet: record a review when it has happened.`,
      { on: review.on },
      'on',
    )
  }
  if (obligation.reviewedOn !== null && review.on < obligation.reviewedOn) {
    return refuse(
      'obligation.reviewed_later',
      `${obligation.ref} was last reviewed on ${obligation.reviewedOn}; ${review.on} lies before that.`,
      { ref: obligation.ref, on: review.on, reviewedOn: obligation.reviewedOn },
      'on',
    )
  }
  if (review.next !== null && review.next <= review.on) {
    return refuse('obligation.next_review', `The next review must lie after ${review.on}.`, { on: review.on }, 'next')
  }
  const patch = { reviewedOn: review.on, reviewedBy: review.by, reviewOn: review.next }
  const note = review.note === undefined || review.note === '' ? null : review.note
  return ok(changed('obligation', obligation, patch, 'obligation.reviewed', note))
}

/** Takes an obligation out of the register, with the reason: repealed, contract ended. */
export function withdrawObligation(obligation: Obligation, now: Instant, reason: string): Result<Change<Obligation>> {
  if (obligation.withdrawnAt !== null) return gone(obligation)
  return ok(changed('obligation', obligation, { withdrawnAt: now }, 'obligation.withdrawn', reason))
}

function gone(obligation: Obligation): ReturnType<typeof refuse> {
  return refuse('obligation.withdrawn', `${obligation.ref} was withdrawn and cannot be changed.`, {
    ref: obligation.ref,
  })
}

/** Enters an interested party. */
export function addParty(
  key: Pick<InterestedParty, 'id' | 'orgId' | 'ref'>,
  fields: PartyFields,
): Change<InterestedParty> {
  return created('interested_party', { ...key, ...fields, version: 1, withdrawnAt: null }, 'party.added')
}

/** Changes an interested party. */
export function changeParty(party: InterestedParty, patch: Partial<PartyFields>): Result<Change<InterestedParty>> {
  if (party.withdrawnAt !== null) return partyGone(party)
  return ok(changed('interested_party', party, patch, 'party.changed'))
}

/** Takes an interested party out of the register. Refused while obligations come from it. */
export function withdrawParty(
  party: InterestedParty,
  obligations: readonly string[],
  now: Instant,
  reason: string,
): Result<Change<InterestedParty>> {
  if (party.withdrawnAt !== null) return partyGone(party)
  if (obligations.length > 0) {
    return refuse(
      'party.in_use',
      `${obligations.join(', ')} ${obligations.length === 1 ? 'comes' : 'come'} from ${party.name}: withdraw or change ${obligations.length === 1 ? 'it' : 'them'} first.`,
      { name: party.name, obligations },
    )
  }
  return ok(changed('interested_party', party, { withdrawnAt: now }, 'party.withdrawn', reason))
}

const partyGone = (party: InterestedParty): ReturnType<typeof refuse> =>
  refuse('party.withdrawn', `${party.ref} ${party.name} was withdrawn and cannot be changed.`, {
    ref: party.ref,
    name: party.name,
  })
