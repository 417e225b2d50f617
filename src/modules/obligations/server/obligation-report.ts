import type { z } from 'zod'
import type { QueryOf } from '#platform/contract/route.ts'
import { codeFilter, personFilter } from '#platform/render/register-filter.ts'
import { everyRow, printing, type Register, registerExportUseCase } from '#platform/render/register-report.ts'
import { coded } from '#platform/render/words.ts'
import { obligations, type obligationView, type partyView } from '../contract.ts'
import { listObligations, listParties } from './views.ts'

type Obligation = z.output<typeof obligationView>
type Party = z.output<typeof partyView>

const kind = coded<Obligation['kind']>({
  en: { law: 'Law', regulation: 'Regulation', contract: 'Contract', interestedParty: 'Requirement' },
  de: { law: 'Gesetz', regulation: 'Verordnung', contract: 'Vertrag', interestedParty: 'Anforderung' },
})
const addressed = coded<Obligation['addressed']>({
  en: { yes: 'Addressed', no: 'Not addressed', undecided: 'Undecided' },
  de: { yes: 'Behandelt', no: 'Nicht behandelt', undecided: 'Offen' },
})
const gap = coded<Obligation['gaps'][number]>({
  en: {
    noOwner: 'Owner',
    ownerUnresolved: 'Owner not clear',
    ownerLeft: 'Owner has left',
    notDecided: 'Decision',
    noSource: 'Source',
    neverReviewed: 'Never reviewed',
    noReviewDate: 'Date of the next review',
    reviewOverdue: 'Review overdue',
  },
  de: {
    noOwner: 'Verantwortliche Person',
    ownerUnresolved: 'Verantwortliche Person unklar',
    ownerLeft: 'Verantwortliche Person ausgeschieden',
    notDecided: 'Entscheidung',
    noSource: 'Quelle',
    neverReviewed: 'Nie überprüft',
    noReviewDate: 'Termin der nächsten Überprüfung',
    reviewOverdue: 'Überprüfung überfällig',
  },
})
const partyKind = coded<Party['kind']>({
  en: { internal: 'Internal', external: 'External' },
  de: { internal: 'Intern', external: 'Extern' },
})

