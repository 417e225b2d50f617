import { type Change, created, defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { dateValue, errorIssue, factsOf, fitLine, headed, notesOf, readAs, wordValue } from '#kernel/import/planning.ts'
import type { ImportContext, InterpretedRow, Mapping, RowIssue } from '#kernel/import.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { dateAt } from '#kernel/time.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { lockMembers } from '#platform/identity/members.ts'
import { type ImportOccasion, importTarget, type PlannedRow } from '#platform/import/server/import-target.ts'
import { loadRefBook, type RefBook } from '#platform/import/server/ref-book.ts'
import { peopleImport } from '../domain/import-people.ts'
import { type ImportedPerson, importPerson, updatePerson } from '../domain/import-person.ts'
import { type Person, personKinds, personStatuses } from '../domain/person.ts'
import type { PersonDraft } from '../domain/person-draft.ts'
import { importDirectory } from './import-directory.ts'

interface State {
  readonly persons: ReadonlyMap<string, Person>
  /** Who can sign in here. */
  readonly members: ReadonlySet<string>
  readonly teams: readonly { readonly id: Id<'team'>; readonly name: string }[]
  readonly refs: RefBook
}

async function load(tx: Tx): Promise<{ context: ImportContext; state: State }> {
  const [directory, persons, members, teams, refs] = await Promise.all([
    importDirectory(tx),
    tx.rows<Person>(statement('select * from person where org_id = $1 and withdrawn_at is null', [tx.org.id])),
    tx.rows<{ personId: string }>(
      statement('select person_id from membership where org_id = $1 and person_id is not null and ended_at is null', [
        tx.org.id,
      ]),
    ),
    tx.rows<State['teams'][number]>(
      statement('select id, name from team where org_id = $1 and withdrawn_at is null', [tx.org.id]),
    ),
    loadRefBook(tx, 'person', 'P'),
  ])
  const context: ImportContext = {
    today: dateAt(tx.now, tx.org.timeZone),
    language: tx.org.language,
    ...directory,
    controls: [],
    assets: [],
    risks: [],
    // By number, by address, and by name where a row has neither.
    existing: directory.people.flatMap(({ id, ref, name, email }) => [
      { id, ref, name },
      ...(email ? [{ id, ref: email, name }] : []),
    ]),
    classifications: [],
    method: null,
  }
  const state = {
    persons: new Map(persons.map((person) => [person.id, person])),
    members: new Set(members.map((one) => one.personId)),
    teams,
    refs,
  }
  return { context, state }
}

// Whoever is being invited, or made owner of something, is not taken out by the file meanwhile. In one order, and before
// the ledger is written, so that nobody who holds a person waits for this import while it waits for them.
async function lockDirectory(tx: Tx): Promise<void> {
  await lockMembers(tx)
  await tx.rows(statement('select id from person where org_id = $1 order by id for no key update', [tx.org.id]))
}

/** The directory of people: each row a person; teams it names and that do not exist are created. */
export const peopleTarget = importTarget<PersonDraft, State>({
  register: peopleImport,
  action: 'person.import',
  lock: lockDirectory,
  load,
  plan({ rows, mapping, state, at }) {
    const teams = new Teams(state, at)
    const written = rows.filter((row) => row.status === 'create' || row.status === 'update')
    // Ids first: a row may name a manager further down.
    const ids = new Map(
      written.map((row) => [row.line, (row.existingId as Id<'person'> | null) ?? at.newId<'person'>()]),
    )
    const planned = rows.map((row) => planRow(row, { state, at, teams, ids, mapping }))
    return ok({ before: teams.changes, rows: planned, after: [], books: [state.refs], order: managersFirst(rows) })
  },
})

/** What all rows of a file are planned against. */
interface Ground {
  readonly state: State
  readonly at: ImportOccasion
  readonly teams: Teams
  /** The person of each line that is written. */
  readonly ids: ReadonlyMap<number, Id<'person'>>
  readonly mapping: Mapping
}

function planRow(row: InterpretedRow<PersonDraft>, { state, at, teams, ids, mapping }: Ground): PlannedRow {
  const { becomes: draft, line, status } = row
  const issues: RowIssue[] = [...row.issues]
  if (!draft) return { line, status, becomes: null, issues, changes: [] }
  const known = row.existingId === null ? undefined : state.persons.get(row.existingId)
  const id = ids.get(line)
  const left = draft.status?.value === 'left' || (draft.endDate?.date ?? '9999') < at.today
  const circular = row.issues.some((issue) => issue.code === 'import.manager_circle')
  const named = draft.manager?.line == null ? draft.manager?.personId : ids.get(draft.manager.line)
  const heading = headed(mapping)
  const fields: ImportedPerson = {
    name: fitLine(draft.name, 200, 'name', issues),
    email: draft.email,
    jobTitle: fitLine(draft.jobTitle ?? '', 200, 'jobTitle', issues),
    kind: personKinds.find((kind) => kind === draft.employment?.value) ?? 'employee',
    teamId: id === undefined ? null : teams.of(draft.team, issues),
    managerId: circular ? null : ((named as Id<'person'> | null | undefined) ?? null),
    startedOn: draft.startDate?.date ?? null,
    note: notesOf([
      [heading('location', 'Location'), draft.location],
      [heading('employment', 'Works here as'), draft.employment?.value === null ? draft.employment.text : null],
      [heading('status', 'Status'), draft.status?.value === null ? draft.status.text : null],
    ]),
    status: left ? 'left' : (personStatuses.find((one) => one === draft.status?.value) ?? 'active'),
    leftOn: left ? (draft.endDate?.date ?? null) : null,
  }
  const facts = factsOf({
    'E-mail': fields.email,
    'Job title': fields.jobTitle,
    Team: draft.team,
    Manager: draft.manager?.text,
    'Works here as': readAs(draft.employment, wordValue('people:kinds', fields.kind)),
    Status: readAs(draft.status, wordValue('people:statuses', fields.status)),
    Started: dateValue(draft.startDate),
    'Last day': dateValue(draft.endDate),
    Location: draft.location,
  })
  const ref = known?.ref ?? (status === 'create' ? state.refs.take(draft.ref) : draft.ref)
  const becomes = { ref, title: fields.name, facts }
  if (id === undefined) return { line, status, becomes, issues, changes: [] }
  if (!known) {
    const change = importPerson({ id, orgId: at.orgId, ref: ref ?? '' }, fields)
    return { line, status, becomes, issues, changes: [change] }
  }
  const { note: _note, ...news } = fields
  const patch = stated(draft, news)
  const change = staysMember(known, patch, state) ?? updatePerson(known, patch)
  if (!change.ok)
    return { line, status: 'error', becomes, issues: [...issues, errorIssue(change.refusal)], changes: [] }
  return { line, status, becomes, issues, changes: change.value ? [change.value] : [] }
}

// Who has left keeps no access: that ends where the leaving is recorded, one by one, with everything else they hold.
function staysMember(known: Person, { status }: Partial<ImportedPerson>, { members }: State): Result<never> | null {
  if (status !== 'left' || known.status === 'left' || !members.has(known.id)) return null
  return refuse(
    'person.can_sign_in',
    `${known.name} can still sign in here: record the leaving on the page of the person, which ends the access as well.`,
    { name: known.name },
    'status',
  )
}

// An update changes what the file states; what it leaves open stays as it is.
function stated(draft: PersonDraft, fields: Omit<ImportedPerson, 'note'>): Partial<ImportedPerson> {
  const said = draft.status?.value != null || draft.endDate?.date != null
  return defined({
    name: fields.name,
    email: fields.email ?? undefined,
    jobTitle: fields.jobTitle === '' ? undefined : fields.jobTitle,
    kind: draft.employment?.value == null ? undefined : fields.kind,
    teamId: fields.teamId ?? undefined,
    managerId: fields.managerId ?? undefined,
    startedOn: fields.startedOn ?? undefined,
    status: said ? fields.status : undefined,
    leftOn: said ? fields.leftOn : undefined,
  })
}

/** Teams by name; those the file names first are created once. */
class Teams {
  readonly changes: Change[] = []
  readonly #ids: Map<string, Id<'team'>>
  readonly #at: ImportOccasion

  constructor({ teams }: State, at: ImportOccasion) {
    this.#ids = new Map(teams.map(({ id, name }) => [name.toLowerCase(), id]))
    this.#at = at
  }

  of(text: string | null, issues: RowIssue[]): Id<'team'> | null {
    if (text === null) return null
    const name = fitLine(text, 200, 'team', issues)
    const known = this.#ids.get(name.toLowerCase())
    if (known) return known
    const id = this.#at.newId<'team'>()
    const team = { id, orgId: this.#at.orgId, version: 1, name, parentId: null, leadId: null, withdrawnAt: null }
    this.changes.push(created('team', team, 'team.imported'))
    this.#ids.set(name.toLowerCase(), id)
    return id
  }
}

/** Lines in an order in which every manager of the file comes before those they manage. */
function managersFirst(rows: readonly InterpretedRow<PersonDraft>[]): number[] {
  const managerOf = new Map(rows.map((row) => [row.line, row.becomes?.manager?.line ?? null]))
  const order = new Set<number>()
  for (const { line } of rows) {
    const chain: number[] = []
    for (
      let at: number | null = line;
      at !== null && !order.has(at) && !chain.includes(at);
      at = managerOf.get(at) ?? null
    )
      chain.push(at)
    for (const one of chain.toReversed()) order.add(one)
  }
  return [...order]
}
