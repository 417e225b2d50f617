import { claimedOwner } from '#kernel/import/as-imported.ts'
import { dayText } from '#platform/render/cell-text.ts'
import type { Badge, DataRow, Row } from '#platform/render/report.ts'
import type { Driver, SoaRow } from '../domain/soa.ts'
import { type DeclaredStatus, statementStatus } from '../domain/status.ts'
import { type SoaLanguage, soaWords } from './soa-report-words.ts'

const badges: Readonly<Record<DeclaredStatus, Pick<Badge, 'icon' | 'tone'>>> = {
  implemented: { icon: 'full', tone: 'positive' },
  partiallyImplemented: { icon: 'half', tone: 'caution' },
  notImplemented: { icon: 'open', tone: 'negative' },
  notApplicable: { icon: 'dash', tone: 'neutral' },
}

// Said to be in place without evidence, and not yet looked at, are told apart from what is known not to be there.
function statusBadge(row: SoaRow, language: SoaLanguage): Badge {
  const t = soaWords[language]
  const said = statementStatus(row)
  if (said === 'claimed') return { icon: 'dotted', tone: 'caution', text: t.claimed }
  if (row.status === 'notDetermined' && row.applicability === 'undecided') {
    return { icon: 'question', tone: 'neutral', text: t.notDetermined }
  }
  return { ...badges[said], text: t.declared[said] }
}

/** A control as a row of the printed statement. */
export function soaCells(row: SoaRow, language: SoaLanguage): Row {
  const t = soaWords[language]
  const planned =
    row.declared !== 'implemented' && row.plannedOn ? [`${t.planned} ${dayText(row.plannedOn, language)}`] : []
  const by = row.operatedBy === 'us' ? [] : [`${t.by[row.operatedBy]} ${row.provider}`]
  return {
    ref: row.ref,
    title: row.title,
    applicable: t.applicability[row.applicability],
    why: [...reasonWords(row.drivers, language), ...(row.justification === '' ? [] : [row.justification])],
    how: [row.implementation, ...by, ...planned].filter((text) => text !== '').join('\n'),
    status: statusBadge(row, language),
    owner: row.ownerAsImported === true ? claimedOwner(row.owner, language) : row.owner,
    evidence: evidenceWords(row.evidence, t.also),
  }
}

// A year of monthly runs would fill a page: the latest of each series by title, three at most, all others by reference
// alone. Titles that differ in figures only, such as their month, are one series.
function evidenceWords(evidence: SoaRow['evidence'], also: string): string[] {
  const series = new Map<string, string>()
  const others: string[] = []
  for (const { ref, title } of evidence.toSorted((a, b) => byRef.compare(b.ref, a.ref))) {
    const name = title.replaceAll(/[\d\p{P}\s]+/gu, ' ')
    if (series.has(name) || series.size === 3) others.push(ref)
    else series.set(name, `${ref} ${title}`)
  }
  return [...series.values(), ...(others.length === 0 ? [] : [`${also} ${others.join(', ')}`])]
}

// A control every risk relies on would fill pages: five reasons by title, all others by reference alone. Business decisions
// have no reference and are always said.
function reasonWords(drivers: readonly Driver[], language: SoaLanguage): string[] {
  const kept = new Set(drivers.filter(({ kind }) => kind !== 'business').slice(0, 5))
  const named = drivers.filter((driver) => driver.kind === 'business' || kept.has(driver))
  const others = drivers.filter((driver) => !named.includes(driver)).map(({ ref }) => ref)
  return [
    ...named.map((driver) => driverWords(driver, language)),
    ...(others.length === 0 ? [] : [`${soaWords[language].also} ${others.join(', ')}`]),
  ]
}

// E-2 before E-10.
const byRef = new Intl.Collator('en', { numeric: true })

function driverWords({ kind, ref, title }: Driver, language: SoaLanguage): string {
  const name = soaWords[language].kinds[kind]
  return kind === 'business' ? `${name}: ${title}` : `${name} ${ref}: ${title}`
}

/** A control as machines read it: keys and codes, whatever the language. */
export function soaData(row: SoaRow): DataRow {
  return {
    ref: row.ref,
    title: row.title,
    theme: row.theme,
    own: row.own,
    applicable: row.applicability === 'undecided' ? null : row.applicability === 'applicable',
    drivers: row.drivers.map(({ kind, ref, title }) => ({ kind, ref, title })),
    justification: row.justification,
    implementation: row.implementation,
    status: row.declared,
    claimed: row.status === 'claimed',
    plannedOn: row.plannedOn,
    operatedBy: row.operatedBy,
    provider: row.provider,
    owner: row.owner,
    ownerAsImported: row.ownerAsImported === true,
    evidence: row.evidence.map(({ ref, title }) => ({ ref, title })),
  }
}
