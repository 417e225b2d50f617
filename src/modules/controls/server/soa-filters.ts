import { catalogueOf, defaultRelease } from '#modules/catalogue/server/reader.ts'
import { codeFilter, filterWords, type RegisterFilters } from '#platform/render/register-filter.ts'
import { coded, type Words } from '#platform/render/words.ts'
import { type ControlFilter, type FilteredControl, ownerKey } from '../domain/filter-controls.ts'
import type { ControlStatus } from '../domain/status.ts'
import { type SoaLanguage, soaWords } from './soa-report-words.ts'

const status = coded<ControlStatus>({
  en: {
    notDetermined: 'Not assessed',
    notApplicable: 'Not applicable',
    notImplemented: 'Not implemented',
    planned: 'Planned',
    partial: 'Partially implemented',
    implemented: 'Implemented',
    claimed: 'Claimed, not evidenced',
    failing: 'Failing test',
  },
  de: {
    notDetermined: 'Nicht beurteilt',
    notApplicable: 'Nicht anwendbar',
    notImplemented: 'Nicht umgesetzt',
    planned: 'Geplant',
    partial: 'Teilweise umgesetzt',
    implemented: 'Umgesetzt',
    claimed: 'Behauptet, ohne Nachweis',
    failing: 'Test nicht bestanden',
  },
})

const issues: Words<Readonly<Record<string, string>>> = {
  en: {
    blocks: 'Blocks the issue',
    warns: 'An audit would ask',
    undecided: 'Undecided',
    exclusionUnjustified: 'Exclusion not justified',
    excludedButNeeded: 'Excluded, but needed',
    noDriver: 'No driver',
    noOwner: 'No owner',
    notDescribed: 'Not described',
    claimed: 'Claimed, not evidenced',
    failing: 'Failing',
  },
  de: {
    blocks: 'Verhindert die Herausgabe',
    warns: 'Würde im Audit gefragt',
    undecided: 'Offen',
    exclusionUnjustified: 'Ausschluss nicht begründet',
    excludedButNeeded: 'Ausgeschlossen, aber gebraucht',
    noDriver: 'Kein Grund',
    noOwner: 'Ohne Verantwortliche',
    notDescribed: 'Nicht beschrieben',
    claimed: 'Behauptet, ohne Nachweis',
    failing: 'Test nicht bestanden',
  },
}
const none: Words = { en: 'none', de: 'ohne' }

const from =
  (words: (language: SoaLanguage) => Readonly<Record<string, string>>) =>
  (value: string, language: SoaLanguage): string =>
    words(language)[value] ?? value

const filters: RegisterFilters<FilteredControl> = {
  applicability: codeFilter(
    { en: 'Applicable', de: 'Anwendbar' },
    from((language) => soaWords[language].applicability),
  ),
  status: codeFilter({ en: 'Status', de: 'Status' }, status),
  issue: codeFilter(
    { en: 'Issue', de: 'Problem' },
    from((language) => issues[language]),
  ),
  driver: {
    title: { en: 'Reason', de: 'Grund' },
    word: (value, language) =>
      value === 'none' ? none[language] : from(() => soaWords[language].kinds)(value, language),
  },
  owner: {
    title: { en: 'Owner', de: 'Verantwortlich' },
    word: (value, language, rows) =>
      value === 'none'
        ? none[language]
        : (rows.find((row) => ownerKey(row) === value)?.owner?.name ?? (/^[0-9a-f-]{36}$/.test(value) ? '–' : value)),
  },
  theme: codeFilter(
    { en: 'Theme', de: 'Thema' },
    from((language) => soaWords[language].themes),
  ),
}

/**
 * The filter of the statement in words, as its document says it.
 * @param rows where names of owners are looked up: those of the whole statement
 */
export function soaFilterWords(filter: ControlFilter, rows: readonly FilteredControl[], language: SoaLanguage): string {
  const { attributes } = catalogueOf(defaultRelease).release
  const labels = new Map(
    attributes.flatMap(({ label, values }) =>
      values.map((value) => [value.id, `${label[language]}: ${value.label[language]}`] as const),
    ),
  )
  const attribute = {
    title: { en: 'Attribute', de: 'Attribut' },
    word: (value: string) => labels.get(value) ?? value,
  }
  return filterWords({ ...filters, attribute }, filter, rows, language)
}
