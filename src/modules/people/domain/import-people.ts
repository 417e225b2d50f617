import type { Choice, ImportContext, ImportField, ImportRegister, InterpretedRow, Mapping, Table } from '#kernel/import.ts'
import { type ChoiceDraft, type DateDraft, RowReader } from '#kernel/import/row-reader.ts'
import { interpretEach, rawRecord } from '#kernel/import/rows.ts'
import { fold, isPlaceholder, quote, tidy } from '#kernel/import/text.ts'

/** Whom a row names as manager: a person of the directory, or another line of the same file. */
export interface ManagerDraft {
  readonly text: string
  readonly personId: string | null
  readonly line: number | null
}

/** What a row of a staff list becomes. */
export interface PersonDraft {
  /** Number the file knows the person by (personnel number). */
  readonly ref: string | null
  readonly name: string
  readonly email: string | null
  readonly jobTitle: string | null
  readonly team: string | null
  readonly location: string | null
  readonly manager: ManagerDraft | null
  /** employee, contractor or external. */
  readonly employment: ChoiceDraft | null
  readonly status: ChoiceDraft | null
  readonly startDate: DateDraft | null
  readonly endDate: DateDraft | null
  readonly raw: Readonly<Record<string, string>>
}

const states: readonly Choice[] = [
  { value: 'planned', words: ['Planned', 'Joining', 'Onboarding', 'Pending', 'Invited', 'Future', 'Geplant', 'Eintritt geplant', 'Zukünftig'] },
  { value: 'active', words: ['Active', 'Employed', 'Current', 'Enabled', 'Yes', 'Aktiv', 'Beschäftigt', 'Angestellt', 'Ja', 'True', 'Probation', 'Probezeit'] },
  { value: 'away', words: ['On leave', 'Leave', 'Parental leave', 'Maternity leave', 'Sabbatical', 'Suspended', 'Elternzeit', 'Mutterschutz', 'Beurlaubt', 'Abwesend', 'Ruhend'] },
  { value: 'left', words: ['Left', 'Leaver', 'Terminated', 'Inactive', 'Former', 'Resigned', 'Disabled', 'Offboarded', 'No', 'Ausgeschieden', 'Ehemalig', 'Inaktiv', 'Gekündigt', 'Ausgetreten', 'Nein', 'False'] },
]

const employments: readonly Choice[] = [
  { value: 'employee', words: ['Employee', 'Permanent', 'Full-time', 'Full time', 'Part-time', 'Part time', 'Internal', 'Fixed term', 'Apprentice', 'Trainee', 'Intern', 'Working Student', 'Angestellt', 'Festangestellt', 'Mitarbeiter', 'Vollzeit', 'Teilzeit', 'Befristet', 'Unbefristet', 'Auszubildende', 'Auszubildender', 'Azubi', 'Praktikant', 'Praktikantin', 'Werkstudent', 'Werkstudentin', 'Intern beschäftigt'] },
  { value: 'contractor', words: ['Contractor', 'Freelancer', 'Freelance', 'Consultant', 'Temporary', 'Temp', 'Agency', 'Freiberufler', 'Freie Mitarbeit', 'Freier Mitarbeiter', 'Berater', 'Leiharbeit', 'Zeitarbeit'] },
  { value: 'external', words: ['External', 'Third Party', 'Supplier', 'Partner', 'Guest', 'Extern', 'Externer', 'Externe', 'Dienstleister', 'Gast'] },
]

