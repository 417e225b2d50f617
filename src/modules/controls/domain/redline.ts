import type { SoaRow } from './soa.ts'
import { statementStatus } from './status.ts'

/** Fields of a row that a redline compares, and whether a difference makes the issued statement out of date. */
const compared = {
  title: false,
  applicability: true,
  drivers: true,
  justification: true,
  declared: true,
  plannedOn: true,
  operatedBy: true,
  provider: true,
  implementation: false,
  owner: false,
  evidence: false,
} as const satisfies Partial<Record<keyof SoaRow, boolean>>

export const redlineFields = Object.keys(compared) as (keyof typeof compared)[]

export interface RedlineField {
  readonly field: keyof typeof compared
  readonly before: string
  readonly after: string
  /** The issued statement no longer says the truth; other differences are wording, people and papers. */
  readonly material: boolean
}

export interface RedlineRow {
  readonly ref: string
  readonly title: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly fields: readonly RedlineField[]
}

/** What changed between two versions of the statement, in the order of the newer one. */
export function redline(before: readonly SoaRow[], after: readonly SoaRow[]): RedlineRow[] {
  const old = new Map(before.map((row) => [row.ref, row]))
  const kept = new Set(after.map((row) => row.ref))
  const changes = after.flatMap((row): RedlineRow[] => {
    const was = old.get(row.ref)
    if (!was) return [{ ref: row.ref, title: row.title, kind: 'added', fields: [] }]
    const fields = redlineFields.flatMap((field) => difference(field, was, row))
    return fields.length > 0 ? [{ ref: row.ref, title: row.title, kind: 'changed', fields }] : []
  })
  const removed = before
    .filter((row) => !kept.has(row.ref))
    .map((row): RedlineRow => ({ ref: row.ref, title: row.title, kind: 'removed', fields: [] }))
  return [...changes, ...removed]
}

// E-24 before E-116, as in the rows of the statement.
const byNumber = new Intl.Collator('en', { numeric: true }).compare

function difference(field: keyof typeof compared, was: SoaRow, is: SoaRow): RedlineField[] {
  const [before, after] = [wordsOf(was, field), wordsOf(is, field)]
  return before === after ? [] : [{ field, before, after, material: compared[field] }]
}

function wordsOf(row: SoaRow, field: keyof typeof compared): string {
  switch (field) {
    case 'drivers':
      return row.drivers
        .map((driver) => (driver.ref === '' ? driver.title : driver.ref))
        .toSorted(byNumber)
        .join(', ')
    case 'evidence':
      return row.evidence
        .map((line) => line.ref)
        .toSorted(byNumber)
        .join(', ')
    case 'declared':
      return statementStatus(row)
    case 'owner':
    case 'plannedOn':
      return row[field] ?? ''
    default:
      return row[field]
  }
}

/** Whether the issued statement still holds, and what no longer does. */
export function judgeSoa(
  issued: readonly SoaRow[],
  current: readonly SoaRow[],
): { holds: boolean; reasons: RedlineRow[] } {
  const reasons = redline(issued, current).flatMap((row): RedlineRow[] => {
    const fields = row.fields.filter((field) => field.material)
    return row.kind !== 'changed' || fields.length > 0 ? [{ ...row, fields }] : []
  })
  return { holds: reasons.length === 0, reasons }
}