const register: Register<Obligation> = {
  key: 'obligations',
  title: {
    en: 'Legal, contractual and other obligations',
    de: 'Gesetzliche, vertragliche und weitere Verpflichtungen',
  },
  subtitle: { en: 'ISO/IEC 27001:2022, 4.2 and A.5.31', de: 'ISO/IEC 27001:2022, 4.2 und A.5.31' },
  columns: [
    { key: 'ref', title: { en: 'Reference', de: 'Nr.' }, kind: 'ref', cell: (one) => one.ref },
    {
      key: 'title',
      title: { en: 'Obligation', de: 'Verpflichtung' },
      kind: 'text',
      width: 4,
      cell: (one) => one.title,
    },
    { key: 'kind', title: { en: 'Kind', de: 'Art' }, kind: 'text', cell: (one, language) => kind(one.kind, language) },
    { key: 'source', title: { en: 'Source', de: 'Quelle' }, kind: 'text', width: 2, cell: (one) => one.source },
    {
      key: 'clause',
      title: { en: 'Clause', de: 'Abschnitt' },
      kind: 'text',
      under: 'source',
      cell: (one) => one.clause,
    },
    {
      key: 'jurisdiction',
      title: { en: 'Jurisdiction', de: 'Rechtsraum' },
      kind: 'text',
      under: 'source',
      cell: (one) => one.jurisdiction,
    },
    {
      key: 'party',
      title: { en: 'Interested party', de: 'Interessierte Partei' },
      kind: 'text',
      under: 'source',
      cell: (one) => one.party?.name ?? '',
    },
    {
      key: 'requirement',
      title: { en: 'What it demands', de: 'Was sie verlangt' },
      kind: 'text',
      under: 'title',
      cell: (one) => one.requirement,
    },
    {
      key: 'addressed',
      title: { en: 'In the ISMS', de: 'Im ISMS' },
      kind: 'text',
      width: 3,
      cell: (one, language) => addressed(one.addressed, language),
    },
    {
      key: 'addressedWhy',
      title: { en: 'Why, and how', de: 'Warum und wie' },
      kind: 'text',
      under: 'addressed',
      cell: (one) => one.addressedWhy,
    },
    {
      key: 'owner',
      title: { en: 'Owner', de: 'Verantwortlich' },
      kind: 'text',
      width: 1.5,
      cell: (one) => one.owner?.name ?? one.ownerText,
    },
    {
      key: 'appliesSince',
      title: { en: 'Applies since', de: 'Gilt seit' },
      kind: 'date',
      cell: (one) => one.appliesSince,
    },
    {
      key: 'reviewedOn',
      title: { en: 'Last review', de: 'Letzte Überprüfung' },
      kind: 'date',
      cell: (one) => one.reviewedOn,
    },
    {
      key: 'reviewedBy',
      title: { en: 'Reviewed by', de: 'Überprüft von' },
      kind: 'text',
      under: 'owner',
      cell: (one) => one.reviewedBy?.name ?? '',
    },
    {
      key: 'reviewOn',
      title: { en: 'Next review', de: 'Nächste Überprüfung' },
      kind: 'date',
      cell: (one) => one.reviewOn,
    },
  ],
  filters: {
    kind: codeFilter({ en: 'Kind', de: 'Art' }, kind),
    addressed: codeFilter({ en: 'In the ISMS', de: 'Im ISMS' }, addressed),
    ownerId: personFilter({ en: 'Owner', de: 'Verantwortlich' }, (one) => one.owner),
    partyId: personFilter({ en: 'Interested party', de: 'Interessierte Partei' }, (one) => one.party),
    gap: codeFilter({ en: 'Missing', de: 'Es fehlt' }, gap),
  },
  data: ({ can: _can, id: _id, version: _version, owner, reviewedBy, party, ...row }) => ({
    ...row,
    owner: owner?.name ?? row.ownerText,
    party: party === null ? null : { ref: party.ref, name: party.name },
    reviewedBy: reviewedBy?.name ?? null,
  }),
}

const parties: Register<Party> = {
  key: 'interestedParties',
  title: { en: 'Interested parties', de: 'Interessierte Parteien' },
  subtitle: { en: 'ISO/IEC 27001:2022, 4.2', de: 'ISO/IEC 27001:2022, 4.2' },
  columns: [
    { key: 'ref', title: { en: 'Reference', de: 'Nr.' }, kind: 'ref', cell: (one) => one.ref },
    { key: 'name', title: { en: 'Name', de: 'Name' }, kind: 'text', width: 2, cell: (one) => one.name },
    {
      key: 'kind',
      title: { en: 'Kind', de: 'Art' },
      kind: 'text',
      cell: (one, language) => partyKind(one.kind, language),
    },
    {
      key: 'interest',
      title: { en: 'What they expect', de: 'Was sie erwarten' },
      kind: 'text',
      width: 5,
      cell: (one) => one.interest,
    },
    {
      key: 'obligations',
      title: { en: 'Obligations', de: 'Verpflichtungen' },
      kind: 'number',
      cell: (one) => one.obligations,
    },
  ],
  filters: { kind: codeFilter({ en: 'Kind', de: 'Art' }, partyKind) },
  data: ({ can: _can, id: _id, version: _version, ...row }) => row,
}

/** The register of obligations as a document, with the filter of its list. */
export const printObligations = printing<Obligation, Omit<QueryOf<typeof obligations.export>, 'format'>>(
  register,
  (tx, query, can) => everyRow((paged) => listObligations(tx, paged, can), query),
)

/** Interested parties as a document, with the filter of their list. */
export const printParties = printing<Party, Omit<QueryOf<typeof obligations.exportParties>, 'format'>>(
  parties,
  (tx, query, can) => everyRow((paged) => listParties(tx, paged, can), query),
)

export const exportObligationsUseCase = registerExportUseCase(obligations.export, printObligations)
export const exportPartiesUseCase = registerExportUseCase(obligations.exportParties, printParties)
