import type { LocalDate } from '#kernel/time.ts'
import type { EvidenceLine } from '#modules/evidence/domain/evidence-lines.ts'
import type { Control } from './control.ts'

export type { EvidenceLine }

/** Where a control stands. All but the first follow from records. */
export const controlStatuses = [
  'notDetermined',
  'notApplicable',
  'notImplemented',
  'planned',
  'partial',
  'implemented',
  /** Said to be in place, without a line of evidence that is more than one person's word. */
  'claimed',
  'failing',
] as const
export type ControlStatus = (typeof controlStatuses)[number]

/** An action of a treatment plan that builds or changes the control. */
export interface ActionLine {
  readonly ref: string
  readonly open: boolean
  readonly dueOn: LocalDate | null
}

/** A test of the control by a later module; the newest result counts. */
export interface TestLine {
  readonly name: string
  readonly passed: boolean
}

export interface ControlRecords {
  readonly evidence: readonly EvidenceLine[]
  readonly actions: readonly ActionLine[]
  readonly tests: readonly TestLine[]
  /** References of open findings and nonconformities on the control. */
  readonly findings: readonly string[]
}

/** Why the status is what it is; the interface words it. `refs` are the records looked at. */
export interface StatusReason {
  readonly code:
    | 'excluded'
    | 'testFailing'
    | 'nothingKnown'
    | 'statedNotImplemented'
    | 'statedPlanned'
    | 'statedPartial'
    | 'statedImplemented'
    | 'actionsOpen'
    | 'findingsOpen'
    | 'notDescribed'
    | 'evidenced'
    | 'noEvidence'
    | 'evidenceStale'
    | 'onlyWord'
    /** Evidence is attached, and none of it shows what it should: a failed test, a link without a copy. */
    | 'evidenceNotCounted'
    | 'assuranceMissing'
    | 'assuranceExpired'
  readonly refs: readonly string[]
}

export interface DerivedStatus {
  readonly status: ControlStatus
  readonly reasons: readonly StatusReason[]
}

const usable = (line: EvidenceLine): boolean => line.freshness !== 'stale'

/**
 * Derives the implementation status of a control from its records. What a person stated can lower it; to raise it takes
 * evidence. A failing test outweighs everything. Where a provider operates the control, evidence counts only together
 * with a valid assurance.
 */
export function deriveStatus(
  control: Pick<Control, 'applicability' | 'stated' | 'implementation' | 'operatedBy'>,
  records: ControlRecords,
): DerivedStatus {
  if (control.applicability === 'excluded')
    return { status: 'notApplicable', reasons: [{ code: 'excluded', refs: [] }] }
  const failing = records.tests.filter((test) => !test.passed)
  if (failing.length > 0) {
    return { status: 'failing', reasons: [{ code: 'testFailing', refs: failing.map((test) => test.name) }] }
  }
  const proof = judgeEvidence(control.operatedBy, records.evidence)
  const obstacles = obstaclesOf(control, records)
  const planned = records.actions.some((action) => action.open)
  switch (control.stated) {
    case 'notImplemented':
      return {
        status: planned ? 'planned' : 'notImplemented',
        reasons: [
          { code: 'statedNotImplemented', refs: [] },
          ...obstacles.filter(({ code }) => code === 'actionsOpen'),
        ],
      }
    case 'planned':
      return {
        status: 'planned',
        reasons: [{ code: 'statedPlanned', refs: [] }, ...obstacles.filter(({ code }) => code === 'actionsOpen')],
      }
    case 'partial':
      return {
        status: proof.proven ? 'partial' : 'claimed',
        reasons: [{ code: 'statedPartial', refs: [] }, ...proof.reasons],
      }
    case 'implemented':
      if (!proof.proven)
        return { status: 'claimed', reasons: [{ code: 'statedImplemented', refs: [] }, ...proof.reasons] }
      return {
        status: obstacles.length > 0 ? 'partial' : 'implemented',
        reasons: [{ code: 'statedImplemented', refs: [] }, ...proof.reasons, ...obstacles],
      }
    case 'notStated':
      if (proof.proven) {
        return { status: obstacles.length > 0 ? 'partial' : 'implemented', reasons: [...proof.reasons, ...obstacles] }
      }
      return planned
        ? { status: 'planned', reasons: obstacles.filter(({ code }) => code === 'actionsOpen') }
        : { status: 'notDetermined', reasons: [{ code: 'nothingKnown', refs: [] }] }
  }
}

