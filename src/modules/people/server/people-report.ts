import type { z } from 'zod'
import type { QueryOf } from '#platform/contract/route.ts'
import { codeFilter } from '#platform/render/register-filter.ts'
import { everyRow, printing, type Register, registerExportUseCase } from '#platform/render/register-report.ts'
import { coded } from '#platform/render/words.ts'
import { people, type personView } from '../contract.ts'
import { listPeople } from './views.ts'

type Person = z.output<typeof personView>

const kind = coded<Person['kind']>({
  en: { employee: 'Employee', contractor: 'Contractor', external: 'External' },
  de: { employee: 'Angestellt', contractor: 'Freiberuflich', external: 'Extern' },
})
const status = coded<Person['status']>({
  en: { active: 'Active', absent: 'On leave', left: 'Left' },
  de: { active: 'Aktiv', absent: 'Abwesend', left: 'Ausgeschieden' },
})

// Headings are those the import knows: what is exported can be read in again.
const register: Register<Person> = {
  key: 'people',
  title: { en: 'Directory of people', de: 'Personenverzeichnis' },
  subtitle: { en: '', de: '' },
  columns: [
    { key: 'ref', title: { en: 'ID', de: 'ID' }, kind: 'ref', cell: (one) => one.ref },
    { key: 'name', title: { en: 'Name', de: 'Name' }, kind: 'text', width: 2, cell: (one) => one.name },
    { key: 'email', title: { en: 'E-mail', de: 'E-Mail' }, kind: 'text', width: 2.4, cell: (one) => one.email },
    {
      key: 'jobTitle',
      title: { en: 'Job title', de: 'Funktion' },
      kind: 'text',
      width: 2,
      cell: (one) => one.jobTitle,
    },
    { key: 'team', title: { en: 'Team', de: 'Team' }, kind: 'text', width: 1.5, cell: (one) => one.team?.name ?? '' },
    {
      key: 'manager',
      title: { en: 'Manager', de: 'Führungskraft' },
      kind: 'text',
      width: 1.5,
      cell: (one) => one.manager?.name ?? '',
    },
    {
      key: 'kind',
      title: { en: 'Employment type', de: 'Beschäftigungsart' },
      kind: 'text',
      cell: (one, language) => kind(one.kind, language),
    },
    {
      key: 'status',
      title: { en: 'Status', de: 'Status' },
      kind: 'text',
      cell: (one, language) => status(one.status, language),
    },
    { key: 'startedOn', title: { en: 'Start date', de: 'Eintritt' }, kind: 'date', cell: (one) => one.startedOn },
    { key: 'leftOn', title: { en: 'End date', de: 'Austritt' }, kind: 'date', cell: (one) => one.leftOn },
    { key: 'note', title: { en: 'Note', de: 'Notiz' }, kind: 'text', under: 'name', cell: (one) => one.note },
  ],
  filters: {
    status: codeFilter({ en: 'Status', de: 'Status' }, status),
    kind: codeFilter({ en: 'Employment type', de: 'Beschäftigungsart' }, kind),
    teamId: {
      title: { en: 'Team', de: 'Team' },
      word: (id, _language, rows) => rows.find((one) => one.team?.id === id)?.team?.name ?? '–',
    },
    managerId: {
      title: { en: 'Manager', de: 'Führungskraft' },
      word: (id, _language, rows) => rows.find((one) => one.manager?.id === id)?.manager?.name ?? '–',
    },
  },
  data: ({ can: _can, id: _id, version: _version, team, manager, ...row }) => ({
    ...row,
    team: team?.name ?? null,
    manager: manager?.name ?? null,
  }),
}

/** The directory as a document, with the filter of its list. */
export const printPeople = printing<Person, Omit<QueryOf<typeof people.export>, 'format'>>(register, (tx, query, can) =>
  everyRow((paged) => listPeople(tx, paged, can), query),
)

export const exportPeopleUseCase = registerExportUseCase(people.export, printPeople)