const peopleFields: readonly ImportField[] = [
  { name: 'name', label: 'Name', kind: 'name', key: true, headers: ['Name', 'Full Name', 'Display Name', 'Employee', 'Employee Name', 'Person', 'Staff', 'Staff Member', 'Member', 'User', 'Mitarbeiter', 'Mitarbeiterin', 'Mitarbeitername', 'Vollständiger Name', 'Anzeigename', 'Mitarbeitende'], not: ['number', 'nr', 'id', 'manager', 'vorgesetzter'] },
  { name: 'firstName', label: 'First name', kind: 'text', key: true, headers: ['First Name', 'Given Name', 'Forename', 'Vorname', 'Rufname'] },
  { name: 'lastName', label: 'Last name', kind: 'text', key: true, headers: ['Last Name', 'Surname', 'Family Name', 'Nachname', 'Familienname'] },
  { name: 'email', label: 'E-mail', kind: 'email', key: true, headers: ['E-mail', 'Email', 'Mail', 'Email Address', 'E-Mail Address', 'Work Email', 'Business Email', 'E-Mail-Adresse', 'Mailadresse', 'User Principal Name', 'UPN', 'Primary Email'] },
  { name: 'ref', label: 'Personnel number', kind: 'ref', headers: ['Employee ID', 'ID', 'Personnel Number', 'Employee Number', 'Staff ID', 'Person ID', 'User ID', 'Personalnummer', 'Personal-Nr', 'Pers Nr', 'Mitarbeiternummer', 'Mitarbeiter-ID', 'Mitarbeiter Nr', 'PNr'] },
  { name: 'jobTitle', label: 'Job title', kind: 'text', headers: ['Job Title', 'Title', 'Role', 'Position', 'Function', 'Job', 'Job Role', 'Designation', 'Funktion', 'Stelle', 'Rolle', 'Stellenbezeichnung', 'Tätigkeit', 'Berufsbezeichnung'] },
  { name: 'team', label: 'Team', kind: 'text', headers: ['Department', 'Team', 'Unit', 'Division', 'Business Unit', 'Organizational Unit', 'Org Unit', 'Group', 'Abteilung', 'Bereich', 'Organisationseinheit', 'Fachbereich', 'Gruppe', 'OE'] },
  { name: 'location', label: 'Location', kind: 'text', headers: ['Location', 'Office', 'Site', 'Work Location', 'Standort', 'Dienstort', 'Arbeitsort', 'Büro', 'Dienstsitz'] },
  { name: 'manager', label: 'Manager', kind: 'person', headers: ['Manager', 'Line Manager', 'Reports to', 'Supervisor', 'Reporting Manager', 'Manager Name', 'Manager Email', 'Vorgesetzter', 'Vorgesetzte', 'Vorgesetzte/r', 'Führungskraft', 'Disziplinarischer Vorgesetzter', 'Berichtet an', 'Teamleiter'] },
  { name: 'employment', label: 'Employment', kind: 'choice', choices: employments, headers: ['Employment Type', 'Employee Type', 'Contract Type', 'Type', 'Worker Type', 'Beschäftigungsart', 'Vertragsart', 'Art', 'Mitarbeitertyp', 'Anstellungsart', 'Beschäftigungsverhältnis'] },
  { name: 'status', label: 'Status', kind: 'choice', choices: states, headers: ['Status', 'Active', 'Employment Status', 'Account Status', 'Enabled', 'Aktiv', 'Beschäftigungsstatus', 'Mitarbeiterstatus'] },
  { name: 'startDate', label: 'Start date', kind: 'date', headers: ['Start Date', 'Hire Date', 'Joined', 'Date of Joining', 'Entry Date', 'Start', 'Employment Start', 'Eintritt', 'Eintrittsdatum', 'Startdatum', 'Beginn', 'Beschäftigt seit', 'Einstellungsdatum'] },
  { name: 'endDate', label: 'End date', kind: 'date', headers: ['End Date', 'Leaving Date', 'Termination Date', 'Last Day', 'Left', 'Exit Date', 'End', 'Austritt', 'Austrittsdatum', 'Enddatum', 'Ende', 'Letzter Arbeitstag', 'Vertragsende'] },
]

const emailPattern = /^[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>()]{2,}$/u

