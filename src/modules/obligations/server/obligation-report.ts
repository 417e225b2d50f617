import type { z } from 'zod'
import type { QueryOf } from '#platform/contract/route.ts'
import { columns } from '#platform/render/register-columns.ts'
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

const column = columns<Obligation>()

const register: Register<Obligation> = {
  key: 'obligations',
  title: {
    en: 'Legal, contractual and other obligations',
    de: 'Gesetzliche, vertragliche und weitere Verpflichtungen',
  },
  subtitle: {
    en: 'ISO/IEC 27001:2022, clause 4.2 and control A.5.31',
    de: 'ISO/IEC 27001:2022, Abschnitt 4.2 und Maßnahme A.5.31',
  },
  columns: [
    column.ref('ref', { en: 'Reference', de: 'Nr.' }),
    column.text('title', { en: 'Obligation', de: 'Verpflichtung' }, { width: 4 }),
    column.code('kind', { en: 'Kind', de: 'Art' }, kind),
    column.text('source', { en: 'Source', de: 'Quelle' }, { width: 2 }),
    column.text('clause', { en: 'Clause', de: 'Abschnitt' }, { under: 'source' }),
    column.text('jurisdiction', { en: 'Jurisdiction', de: 'Rechtsraum' }, { under: 'source' }),
    column.named('party', { en: 'Interested party', de: 'Interessierte Partei' }, { under: 'source' }),
    column.text('requirement', { en: 'What it demands', de: 'Was sie verlangt' }, { under: 'title' }),
    column.code('addressed', { en: 'In the ISMS', de: 'Im ISMS' }, addressed, { width: 3 }),
    column.text('addressedWhy', { en: 'Why, and how', de: 'Warum und wie' }, { under: 'addressed' }),
    column.named('owner', { en: 'Owner', de: 'Verantwortlich' }, { width: 1.5 }, (one) => one.ownerText),
    column.date('appliesSince', { en: 'Applies since', de: 'Gilt seit' }),
    column.date('reviewedOn', { en: 'Last review', de: 'Letzte Überprüfung' }),
    column.named('reviewedBy', { en: 'Reviewed by', de: 'Überprüft von' }, { under: 'owner' }),
    column.date('reviewOn', { en: 'Next review', de: 'Nächste Überprüfung' }),
  ],
  filters: {
    kind: codeFilter({ en: 'Kind', de: 'Art' }, kind),
    addressed: codeFilter({ en: 'In the ISMS', de: 'Im ISMS' }, addressed),
    ownerId: personFilter({ en: 'Owner', de: 'Verantwortlich' }, (one) => one.owner),
    partyId: personFilter({ en: 'Interested party', de: 'Interessierte Partei' }, (one) => one.party),
    gap: codeFilter({ en: 'Missing', de: 'Fehlt' }, gap),
  },
  data: ({ can: _can, id: _id, version: _version, owner, reviewedBy, party, ...row }) => ({
    ...row,
    owner: owner?.name ?? row.ownerText,
    ownerAsImported: owner === null && row.ownerText !== '',
    party: party === null ? null : { ref: party.ref, name: party.name },
    reviewedBy: reviewedBy?.name ?? null,
  }),
}

const partyColumn = columns<Party>()

const parties: Register<Party> = {
  key: 'interestedParties',
  title: { en: 'Interested parties', de: 'Interessierte Parteien' },
  subtitle: { en: 'ISO/IEC 27001:2022, clause 4.2', de: 'ISO/IEC 27001:2022, Abschnitt 4.2' },
  columns: [
    partyColumn.ref('ref', { en: 'Reference', de: 'Nr.' }),
    partyColumn.text('name', { en: 'Name', de: 'Name' }, { width: 2 }),
    partyColumn.code('kind', { en: 'Kind', de: 'Art' }, partyKind),
    partyColumn.text('interest', { en: 'What they expect', de: 'Erwartungen' }, { width: 5 }),
    partyColumn.number('obligations', { en: 'Obligations', de: 'Verpflichtungen' }),
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
