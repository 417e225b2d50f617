import { issueOf } from '#kernel/import/questions.ts'
import { RowReader } from '#kernel/import/row-reader.ts'
import { isLeftOut, staysOut } from '#kernel/import/rows.ts'
import { fold, isPlaceholder, tidy } from '#kernel/import/text.ts'
import type { InterpretedRow, Mapping, Table } from '#kernel/import.ts'
import type { ManagerDraft, PersonDraft } from './person-draft.ts'

/** The name of a row: from both parts, or whole, with “Weber, Anna” turned round. */
export function nameFrom(reader: RowReader): string | null {
  const first = reader.text('firstName')
  const last = reader.text('lastName')
  const whole = reader.text('name')
  if (first && last) return `${first} ${last}`
  if (whole === null) return first ?? last
  // “Weber, Anna” is how lists are sorted, not how people are called.
  const m = /^([^,]+),\s*([^,]+)$/u.exec(whole)
  return m ? `${m[2]?.trim()} ${m[1]?.trim()}` : whole
}

/** The people of the file by their names and addresses, so that managers are found whatever the order of lines. */
export interface PeopleOfFile {
  /** Their lines; null where several lines are called so. */
  readonly lines: ReadonlyMap<string, number | null>
  /** Lines somebody leaves out. */
  readonly leftOut: ReadonlyMap<string, number | null>
}

/** Who is on which line of the file. */
export function peopleOfFile(table: Table, mapping: Mapping): PeopleOfFile {
  const lines = new Map<string, number | null>()
  const leftOut = new Map<string, number | null>()
  for (const row of table.rows) {
    if (row.skip && staysOut(row, mapping)) continue
    const among = isLeftOut(row.line, mapping) ? leftOut : lines
    const put = (key: string): void => {
      if (key !== '') among.set(key, among.has(key) && among.get(key) !== row.line ? null : row.line)
    }
    const reader = new RowReader(row, mapping)
    put(tidy(reader.rawText('email')).toLowerCase())
    put(fold(reader.rawText('ref')))
    const name = nameFrom(reader)
    if (name !== null) put(fold(name))
  }
  return { lines, leftOut }
}

/** The manager a row names: a line of the file before a person of the directory. */
export function managerFrom(
  reader: RowReader,
  { lines, leftOut }: PeopleOfFile,
  directory: ReadonlyMap<string, string>,
): ManagerDraft | null {
  const text = reader.text('manager')
  if (text === null || isPlaceholder(text)) return null
  const m = /^([^,]+),\s*([^,]+)$/u.exec(text)
  const keys = [text.toLowerCase(), fold(text), ...(m ? [fold(`${m[2]} ${m[1]}`)] : [])]
  for (const key of keys) {
    const line = lines.get(key)
    if (line === null) {
      reader.say('warning', 'import.manager_several', 'manager', { text })
      return { text, personId: null, line: null }
    }
    if (line === reader.row.line) {
      reader.say('warning', 'import.manager_self', 'manager')
      return { text, personId: null, line: null }
    }
    if (line !== undefined) return { text, personId: null, line }
  }
  for (const key of keys) {
    const personId = directory.get(key)
    if (personId) return { text, personId, line: null }
  }
  const away = keys.map((key) => leftOut.get(key)).find((line) => line !== undefined)
  if (away === undefined || away === null) reader.say('note', 'import.manager_unknown', 'manager', { text })
  else reader.say('warning', 'import.manager_left_out', 'manager', { text, line: away })
  return { text, personId: null, line: null }
}

/** Marks lines whose managers lead back to themselves. */
export function withCircles(rows: readonly InterpretedRow<PersonDraft>[]): InterpretedRow<PersonDraft>[] {
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
    const issue = issueOf('warning', 'import.manager_circle', 'manager', { lines: circle.join(', ') })
    return { ...row, issues: [...row.issues, issue] }
  })
}
