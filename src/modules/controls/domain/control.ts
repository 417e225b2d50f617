import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { Theme } from '#modules/catalogue/domain/release.ts'

export const applicabilities = ['undecided', 'applicable', 'excluded'] as const
export const statedStates = ['notStated', 'notImplemented', 'planned', 'partial', 'implemented'] as const
export const operators = ['us', 'provider', 'shared'] as const

export type Applicability = (typeof applicabilities)[number]
export type Stated = (typeof statedStates)[number]
export type Operator = (typeof operators)[number]

/** A control of Annex A or of the organization's own, and what is decided and done about it here. */
export interface Control extends RecordRow {
  readonly id: Id<'control'>
  readonly ref: string
  readonly source: 'annexA' | 'own'
  readonly release: string | null
  /** Empty for a control of Annex A: its title stands in the catalogue, in each language. */
  readonly title: string
  readonly theme: Theme
  readonly applicability: Applicability
  /** Why it is excluded; for an applicable control what is to be said beside its drivers. */
  readonly justification: string
  readonly businessReason: string
  readonly ownerId: Id<'person'> | null
  readonly ownerText: string
  readonly implementation: string
  readonly stated: Stated
  readonly statedOn: LocalDate | null
  readonly statedBy: Id<'person'> | null
  readonly plannedOn: LocalDate | null
  readonly operatedBy: Operator
  readonly provider: string
  readonly note: string
  readonly withdrawnAt: Instant | null
}

/** What a person may set freely; applicability and the stated status have verbs of their own. */
export type ControlFields = Pick<
  Control,
  'ownerId' | 'ownerText' | 'implementation' | 'businessReason' | 'plannedOn' | 'operatedBy' | 'provider' | 'note'
>

const untouched = {
  applicability: 'undecided',
  justification: '',
  businessReason: '',
  ownerId: null,
  ownerText: '',
  implementation: '',
  stated: 'notStated',
  statedOn: null,
  statedBy: null,
  plannedOn: null,
  operatedBy: 'us',
  provider: '',
  note: '',
  withdrawnAt: null,
} as const

/** One of the 93 controls of Annex A as it stands in a new organization: nothing decided, nothing claimed. */
export function adoptControl(
  key: Pick<Control, 'id' | 'orgId' | 'ref'>,
  definition: { readonly release: string; readonly theme: Control['theme'] },
): Change<Control> {
  return created(
    'control',
    { ...key, ...untouched, ...definition, source: 'annexA', title: '', version: 1 },
    'control.adopted',
  )
}

/** A control of the organization's own. It is there because somebody wants it, so it starts as applicable. */
export function addOwnControl(
  key: Pick<Control, 'id' | 'orgId' | 'ref'>,
  fields: { readonly title: string; readonly theme: Control['theme']; readonly businessReason: string },
): Change<Control> {
  const control: Control = {
    ...key,
    ...untouched,
    ...fields,
    source: 'own',
    release: null,
    applicability: 'applicable',
    version: 1,
  }
  return created('control', control, 'control.added')
}

/** Changes owner, description and the like. Naming an owner settles what an import left open. */
export function changeControl(
  control: Control,
  patch: Partial<ControlFields> & { readonly title?: string },
): Result<Change<Control>> {
  if (control.withdrawnAt !== null) return gone(control)
  if (patch.title !== undefined && control.source === 'annexA') {
    return refuse(
      'control.title_fixed',
      `The title of ${control.ref} comes from the standard and cannot be changed.`,
      { ref: control.ref },
      'title',
    )
  }
  const after = { ...control, ...patch }
  if (after.operatedBy !== 'us' && after.provider.trim() === '') {
    return refuse(
      'control.provider_missing',
      `${control.ref} is operated by a provider: say by whom, since their certificate or report has to cover it.`,
      { ref: control.ref },
      'provider',
    )
  }
  return ok(changed('control', control, { ...patch, ...(patch.ownerId ? { ownerText: '' } : {}) }, 'control.changed'))
}

/**
 * Decides whether a control applies (6.1.3 b–d). An exclusion needs a specific justification and no driver that asks for
 * the control; a control of the organization's own is withdrawn instead of excluded.
 * @param drivers references of the risks and obligations that ask for the control
 */
export function decideApplicability(
  control: Control,
  decision: { readonly applicability: Applicability; readonly justification: string },
  drivers: readonly string[],
): Result<Change<Control>> {
  if (control.withdrawnAt !== null) return gone(control)
  const { applicability } = decision
  const justification = decision.justification.trim()
  if (applicability === 'excluded') {
    if (control.source === 'own') {
      return refuse(
        'control.own_excluded',
        `${control.ref} is a control of your own: withdraw it instead of excluding it.`,
        { ref: control.ref },
      )
    }
    if (drivers.length > 0) {
      return refuse(
        'control.needed',
        `${control.ref} cannot be excluded while ${list(drivers)} ${drivers.length === 1 ? 'asks' : 'ask'} for it.`,
        { ref: control.ref, drivers },
        'applicability',
      )
    }
    if (justification.length < 20) {
      return refuse(
        'control.exclusion_unjustified',
        `Excluding ${control.ref} needs a specific justification: say what about this organization makes it unnecessary.`,
        { ref: control.ref },
        'justification',
      )
    }
  }
  return ok(changed('control', control, { applicability, justification }, actionOf[applicability]))
}

const actionOf = {
  undecided: 'control.reopened',
  applicable: 'control.included',
  excluded: 'control.excluded',
} as const satisfies Record<Applicability, string>

/**
 * States how far a control is implemented. It is a claim: the derived status follows it downwards, and upwards only as
 * far as the records prove.
 */
export function stateImplementation(
  control: Control,
  stated: Stated,
  by: { readonly personId: Id<'person'> | null; readonly on: LocalDate },
): Result<Change<Control>> {
  if (control.withdrawnAt !== null) return gone(control)
  if (control.applicability === 'excluded') {
    return refuse(
      'control.excluded',
      `${control.ref} is excluded: include it before saying how far it is implemented.`,
      { ref: control.ref },
    )
  }
  return ok(changed('control', control, { stated, statedOn: by.on, statedBy: by.personId }, 'control.stated'))
}

/** Takes a control of the organization's own out of use. Controls of Annex A stay: they are excluded. */
export function withdrawControl(control: Control, now: Instant, reason: string): Result<Change<Control>> {
  if (control.withdrawnAt !== null) return gone(control)
  if (control.source === 'annexA') {
    return refuse(
      'control.annex_a',
      `${control.ref} belongs to Annex A and stays in the statement: exclude it with a justification.`,
      { ref: control.ref },
    )
  }
  return ok(changed('control', control, { withdrawnAt: now }, 'control.withdrawn', reason))
}

function gone(control: Control): ReturnType<typeof refuse> {
  return refuse('control.withdrawn', `${control.ref} was withdrawn and cannot be changed.`, { ref: control.ref })
}

function list(refs: readonly string[]): string {
  const shown = refs.length > 5 ? [...refs.slice(0, 4), `${refs.length - 4} more`] : refs
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

// Awareness, education and training: whether people understood can only be heard from them.
const understandingRefs: ReadonlySet<string> = new Set(['A.6.3'])

/** Whether a control asks for awareness or understanding, so that independent interviews are evidence of it. */
export const asksForUnderstanding = (control: Pick<Control, 'ref'>): boolean => understandingRefs.has(control.ref)
