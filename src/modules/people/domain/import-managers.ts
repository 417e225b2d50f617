import { issueOf } from '#kernel/import/questions.ts'
import { RowReader } from '#kernel/import/row-reader.ts'
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

/** Lines by the names and addresses people have in the file, so that managers are found whatever the order of lines. */
export function linesByPerson(table: Table, mapping: Mapping): Map<string, number | null> {
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

/** The manager a row names: a line of the file before a person of the directory. */
export function managerFrom(
  reader: RowReader,
  lines: ReadonlyMap<string, number | null>,
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
  reader.say('note', 'import.manager_unknown', 'manager', { text })
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
