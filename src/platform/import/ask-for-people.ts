import { ownerResolver, peopleMap } from '#kernel/import/owners.ts'
import { asking } from '#kernel/import/questions.ts'
import { RowReader } from '#kernel/import/row-reader.ts'
import { staysOut } from '#kernel/import/rows.ts'
import { quote, tidy } from '#kernel/import/text.ts'
import type { GuessedMapping, ImportContext, ImportRegister, Table } from '#kernel/import.ts'
import { ownValue } from '#kernel/own-value.ts'

/** More names than this are not people but another kind of column; the most frequent ones are asked about. */
const mostNames = 60

/**
 * Asks who is meant by names and titles nobody of the directory is found for: once for all columns and rows, and kept
 * with the mapping. What is left open stays text.
 */
export function askForPeople(
  { mapping, questions }: GuessedMapping,
  table: Table,
  register: ImportRegister<unknown>,
  context: ImportContext,
): GuessedMapping {
  if (register.namesPeople !== true) return { mapping, questions }
  const resolve = ownerResolver(context.people, context.roles)
  const fields = register.fields(context).filter(({ kind, name }) => kind === 'person' && mapping.columns[name])
  const rowsOf = new Map<string, number>()
  for (const row of table.rows) {
    if (staysOut(row, mapping)) continue
    const reader = new RowReader(row, mapping)
    for (const { name } of fields) {
      const found = resolve(reader.cell(name).text)?.owner
      if (found?.personId === null) rowsOf.set(found.text, (rowsOf.get(found.text) ?? 0) + 1)
    }
  }
  if (rowsOf.size === 0) return { mapping, questions }
  const open = [...rowsOf].toSorted(([, a], [, b]) => b - a).slice(0, mostNames)
  const said = mapping.valueMaps[peopleMap] ?? {}
  const people = Object.fromEntries(open.map(([name]) => [tidy(name), ownValue(said, tidy(name)) ?? null]))
  const shown = open.slice(0, 5).map(([name]) => quote(name, 40))
  const names = open.length > shown.length ? `${shown.join(', ')} …` : shown.join(', ')
  const count = open.reduce((sum, [, rows]) => sum + rows, 0)
  return {
    mapping: { ...mapping, valueMaps: { ...mapping.valueMaps, [peopleMap]: { ...said, ...people } } },
    questions: [
      ...questions,
      {
        about: `valueMaps.${peopleMap}`,
        ...asking('import.ask_people', { names, count }),
        choices: [],
        proposal: null,
        needed: false,
      },
    ],
  }
}
