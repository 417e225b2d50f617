import type { Mapping, Question, Sheet, Table } from '#kernel/import.ts'
import { emptyMapping } from '#kernel/import.ts'
import { ownValue } from '#kernel/own-value.ts'
import { ok, type Refusal, type Result } from '#kernel/result.ts'
import { askForPeople } from '../ask-for-people.ts'
import { type GuessResult, guessMapping } from '../guess-mapping.ts'
import { applyMapping, type SavedMapping, tableOf } from '../mapping.ts'
import type { ImportOccasion, ImportPlan, ImportTarget, OpenTarget } from './import-target.ts'

/** A file read under a mapping: everything it would write, and what there still is to say. */
export interface PreparedImport {
  readonly mapping: Mapping
  readonly questions: readonly Question[]
  /** Null when sheet or header are not there. */
  readonly table: Table | null
  readonly plan: Result<ImportPlan>
}

/** Lays what somebody said over what can be guessed. Refused when it names a sheet or column the file does not have. */
export function decideMapping(
  target: ImportTarget,
  { context }: OpenTarget,
  sheets: readonly Sheet[],
  said: SavedMapping | undefined,
): Result<{ readonly mapping: Mapping; readonly questions: readonly Question[] }> {
  const { register } = target
  const named = said?.sheet === undefined ? undefined : sheets.find((sheet) => sheet.name === said.sheet)
  const guess = guessMapping(named ? [named] : sheets, register, context)
  if (!said) return guess
  const base: Pick<GuessResult, 'mapping' | 'questions'> = guess.ok
    ? guess.value
    : { mapping: emptyMapping(register.name, (named ?? sheets[0])?.name ?? '', said.headerRow ?? 1), questions: [] }
  const applied = applyMapping({ ...said, register: register.name }, base.mapping, sheets)
  if (!applied.ok) return applied
  return ok(refined(target, applied.value, base, sheets, context))
}

// What the register asks depends on the columns: with other columns it is asked again, and what was said stays said.
function refined(
  { register }: ImportTarget,
  mapping: Mapping,
  base: Pick<GuessResult, 'mapping' | 'questions'>,
  sheets: readonly Sheet[],
  context: OpenTarget['context'],
): { readonly mapping: Mapping; readonly questions: readonly Question[] } {
  if (!register.refine || JSON.stringify(mapping.columns) === JSON.stringify(base.mapping.columns)) {
    return { mapping, questions: base.questions }
  }
  const table = tableOf(sheets, mapping, register, context)
  if (!table.ok) return { mapping, questions: base.questions }
  const again = register.refine({ mapping, questions: [] }, table.value, context)
  const levelMaps = Object.fromEntries(
    Object.entries({ ...again.mapping.levelMaps, ...mapping.levelMaps }).map(([scale, said]) => [
      scale,
      { ...again.mapping.levelMaps[scale], ...said },
    ]),
  )
  const kept = base.questions.filter((question) => question.code.startsWith('import.values'))
  return {
    mapping: {
      ...again.mapping,
      levelMaps,
      residualMeans: mapping.residualMeans ?? again.mapping.residualMeans,
      options: {
        ...again.mapping.options,
        ...mapping.options,
        assessedMeans: mapping.options.assessedMeans ?? again.mapping.options.assessedMeans,
        dimensions: { ...again.mapping.options.dimensions, ...mapping.options.dimensions },
      },
    },
    questions: [...kept, ...again.questions],
  }
}

/** Reads the rows of a file under a mapping and plans what they become. Writes nothing. */
export function prepareImport(
  target: ImportTarget,
  open: OpenTarget,
  sheets: readonly Sheet[],
  said: SavedMapping | undefined,
  at: ImportOccasion,
): Result<PreparedImport> {
  const decided = decideMapping(target, open, sheets, said)
  if (!decided.ok) return decided
  const table = tableOf(sheets, decided.value.mapping, target.register, open.context)
  const { mapping, questions } = table.ok
    ? askForPeople(decided.value, table.value, target.register, open.context)
    : decided.value
  const plan = open.plan(sheets, mapping, at)
  return ok({
    mapping,
    questions: questions.map((one) => answered(one, mapping)),
    table: table.ok ? table.value : null,
    plan,
  })
}

// A question that was answered stays visible with its answer, and is needed no longer.
function answered(question: Question, mapping: Mapping): Question {
  const [head = '', ...rest] = question.about.split('.')
  const said =
    question.about === 'residualMeans'
      ? mapping.residualMeans
      : question.about === 'dateFormat'
        ? mapping.dateFormat
        : head === 'options'
          ? optionOf(mapping, rest)
          : head === 'levelMaps'
            ? allSaid(ownValue(mapping.levelMaps, rest.join('.')))
            : null
  return said === null || (head === 'levelMaps' && question.proposal !== null)
    ? question
    : { ...question, proposal: said, needed: false }
}

function optionOf({ options }: Mapping, [name, key]: readonly string[]): string | null {
  if (name === 'assessedMeans' || name === 'controlMismatch') return options[name]
  return name === 'dimensions' && key !== undefined ? (ownValue(options.dimensions, key) ?? null) : null
}

const allSaid = (map: Readonly<Record<string, number | null>> | undefined): string | null =>
  map && Object.keys(map).length > 0 && Object.values(map).every((level) => level !== null) ? 'said' : null

/** A refusal that stands for the whole mapping, as a preview shows it. */
export const problemOfPlan = ({ code, message, field, facts }: Refusal) => ({
  code,
  message,
  field: field ?? null,
  facts,
})
