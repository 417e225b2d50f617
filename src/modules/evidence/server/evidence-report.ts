import type { z } from 'zod'
import { dateAt } from '#kernel/time.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { columns } from '#platform/render/register-columns.ts'
import { codeFilter, personFilter } from '#platform/render/register-filter.ts'
import { everyRow, printing, type Register, registerExportUseCase } from '#platform/render/register-report.ts'
import type { Badge } from '#platform/render/report.ts'
import { coded } from '#platform/render/words.ts'
import { type artefactItem, evidence } from '../contract.ts'
import { listArtefacts } from './views.ts'

type Item = z.output<typeof artefactItem>

const kind = coded<Item['kind']>({
  en: {
    file: 'File',
    link: 'Link',
    testResult: 'Test result',
    record: 'Record',
    observation: 'Observation',
    interview: 'Interview',
  },
  de: {
    file: 'Datei',
    link: 'Link',
    testResult: 'Testergebnis',
    record: 'Aufzeichnung',
    observation: 'Beobachtung',
    interview: 'Gespräch',
  },
})
const freshness = coded<Item['freshness']>({
  en: { fresh: 'Current', dueSoon: 'Due soon', stale: 'Expired', undated: 'Undated' },
  de: { fresh: 'Aktuell', dueSoon: 'Läuft bald ab', stale: 'Abgelaufen', undated: 'Ohne Datum' },
})
const weakness = coded<NonNullable<Item['weakness']>>({
  en: {
    linkNotCaptured: 'Link without a copy',
    testFailed: 'Test failed',
    contradicts: 'Shows the contrary',
    inconclusive: 'Inconclusive',
    notYetEffective: 'Not yet in effect',
    onlyWord: 'One person’s word',
  },
  de: {
    linkNotCaptured: 'Link ohne Kopie',
    testFailed: 'Test nicht bestanden',
    contradicts: 'Zeigt das Gegenteil',
    inconclusive: 'Nicht eindeutig',
    notYetEffective: 'Noch nicht wirksam',
    onlyWord: 'Aussage einer Person',
  },
})

const badges: Readonly<Record<Item['freshness'], Pick<Badge, 'icon' | 'tone'>>> = {
  fresh: { icon: 'full', tone: 'positive' },
  dueSoon: { icon: 'half', tone: 'caution' },
  stale: { icon: 'cross', tone: 'negative' },
  undated: { icon: 'question', tone: 'neutral' },
}

const column = columns<Item>()

const register: Register<Item> = {
  key: 'evidence',
  title: { en: 'Register of evidence', de: 'Nachweisregister' },
  subtitle: { en: '', de: '' },
  columns: [
    column.ref('ref', { en: 'Reference', de: 'Nr.' }),
    column.text('title', { en: 'Title', de: 'Titel' }, { width: 4 }),
    column.code('kind', { en: 'Kind', de: 'Art' }, kind),
    {
      key: 'state',
      title: { en: 'State', de: 'Status' },
      kind: 'badge',
      cell: (one, language) =>
        one.weakness === null
          ? { ...badges[one.freshness], text: freshness(one.freshness, language) }
          : { icon: 'alert', tone: 'caution', text: weakness(one.weakness, language) },
    },
    { key: 'controls', title: { en: 'Controls', de: 'Maßnahmen' }, kind: 'list', cell: (one) => one.controls },
    column.text('source', { en: 'Source system', de: 'Quellsystem' }, { width: 1.5 }),
    {
      key: 'collectedAt',
      title: { en: 'Collected', de: 'Erhoben' },
      kind: 'date',
      cell: (one, _language, { timeZone }) => dateAt(one.collectedAt, timeZone),
    },
    column.date('periodFrom', { en: 'Period from', de: 'Zeitraum von' }, { under: 'title' }),
    column.date('periodTo', { en: 'Period to', de: 'Zeitraum bis' }, { under: 'title', sameLine: true }),
    column.date('effectiveOn', { en: 'Effective on', de: 'Wirksam am' }, { under: 'title' }),
    column.date('validUntil', { en: 'Valid until', de: 'Gültig bis' }),
    column.named('owner', { en: 'Owner', de: 'Verantwortlich' }, { width: 1.5 }),
    column.named('classification', { en: 'Classification', de: 'Klassifizierung' }, { under: 'owner' }),
    column.named('file', { en: 'File', de: 'Datei' }, { under: 'title' }),
    {
      key: 'bytes',
      title: { en: 'Bytes', de: 'Bytes' },
      kind: 'number',
      under: 'title',
      sameLine: true,
      cell: (one) => one.file?.bytes ?? null,
    },
    {
      key: 'sha256',
      title: { en: 'SHA-256', de: 'SHA-256' },
      kind: 'text',
      under: 'title',
      sameLine: true,
      short: 12,
      cell: (one) => one.file?.sha256 ?? '',
    },
    column.text('url', { en: 'Address', de: 'Adresse' }, { under: 'title' }),
  ],
  filters: {
    kind: codeFilter({ en: 'Kind', de: 'Art' }, kind),
    ownerId: personFilter({ en: 'Owner', de: 'Verantwortlich' }, (one) => one.owner),
    freshness: codeFilter({ en: 'State', de: 'Status' }, freshness),
    controlId: {
      title: { en: 'Attached to a control', de: 'Einer Maßnahme zugeordnet' },
      word: (_id, language) => (language === 'de' ? 'ja' : 'yes'),
    },
    unattached: {
      title: { en: 'Attached to nothing', de: 'Nichts zugeordnet' },
      word: (value, language) => (value === 'true' ? { en: 'yes', de: 'ja' } : { en: 'no', de: 'nein' })[language],
    },
  },
  data: ({ can: _can, id: _id, version: _version, owner, classification, controls, file, ...row }) => ({
    ...row,
    owner: owner?.name ?? null,
    classification: classification?.name ?? null,
    controls: [...controls],
    file: file === null ? null : { ...file },
  }),
}

/** The register of evidence as a document, with the filter of its list. */
export const printEvidence = printing<Item, Omit<QueryOf<typeof evidence.export>, 'format'>>(
  register,
  (tx, query, can) => everyRow((paged) => listArtefacts(tx, paged, { can, me: null }), query),
)

export const exportEvidenceUseCase = registerExportUseCase(evidence.export, printEvidence)
