import type { FactValue } from '#kernel/import/planning.ts'
import { countRows, isLeftOut, staysOut } from '#kernel/import/rows.ts'
import { isNothing, tidy } from '#kernel/import/text.ts'
import type { ImportContext, Mapping, Table } from '#kernel/import.ts'
import { mutable } from '#kernel/mutable.ts'
import type { ImportTarget, PlannedRow } from './import-target.ts'
import { type PreparedImport, problemOfPlan } from './prepare-import.ts'

type Show = 'all' | 'create' | 'update' | 'skip' | 'error' | 'issues'

const longestText = 300

/** A preview as the API shows it: one page of rows, and everything the mapping can be corrected by. */
export function previewView(
  target: ImportTarget,
  context: ImportContext,
  { mapping, questions, table, plan }: PreparedImport,
  page: { readonly show: Show; readonly offset: number; readonly limit: number },
) {
  const rows = plan.ok ? plan.value.rows : []
  const choice = choicesIn(table, mapping)
  const shown = rows.filter((row) => isShown(row, page.show))
  return mutable({
    mapping,
    questions,
    columns: columnsOf(table, mapping),
    fields: target.register.fields(context).map(({ name, label, many, choices }) => ({
      name,
      label,
      required: target.register.required.some((group) => group.length === 1 && group[0] === name),
      many: many === true,
      choices: choices?.map(({ value, words }) => ({ value, label: words[0] ?? value })) ?? null,
    })),
    scales: scalesOf(table, mapping, context),
    counts: countRows(rows),
    problem: plan.ok ? null : problemOfPlan(plan.refusal),
    rows: shown.slice(page.offset, page.offset + page.limit).map(({ line, status, becomes, issues }) => ({
      line,
      status,
      choice: choice(line, status),
      becomes: becomes && {
        ref: becomes.ref,
        title: clip(becomes.title),
        facts: becomes.facts.map(({ label, values, into }) => ({
          label,
          values: values.map(shownValue),
          into: into?.map(shownValue) ?? null,
        })),
      },
      issues: issues.map(({ severity, code, field, message, facts }) => ({ severity, code, field, message, facts })),
    })),
    total: shown.length,
  })
}

/** What is decided about taking each row. */
function choicesIn(table: Table | null, mapping: Mapping) {
  const proposed = new Set(table?.rows.flatMap((row) => (row.skip && staysOut(row, mapping) ? [row.line] : [])))
  return (line: number, status: PlannedRow['status']) => {
    if (proposed.has(line)) return 'proposed' as const
    if (isLeftOut(line, mapping)) return 'leftOut' as const
    return status === 'skip' ? null : ('taken' as const)
  }
}

const clip = (text: string): string =>
  text.length > longestText ? `${text.slice(0, longestText).toWellFormed()} …` : text

const shownValue = (value: FactValue): FactValue =>
  value.kind === 'text' ? { ...value, text: clip(value.text) } : value

function isShown(row: PlannedRow, show: Show): boolean {
  if (show === 'all') return true
  if (show === 'issues') return row.issues.some((issue) => issue.severity !== 'note')
  return row.status === show
}

function columnsOf(table: Table | null, mapping: Mapping) {
  const fieldOf = new Map(
    Object.entries(mapping.columns).flatMap(([field, refs]) => refs.map((ref) => [ref.index, field] as const)),
  )
  return (table?.headers ?? []).map((header) => ({
    index: header.index,
    header: header.text,
    samples: samplesOf(table, header.index),
    field: fieldOf.get(header.index) ?? null,
  }))
}

function samplesOf(table: Table | null, index: number): string[] {
  const found = new Set<string>()
  for (const row of table?.rows ?? []) {
    const text = tidy(row.cells[index]?.text ?? '')
    if (!row.skip && !isNothing(text)) found.add(text.length > 60 ? `${text.slice(0, 60).toWellFormed()} …` : text)
    if (found.size === 3) break
  }
  return [...found]
}

function scalesOf(table: Table | null, mapping: Mapping, { method }: ImportContext) {
  if (!method) return []
  return Object.entries(mapping.levelMaps).map(([name, map]) => {
    const [measure, dimension] = name.split('.')
    const counts = new Map<string, number>()
    const columns = Object.entries(mapping.columns).flatMap(([field, refs]) => {
      const [, own, part] = field.split('.')
      return own === measure && (dimension === undefined || dimension === part) ? refs : []
    })
    for (const row of table?.rows ?? []) {
      for (const { index } of staysOut(row, mapping) ? [] : columns) {
        const text = tidy(row.cells[index]?.text ?? '')
        counts.set(text, (counts.get(text) ?? 0) + 1)
      }
    }
    const levels =
      measure === 'likelihood'
        ? method.likelihood
        : (method.dimensions.find((one) => one.key === dimension) ?? method.dimensions[0])?.levels
    return {
      name,
      values: Object.entries(map).map(([value, level]) => ({ value, rows: counts.get(value) ?? 0, level })),
      levels: (levels ?? []).map((level) => ({ value: level.value, name: level.name })),
    }
  })
}
