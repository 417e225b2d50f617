import type { z } from 'zod'
import type { QueryOf } from '#platform/contract/route.ts'
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
    record: 'Datensatz',
    observation: 'Beobachtung',
    interview: 'Gespräch',
  },
})
const freshness = coded<Item['freshness']>({
  en: { fresh: 'Speaks for today', dueSoon: 'Ends soon', stale: 'Out of date', undated: 'Undated' },
  de: { fresh: 'Spricht für heute', dueSoon: 'Endet bald', stale: 'Überholt', undated: 'Ohne Datum' },
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
    onlyWord: 'Wort einer Person',
  },
})

const badges: Readonly<Record<Item['freshness'], Pick<Badge, 'icon' | 'tone'>>> = {
  fresh: { icon: 'full', tone: 'positive' },
  dueSoon: { icon: 'half', tone: 'caution' },
  stale: { icon: 'cross', tone: 'negative' },
  undated: { icon: 'question', tone: 'neutral' },
}

const register: Register<Item> = {
  key: 'evidence',
  title: { en: 'Register of evidence', de: 'Nachweisverzeichnis' },
  subtitle: { en: '', de: '' },
  columns: [
    { key: 'ref', title: { en: 'Reference', de: 'Kennung' }, kind: 'ref', cell: (one) => one.ref },
    { key: 'title', title: { en: 'Title', de: 'Titel' }, kind: 'text', width: 4, cell: (one) => one.title },
    { key: 'kind', title: { en: 'Kind', de: 'Art' }, kind: 'text', cell: (one, language) => kind(one.kind, language) },
    {
      key: 'state',
      title: { en: 'State', de: 'Zustand' },
      kind: 'badge',
      cell: (one, language) =>
        one.weakness === null
          ? { ...badges[one.freshness], text: freshness(one.freshness, language) }
          : { icon: 'alert', tone: 'caution', text: weakness(one.weakness, language) },
    },
    { key: 'controls', title: { en: 'Controls', de: 'Maßnahmen' }, kind: 'list', cell: (one) => one.controls },
    {
      key: 'source',
      title: { en: 'Source system', de: 'Quellsystem' },
      kind: 'text',
      width: 1.5,
      cell: (one) => one.source,
    },
    {
      key: 'collectedAt',
      title: { en: 'Collected', de: 'Erhoben' },
      kind: 'date',
      cell: (one) => one.collectedAt.slice(0, 10),
    },
    {
      key: 'periodFrom',
      title: { en: 'Period from', de: 'Zeitraum von' },
      kind: 'date',
      under: 'title',
      cell: (one) => one.periodFrom,
    },
    {
      key: 'periodTo',
      title: { en: 'Period to', de: 'Zeitraum bis' },
      kind: 'date',
      under: 'title',
      sameLine: true,
      cell: (one) => one.periodTo,
    },
    {
      key: 'effectiveOn',
      title: { en: 'Effective on', de: 'Wirksam am' },
      kind: 'date',
      under: 'title',
      cell: (one) => one.effectiveOn,
    },
    { key: 'validUntil', title: { en: 'Valid until', de: 'Gültig bis' }, kind: 'date', cell: (one) => one.validUntil },
    {
      key: 'owner',
      title: { en: 'Owner', de: 'Verantwortlich' },
      kind: 'text',
      width: 1.5,
      cell: (one) => one.owner?.name ?? '',
    },
    {
      key: 'classification',
      title: { en: 'Classification', de: 'Klassifizierung' },
      kind: 'text',
      under: 'owner',
      cell: (one) => one.classification?.name ?? '',
    },
    {
      key: 'file',
      title: { en: 'File', de: 'Datei' },
      kind: 'text',
      under: 'title',
      cell: (one) => one.file?.name ?? '',
    },
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
    { key: 'url', title: { en: 'Address', de: 'Adresse' }, kind: 'text', under: 'title', cell: (one) => one.url },
  ],
  filters: {
    kind: codeFilter({ en: 'Kind', de: 'Art' }, kind),
    ownerId: personFilter({ en: 'Owner', de: 'Verantwortlich' }, (one) => one.owner),
    freshness: codeFilter({ en: 'State', de: 'Zustand' }, freshness),
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