function judgeEvidence(
  operatedBy: Control['operatedBy'],
  evidence: readonly EvidenceLine[],
): { proven: boolean; reasons: StatusReason[] } {
  const good = evidence.filter((line) => line.acceptable && usable(line))
  if (good.length === 0) {
    if (evidence.length === 0) return { proven: false, reasons: [{ code: 'noEvidence', refs: [] }] }
    const stale = evidence.filter((line) => !usable(line))
    return stale.length > 0
      ? { proven: false, reasons: [{ code: 'evidenceStale', refs: stale.map((line) => line.ref) }] }
      : {
          proven: false,
          reasons: [
            {
              code: evidence.every((line) => line.why === 'onlyWord') ? 'onlyWord' : 'evidenceNotCounted',
              refs: evidence.map((line) => line.ref),
            },
          ],
        }
  }
  if (operatedBy !== 'us') {
    const assurances = evidence.filter((line) => line.assurance)
    if (assurances.length === 0) return { proven: false, reasons: [{ code: 'assuranceMissing', refs: [] }] }
    if (!assurances.some(usable)) {
      return { proven: false, reasons: [{ code: 'assuranceExpired', refs: assurances.map((line) => line.ref) }] }
    }
  }
  return { proven: true, reasons: [{ code: 'evidenced', refs: good.map((line) => line.ref) }] }
}

// What keeps a proven control from being wholly implemented.
function obstaclesOf(control: Pick<Control, 'implementation'>, records: ControlRecords): StatusReason[] {
  const open = records.actions.filter((action) => action.open)
  const obstacles: StatusReason[] = []
  if (open.length > 0) obstacles.push({ code: 'actionsOpen', refs: open.map((action) => action.ref) })
  if (records.findings.length > 0) obstacles.push({ code: 'findingsOpen', refs: records.findings })
  if (control.implementation.trim() === '') obstacles.push({ code: 'notDescribed', refs: [] })
  return obstacles
}

/** What the issued statement says, as the standard asks: implemented or not. The finer statuses stay internal. */
export type DeclaredStatus = 'implemented' | 'partiallyImplemented' | 'notImplemented' | 'notApplicable'

/** A claim without evidence is not declared as implemented; neither is a failing control. */
export function declaredStatus(status: ControlStatus): DeclaredStatus {
  switch (status) {
    case 'implemented':
      return 'implemented'
    case 'partial':
      return 'partiallyImplemented'
    case 'notApplicable':
      return 'notApplicable'
    case 'notDetermined':
    case 'notImplemented':
    case 'planned':
    case 'claimed':
    case 'failing':
      return 'notImplemented'
  }
}

/**
 * What an issued statement says of a control, on paper and on the screen: what is declared, except that what is only
 * claimed is told from what is not implemented.
 */
export const statementStatus = (row: {
  readonly status: ControlStatus
  readonly declared: DeclaredStatus
}): DeclaredStatus | 'claimed' => (row.status === 'claimed' ? 'claimed' : row.declared)

/**
 * Where a control stands for whoever counts on it, in the terms of the issued statement: what the statement sums up as
 * not implemented is told apart, and so is a claim of the whole from one of a part. `excluded` and `withdrawn` are not
 * in use at all.
 */
export type ControlStanding =
  | Exclude<ControlStatus, 'notApplicable'>
  /** Stated as implemented in part, and not even that is evidenced. */
  | 'claimedInPart'
  | 'excluded'
  | 'withdrawn'

/** The one answer on a control that risks, treatments and acceptances are given; see `deriveStatus` and `statementStatus`. */
export function standingOf(
  control: Pick<Control, 'stated' | 'withdrawnAt'>,
  { status }: Pick<DerivedStatus, 'status'>,
): ControlStanding {
  if (control.withdrawnAt !== null) return 'withdrawn'
  if (status === 'notApplicable') return 'excluded'
  return status === 'claimed' && control.stated === 'partial' ? 'claimedInPart' : status
}

/**
 * Whether the records contradict that the control is at work: excluded, withdrawn, failing a test, or stated by a person to
 * be planned or missing. Whether there is evidence is another question.
 */
export const contradicted = (control: Pick<Control, 'stated'>, standing: ControlStanding): boolean =>
  standing === 'withdrawn' ||
  standing === 'excluded' ||
  standing === 'failing' ||
  control.stated === 'notImplemented' ||
  control.stated === 'planned'
