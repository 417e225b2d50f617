import type { z } from 'zod'
import type { QueryOf } from '#platform/contract/route.ts'
import { columns } from '#platform/render/register-columns.ts'
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

const column = columns<Person>()

// Headings are those the import knows: what is exported can be read in again.
const register: Register<Person> = {
  key: 'people',
  title: { en: 'Directory of people', de: 'Personenverzeichnis' },
  subtitle: { en: '', de: '' },
  columns: [
    column.ref('ref', { en: 'ID', de: 'ID' }),
    column.text('name', { en: 'Name', de: 'Name' }, { width: 2 }),
    column.text('email', { en: 'E-mail', de: 'E-Mail' }, { width: 2.4 }),
    column.text('jobTitle', { en: 'Job title', de: 'Funktion' }, { width: 2 }),
    column.named('team', { en: 'Team', de: 'Team' }, { width: 1.5 }),
    column.named('manager', { en: 'Manager', de: 'Führungskraft' }, { width: 1.5 }),
    column.code('kind', { en: 'Employment type', de: 'Beschäftigungsart' }, kind),
    column.code('status', { en: 'Status', de: 'Status' }, status),
    column.date('startedOn', { en: 'Start date', de: 'Eintritt' }),
    column.date('leftOn', { en: 'End date', de: 'Austritt' }),
    column.text('note', { en: 'Note', de: 'Anmerkung' }, { under: 'name' }),
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
