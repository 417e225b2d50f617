import { codeFilter, filterWords, type RegisterFilters } from '#platform/render/register-filter.ts'
import { coded } from '#platform/render/words.ts'
import type { ActionFilter } from '../domain/filter-actions.ts'
import type { RiskKind } from '../domain/risk.ts'
import type { LoadedAction, LoadedRegister, LoadedRisk } from './load.ts'
import { type RiskLanguage, riskWords } from './risk-report-words.ts'
import type { RegisterQuery } from './views.ts'

const kind = coded<RiskKind>({
  en: { informationSecurity: 'Information security', isms: 'To the ISMS', opportunity: 'Opportunity' },
  de: { informationSecurity: 'Informationssicherheit', isms: 'Risiko für das ISMS', opportunity: 'Chance' },
})
const yes = { en: 'yes', de: 'ja' } as const
const no = { en: 'no', de: 'nein' } as const
const owner = { en: 'Risk owner', de: 'Risikoeigentümer' } as const
const actionOwner = { en: 'Owner', de: 'Verantwortlich' } as const

/** The filter of the register in words, as its document says it. */
export function registerFilterWords(query: RegisterQuery, register: LoadedRegister, language: RiskLanguage): string {
  const t = riskWords[language]
  const bands = new Map(register.methods.flatMap(({ bands }) => bands.map(({ key, name }) => [key, name] as const)))
  const level = { en: `Level (${t.states[query.state]})`, de: `Risikostufe (${t.states[query.state]})` }
  const filters: RegisterFilters<LoadedRisk> = {
    kind: codeFilter({ en: 'Kind', de: 'Art' }, kind),
    ownerId: {
      title: owner,
      word: (id, _language, rows) => rows.find(({ row }) => row.ownerId === id)?.row.ownerName ?? '–',
    },
    status: { title: { en: 'Status', de: 'Status' }, word: (value) => t.statuses[value as keyof typeof t.statuses] },
    band: { title: level, word: (key) => bands.get(key) ?? key },
    category: { title: { en: 'Category', de: 'Kategorie' }, word: (value) => value },
    controlId: {
      title: { en: 'Control', de: 'Maßnahme' },
      word: (id) => [...register.controls.values()].find((control) => control.id === id)?.ref ?? '–',
    },
    assetId: { title: { en: 'Concerns an asset', de: 'Betrifft einen Wert' }, word: () => yes[language] },
    cell: { title: level, word: (cell) => cell.replace('-', ' × ') },
  }
  return filterWords(filters, query, register.risks, language)
}

/** The filter of the treatment plan in words; names of owners are looked up in the whole plan. */
export function planFilterWords(
  filter: ActionFilter,
  actions: readonly LoadedAction[],
  language: RiskLanguage,
): string {
  const t = riskWords[language]
  const filters: RegisterFilters<LoadedAction> = {
    status: {
      title: { en: 'Status', de: 'Status' },
      word: (value) => t.actionStates[value as keyof typeof t.actionStates],
    },
    ownerId: {
      title: actionOwner,
      word: (id, _language, rows) => rows.find((action) => action.ownerId === id)?.ownerName ?? '–',
    },
    overdue: {
      title: { en: 'Overdue', de: 'Überfällig' },
      word: (value) => (value === 'true' ? yes : no)[language],
    },
  }
  return filterWords(filters, filter, actions, language)
}
