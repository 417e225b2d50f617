import { issueOf } from '#kernel/import/questions.ts'
import type { RowReader } from '#kernel/import/row-reader.ts'
import { interpretEach, rawRecord } from '#kernel/import/rows.ts'
import { fold } from '#kernel/import/text.ts'
import type { ImportContext, ImportRegister, InterpretedRow, Mapping, Table } from '#kernel/import.ts'
import { managerFrom, nameFrom, peopleOfFile, withCircles } from './import-managers.ts'
import { employments, peopleFields, personStates } from './import-people-fields.ts'
import type { PersonDraft } from './person-draft.ts'

const emailPattern = /^[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>()]{2,}$/u

function emailFrom(reader: RowReader): string | null {
  const text = reader.text('email')
  if (text === null) return null
  const address = (/<([^>]+)>/u.exec(text)?.[1] ?? text.replace(/^mailto:/iu, '')).trim().toLowerCase()
  // RFC 5321 allows 254 characters.
  if (address.length <= 254 && emailPattern.test(address)) return address
  reader.say('error', 'import.email_invalid', 'email', { text })
  return null
}

/** Group entries such as “All Employees (42)” stand in staff lists without being a person. */
const groupEntry = /^(?:all|alle|new|neue)\s|\(\d+\)$/iu

/**
 * Turns the rows of a staff list into drafts. Managers are found among the file's own lines first, then in the
 * directory; one that is in neither stays open.
 */
function interpret(table: Table, mapping: Mapping, context: ImportContext): InterpretedRow<PersonDraft>[] {
  const inFile = peopleOfFile(table, mapping)
  const directory = new Map(
    context.people.flatMap((p) => [
      [fold(p.name), p.id] as const,
      ...(p.email ? [[p.email.toLowerCase(), p.id] as const] : []),
    ]),
  )
  const idByEmail = new Map(context.people.flatMap((p) => (p.email ? [[p.email.toLowerCase(), p.id] as const] : [])))
  const rows = interpretEach(table, mapping, { existing: context.existing }, (reader, row) => {
    const name = nameFrom(reader)
    if (name === null) reader.say('error', 'import.person_name_missing', 'name')
    else if (groupEntry.test(name)) reader.say('error', 'import.not_a_person', 'name', { name })
    const email = emailFrom(reader)
    if (email === null && reader.columnsOf('email').length > 0 && reader.text('email') === null) {
      reader.say('note', 'import.email_missing', 'email')
    }
    const status = reader.choice('status', personStates)
    const endDate = reader.date('endDate', 'end')
    if (status?.value === 'active' && endDate?.date && endDate.date < context.today) {
      reader.say('warning', 'import.left_but_active', 'status', { text: status.text, date: endDate.date })
    }
    const startDate = reader.date('startDate', 'start')
    if (startDate?.date && endDate?.date && endDate.date < startDate.date) {
      reader.say('error', 'import.end_before_start', 'endDate', { start: startDate.date, end: endDate.date })
    }
    const draft: PersonDraft = {
      ref: reader.text('ref'),
      name: name ?? '',
      email,
      jobTitle: reader.text('jobTitle'),
      team: reader.text('team'),
      location: reader.text('location'),
      manager: managerFrom(reader, inFile, directory),
      employment: reader.choice('employment', employments),
      status,
      startDate,
      endDate,
      raw: rawRecord(table, row),
    }
    // The address names a person more surely than any number.
    return { draft, ref: email ?? draft.ref, name, nameIdentifies: true }
  })
  return withCircles(
    rows.map((row) =>
      row.becomes?.email && idByEmail.has(row.becomes.email) && row.existingId === null
        ? known(row, idByEmail.get(row.becomes.email) ?? null, mapping)
        : row,
    ),
  )
}

/** The directory already has somebody with this address. */
function known(row: InterpretedRow<PersonDraft>, id: string | null, mapping: Mapping): InterpretedRow<PersonDraft> {
  if (row.status !== 'create') return { ...row, existingId: id }
  if (mapping.options.existing === 'update') return { ...row, status: 'update', existingId: id }
  const issue = issueOf('note', 'import.exists', 'email', { ref: row.becomes?.email ?? '' })
  return { ...row, status: 'skip', existingId: id, issues: [...row.issues, issue] }
}

/** The directory of people, as the import knows it. */
export const peopleImport: ImportRegister<PersonDraft> = {
  name: 'people',
  label: 'people',
  sheetNames: [
    'People',
    'Employees',
    'Staff',
    'Directory',
    'Users',
    'Personal',
    'Mitarbeiter',
    'Personalliste',
    'Verzeichnis',
  ],
  fields: () => peopleFields,
  required: [['name', 'lastName', 'firstName']],
  telling: ['email', 'manager', 'firstName', 'lastName', 'team', 'startDate'],
  interpret,
}
