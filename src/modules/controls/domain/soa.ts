import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Refusal, type Result, refuse } from '#kernel/result.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { Applicability, Control, Operator } from './control.ts'
import { type ControlStatus, type DeclaredStatus, declaredStatus } from './status.ts'

export const driverKinds = ['risk', 'obligation', 'requirement', 'business'] as const

/** A reason for a control to be there (6.1.3 d): a risk it treats, an obligation, a requirement, a decision. */
export interface Driver {
  readonly kind: (typeof driverKinds)[number]
  /** Reference of the record, `R-12`; empty for a business decision. */
  readonly ref: string
  readonly title: string
}

/** One line of the statement. */
export interface SoaRow {
  readonly ref: string
  readonly title: string
  readonly theme: Control['theme']
  readonly own: boolean
  readonly applicability: Applicability
  readonly drivers: readonly Driver[]
  readonly justification: string
  readonly implementation: string
  readonly status: ControlStatus
  readonly declared: DeclaredStatus
  readonly plannedOn: LocalDate | null
  readonly operatedBy: Operator
  readonly provider: string
  readonly owner: string | null
  /** Only an import names the owner: nobody of the directory is meant yet. Left out otherwise. */
  readonly ownerAsImported?: true | undefined
  readonly evidence: readonly { readonly ref: string; readonly title: string }[]
}

/** What stands in the way of issuing, and what an auditor would ask about. */
export interface SoaIssue {
  readonly ref: string
  readonly severity: 'blocks' | 'warns'
  readonly code:
    | 'undecided'
    | 'exclusionUnjustified'
    | 'excludedButNeeded'
    | 'noDriver'
    | 'noOwner'
    | 'notDescribed'
    | 'claimed'
    | 'failing'
}

/** Everything that is wrong with a statement, row by row; `blocks` must be mended before it can be issued. */
export function soaIssues(rows: readonly SoaRow[]): SoaIssue[] {
  return rows.flatMap((row) => issuesOf(row).map(([severity, code]) => ({ ref: row.ref, severity, code })))
}

function issuesOf(row: SoaRow): [SoaIssue['severity'], SoaIssue['code']][] {
  switch (row.applicability) {
    case 'undecided':
      return [['blocks', 'undecided']]
    case 'excluded': {
      const found: [SoaIssue['severity'], SoaIssue['code']][] = []
      if (row.justification.trim().length < 20) found.push(['blocks', 'exclusionUnjustified'])
      if (row.drivers.length > 0) found.push(['blocks', 'excludedButNeeded'])
      return found
    }
    case 'applicable': {
      const found: [SoaIssue['severity'], SoaIssue['code']][] = []
      if (row.drivers.length === 0) found.push(['warns', 'noDriver'])
      if (row.owner === null) found.push(['warns', 'noOwner'])
      if (row.implementation.trim() === '') found.push(['warns', 'notDescribed'])
      if (row.status === 'claimed') found.push(['warns', 'claimed'])
      if (row.status === 'failing') found.push(['warns', 'failing'])
      return found
    }
  }
}

/** One kind of what is missing, with the controls it is missing of. */
export interface SoaGap extends Omit<SoaIssue, 'ref'> {
  readonly refs: readonly string[]
}

/** `soaIssues` by kind, in the order in which they are worth mending: what blocks, then what an auditor asks first. */
export function soaGaps(rows: readonly SoaRow[]): SoaGap[] {
  const byCode = Map.groupBy(soaIssues(rows), (issue) => issue.code)
  return gapOrder.flatMap((code) => {
    const found = byCode.get(code)
    return found?.[0] ? [{ code, severity: found[0].severity, refs: found.map((issue) => issue.ref) }] : []
  })
}

const gapOrder = [
  'undecided',
  'exclusionUnjustified',
  'excludedButNeeded',
  'failing',
  'noDriver',
  'claimed',
  'noOwner',
  'notDescribed',
] as const satisfies readonly SoaIssue['code'][]

export const soaStatuses = ['proposed', 'issued', 'superseded', 'withdrawn'] as const
export type SoaStatus = (typeof soaStatuses)[number]
export type SoaStep = 'approve' | 'withdraw' | 'supersede'

/** What can happen to a version of the statement in each state. */
export const soaSteps = {
  proposed: ['approve', 'withdraw'],
  issued: ['supersede'],
  superseded: [],
  withdrawn: [],
} as const satisfies Record<SoaStatus, readonly SoaStep[]>

/** A version of the statement: frozen rows, their hash, who prepared and who approved it. */
export interface SoaVersion extends RecordRow {
  readonly id: Id<'soa'>
  readonly number: number
  readonly status: SoaStatus
  readonly language: string
  readonly note: string
  readonly rows: readonly SoaRow[]
  readonly hash: string
  readonly preparedBy: Id<'person'> | null
  readonly preparedAt: Instant
  readonly approvedBy: Id<'person'> | null
  readonly approvedAt: Instant | null
  readonly endedAt: Instant | null
}

/**
 * Freezes the working statement as a proposal. Refuses while a control is undecided, an exclusion is not justified, or an
 * excluded control is needed by a risk or obligation, naming them.
 */