function nameFrom(reader: RowReader): string | null {
  const first = reader.text('firstName')
  const last = reader.text('lastName')
  const whole = reader.text('name')
  if (first && last) return `${first} ${last}`
  if (whole === null) return first ?? last
  // “Weber, Anna” is how lists are sorted, not how people are called.
  const m = /^([^,]+),\s*([^,]+)$/u.exec(whole)
  return m ? `${m[2]?.trim()} ${m[1]?.trim()}` : whole
}

function emailFrom(reader: RowReader): string | null {
  const text = reader.text('email')
  if (text === null) return null
  const address = (/<([^>]+)>/u.exec(text)?.[1] ?? text.replace(/^mailto:/iu, '')).trim().toLowerCase()
  if (emailPattern.test(address)) return address
  reader.say('error', 'import.email_invalid', 'email', `${quote(text)} is not an e-mail address`)
  return null
}

/** Group entries such as “All Employees (42)” stand in staff lists without being a person. */
const groupEntry = /^(?:all|alle|new|neue)\s|\(\d+\)$/iu

/** Lines by the names and addresses people have in the file, so that managers are found whatever the order of lines. */
function linesByPerson(table: Table, mapping: Mapping): Map<string, number | null> {
  const lines = new Map<string, number | null>()
  const put = (key: string, line: number): void => {
    if (key !== '') lines.set(key, lines.has(key) && lines.get(key) !== line ? null : line)
  }
  for (const row of table.rows) {
    if (mapping.rows[String(row.line)]?.skip ?? row.skip !== undefined) continue
    const reader = new RowReader(row, mapping)
    put(tidy(reader.rawText('email')).toLowerCase(), row.line)
    put(fold(reader.rawText('ref')), row.line)
    const name = nameFrom(reader)
    if (name !== null) put(fold(name), row.line)
  }
  return lines
}

/**
 * Turns the rows of a staff list into drafts. Managers are found among the file's own lines first, then in the
 * directory; one that is in neither stays open.
 */
function interpret(table: Table, mapping: Mapping, context: ImportContext): InterpretedRow<PersonDraft>[] {
  const lines = linesByPerson(table, mapping)
  const directory = new Map(context.people.flatMap((p) => [[fold(p.name), p.id] as const, ...(p.email ? [[p.email.toLowerCase(), p.id] as const] : [])]))
  const idByEmail = new Map(context.people.flatMap((p) => (p.email ? [[p.email.toLowerCase(), p.id] as const] : [])))
  const rows = interpretEach(table, mapping, { existing: context.existing }, (reader, row) => {
    const name = nameFrom(reader)
    if (name === null) reader.say('error', 'import.name_missing', 'name', 'The person has no name')
    else if (groupEntry.test(name)) reader.say('error', 'import.not_a_person', 'name', `${quote(name)} is a group, not a person; leave the line out`)
    const email = emailFrom(reader)
    if (email === null && reader.columnsOf('email').length > 0 && reader.text('email') === null) {
      reader.say('note', 'import.email_missing', 'email', 'Without an e-mail address the person can be assigned to, but not invited')
    }
    const status = reader.choice('status', states)
    const endDate = reader.date('endDate', 'end')
    if (status?.value === 'active' && endDate?.date && endDate.date < context.today) {
      reader.say('warning', 'import.left_but_active', 'status', `The status is ${quote(status.text)}, but the end date ${endDate.date} has passed`)
    }
    const startDate = reader.date('startDate', 'start')
    if (startDate?.date && endDate?.date && endDate.date < startDate.date) {
      reader.say('error', 'import.dates_reversed', 'endDate', `The end date ${endDate.date} is before the start date ${startDate.date}`)
    }
    const draft: PersonDraft = {
      ref: reader.text('ref'),
      name: name ?? '',
      email,
      jobTitle: reader.text('jobTitle'),
      team: reader.text('team'),
      location: reader.text('location'),
      manager: managerFrom(reader, lines, directory),
      employment: reader.choice('employment', employments),
      status,
      startDate,
      endDate,
      raw: rawRecord(table, row),
    }
    // The address names a person more surely than any number.
    return { draft, ref: email ?? draft.ref, name, nameIdentifies: true }
  })
  return withCircles(rows.map((row) => (row.becomes?.email && idByEmail.has(row.becomes.email) && row.existingId === null ? known(row, idByEmail.get(row.becomes.email) ?? null, mapping) : row)))
}