export function proposeSoa(
  key: Pick<SoaVersion, 'id' | 'orgId' | 'number'>,
  statement: Pick<SoaVersion, 'rows' | 'hash' | 'language' | 'note'>,
  by: { readonly personId: Id<'person'> | null; readonly now: Instant },
): Result<Change<SoaVersion>> {
  const blocking = soaIssues(statement.rows).filter((issue) => issue.severity === 'blocks')
  const [first] = blocking
  if (first) return blockedBy(first.code, blocking)
  return ok(
    created(
      'soa_version',
      {
        ...key,
        ...statement,
        version: 1,
        status: 'proposed',
        preparedBy: by.personId,
        preparedAt: by.now,
        approvedBy: null,
        approvedAt: null,
        endedAt: null,
      },
      'soa.proposed',
    ),
  )
}

function blockedBy(code: SoaIssue['code'], blocking: readonly SoaIssue[]): { ok: false; refusal: Refusal } {
  const refs = blocking.filter((issue) => issue.code === code).map((issue) => issue.ref)
  const shown = refs.length > 6 ? `${refs.slice(0, 5).join(', ')} and ${refs.length - 5} more` : refs.join(', ')
  const sentence =
    code === 'undecided'
      ? `Decide first whether ${shown} ${refs.length === 1 ? 'applies' : 'apply'}.`
      : code === 'exclusionUnjustified'
        ? `The exclusion of ${shown} needs a specific justification.`
        : `${shown} cannot be excluded: a risk or an obligation asks for ${refs.length === 1 ? 'it' : 'them'}.`
  return refuse(
    code === 'undecided'
      ? 'soa.undecided'
      : code === 'exclusionUnjustified'
        ? 'soa.exclusion_unjustified'
        : 'soa.excluded_but_needed',
    sentence,
    {
      refs,
    },
  )
}

/** How many people stand behind an approved version. `unknown`: an API token or an account without a person prepared it. */
export const separations = ['twoPersons', 'onePerson', 'unknown'] as const
export type Separation = (typeof separations)[number]

/**
 * Whether the person who approved a version is another one than who prepared it: neither is refused, and all but
 * `twoPersons` is told wherever the approval is. Null while it is not approved.
 */
export function separationOf(version: Pick<SoaVersion, 'preparedBy' | 'approvedBy' | 'approvedAt'>): Separation | null {
  if (version.approvedAt === null) return null
  // Whoever approved it may have made the token that prepared it.
  if (version.preparedBy === null || version.approvedBy === null) return 'unknown'
  return version.preparedBy === version.approvedBy ? 'onePerson' : 'twoPersons'
}

/**
 * Issues a proposal with the approver's name; the version issued before is superseded in the same change. The event says
 * when who prepared it is the approver too, or is no person. Refused when the records no longer say what was proposed:
 * the approver would sign something else.
 * @param currentHash hash of the working statement now
 */
export function issueSoa(
  proposal: SoaVersion,
  issued: SoaVersion | undefined,
  by: { readonly personId: Id<'person'>; readonly now: Instant },
  currentHash: string,
): Result<readonly Change<SoaVersion>[]> {
  if (proposal.status !== 'proposed') {
    return refuse(
      'soa.not_proposed',
      `Version ${proposal.number} is ${proposal.status}: only a proposal can be issued.`,
      { number: proposal.number },
    )
  }
  if (currentHash !== proposal.hash) {
    return refuse(
      'soa.proposal_out_of_date',
      `The records have changed since version ${proposal.number} was proposed: withdraw it and propose the statement as it is now.`,
      { number: proposal.number },
    )
  }
  const approved = { status: 'issued', approvedBy: by.personId, approvedAt: by.now } as const
  const separation = separationOf({ ...proposal, ...approved })
  const action =
    separation === 'onePerson'
      ? 'soa.issued_by_preparer'
      : separation === 'unknown'
        ? 'soa.issued_without_preparer'
        : 'soa.issued'
  return ok([
    ...(issued ? [changed('soa_version', issued, { status: 'superseded', endedAt: by.now }, 'soa.superseded')] : []),
    changed('soa_version', proposal, approved, action),
  ])
}

/** Takes a proposal back. */
export function withdrawSoa(proposal: SoaVersion, now: Instant, reason: string): Result<Change<SoaVersion>> {
  if (proposal.status !== 'proposed') {
    return refuse('soa.not_proposed', `Version ${proposal.number} is ${proposal.status} and cannot be withdrawn.`, {
      number: proposal.number,
    })
  }
  return ok(changed('soa_version', proposal, { status: 'withdrawn', endedAt: now }, 'soa.withdrawn', reason))
}

/**
 * What a hash of the statement covers: everything a reader of the issued document sees. Of the derived status that is
 * whether a control is only claimed; the rest follows from what is declared.
 */
export function soaMaterial(rows: readonly SoaRow[]): unknown {
  return rows.map(({ status, ...row }) => (status === 'claimed' ? { ...row, claimed: true } : row))
}

/** A row of the statement, its declared status following from the derived one. */
export const soaRow = (row: Omit<SoaRow, 'declared'>): SoaRow => ({ ...row, declared: declaredStatus(row.status) })