/** The directory already has somebody with this address. */
function known(row: InterpretedRow<PersonDraft>, id: string | null, mapping: Mapping): InterpretedRow<PersonDraft> {
  if (row.status !== 'create') return { ...row, existingId: id }
  if (mapping.options.existing === 'update') return { ...row, status: 'update', existingId: id }
  const issue = { severity: 'note', code: 'import.exists', field: 'email', message: `${quote(row.becomes?.email ?? '')} exists already and is left as it is`, facts: {} } as const
  return { ...row, status: 'skip', existingId: id, issues: [...row.issues, issue] }
}

function managerFrom(reader: RowReader, lines: ReadonlyMap<string, number | null>, directory: ReadonlyMap<string, string>): ManagerDraft | null {
  const text = reader.text('manager')
  if (text === null || isPlaceholder(text)) return null
  const m = /^([^,]+),\s*([^,]+)$/u.exec(text)
  const keys = [text.toLowerCase(), fold(text), ...(m ? [fold(`${m[2]} ${m[1]}`)] : [])]
  for (const key of keys) {
    const line = lines.get(key)
    if (line === null) {
      reader.say('warning', 'import.manager_several', 'manager', `${quote(text)} is the name of several lines; give the e-mail address instead`)
      return { text, personId: null, line: null }
    }
    if (line === reader.row.line) {
      reader.say('warning', 'import.manager_self', 'manager', 'The person is named as their own manager; it stays open')
      return { text, personId: null, line: null }
    }
    if (line !== undefined) return { text, personId: null, line }
  }
  for (const key of keys) {
    const personId = directory.get(key)
    if (personId) return { text, personId, line: null }
  }
  reader.say('note', 'import.manager_unknown', 'manager', `${quote(text)} is neither in this file nor in the directory; the manager stays open`)
  return { text, personId: null, line: null }
}

/** Marks lines whose managers lead back to themselves. */
function withCircles(rows: readonly InterpretedRow<PersonDraft>[]): InterpretedRow<PersonDraft>[] {
  const managerOf = new Map(rows.map((row) => [row.line, row.becomes?.manager?.line ?? null]))
  const state = new Map<number, 'open' | 'done'>()
  const circles = new Map<number, readonly number[]>()
  for (const start of managerOf.keys()) {
    const path: number[] = []
    let line: number | null = start
    while (line !== null && !state.has(line)) {
      state.set(line, 'open')
      path.push(line)
      line = managerOf.get(line) ?? null
    }
    const from = line === null ? -1 : path.indexOf(line)
    if (from >= 0) {
      const circle = path.slice(from).sort((a, b) => a - b)
      for (const member of circle) circles.set(member, circle)
    }
    for (const passed of path) state.set(passed, 'done')
  }
  return rows.map((row) => {
    const circle = circles.get(row.line)
    if (!circle) return row
    const message = `The managers of lines ${circle.join(', ')} lead round in a circle`
    return { ...row, issues: [...row.issues, { severity: 'warning', code: 'import.manager_circle', field: 'manager', message, facts: {} }] }
  })
}

/** The directory of people, as the import knows it. */
export const peopleImport: ImportRegister<PersonDraft> = {
  name: 'people',
  label: 'people',
  sheetNames: ['People', 'Employees', 'Staff', 'Directory', 'Users', 'Personal', 'Mitarbeiter', 'Personalliste', 'Verzeichnis'],
  fields: () => peopleFields,
  required: [['name', 'lastName', 'firstName']],
  telling: ['email', 'manager', 'firstName', 'lastName', 'team', 'startDate'],
  interpret,
}
