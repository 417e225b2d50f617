import type { ImportContext, ImportPerson, Mapping, Question, RowIssue } from '../import.ts'
import type { Refusal } from '../result.ts'
import type { LocalDate } from '../time.ts'
import type { OwnerDraft } from './owners.ts'
import { asking, issueOf } from './questions.ts'
import type { ChoiceDraft } from './row-reader.ts'
import type { FactsOf, ImportCode } from './sentences.ts'

/** Cuts a text to what a field holds, saying so. */
export function fit(text: string, max: number, field: string, issues: RowIssue[]): string {
  if (text.length <= max) return text
  issues.push(issueOf('warning', 'import.cut', field, { text: cut(text), length: text.length, max }))
  return `${text
    .slice(0, max - 2)
    .toWellFormed()
    .trimEnd()} …`
}

/** As `fit`, for a field of one line: a cell of several becomes one, nothing of it is lost. */
export const fitLine = (text: string, max: number, field: string, issues: RowIssue[]): string =>
  fit(text.replace(/\s*[\p{Cc}\u2028\u2029]\s*/gu, ' ').trim(), max, field, issues)

const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 39).toWellFormed()}…` : text)

/** What a refusal says about a row: it is left out. */
export const errorIssue = (refusal: Refusal): RowIssue => ({
  severity: 'error',
  code: refusal.code,
  field: refusal.field ?? null,
  message: refusal.message,
  facts: refusal.facts,
})

/**
 * A value a preview shows of a record to be: text as it stands in the file or in a record, a day, a word the interface has
 * for it (`words` names the group of its texts, `assets:kinds`), or something said from code and facts.
 */
export type FactValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'day'; readonly day: LocalDate }
  | { readonly kind: 'word'; readonly words: string; readonly word: string }
  | ({ readonly kind: 'said' } & Pick<Question, 'code' | 'message' | 'facts'>)

/** A fact of a record to be, under its English name. `into`: what the values of the file become here, where that is not the same. */
export interface RowFact {
  readonly label: string
  readonly values: readonly FactValue[]
  readonly into: readonly FactValue[] | null
}

export const textValue = (text: string): FactValue => ({ kind: 'text', text })

export const wordValue = (words: string, word: string): FactValue => ({ kind: 'word', words, word })

export const saidValue = <Code extends ImportCode>(code: Code, ...facts: FactsOf<Code>): FactValue => ({
  kind: 'said',
  ...asking(code, ...facts),
})

/** The day where it could be read, otherwise the text. */
export const dateValue = (date: { readonly text: string; readonly date: LocalDate | null } | null): FactValue | null =>
  date === null ? null : date.date === null ? textValue(date.text) : { kind: 'day', day: date.date }

type Facts = string | FactValue | readonly FactValue[] | Omit<RowFact, 'label'> | null | undefined

const isList = (given: Exclude<Facts, string | null | undefined>): given is readonly FactValue[] => Array.isArray(given)

/** Named facts of a row for people; those without a value are left out. Texts are those of the file. */
export const factsOf = (facts: Readonly<Record<string, Facts>>): RowFact[] =>
  Object.entries(facts).flatMap(([label, given]): RowFact[] => {
    if (!given) return []
    if (typeof given === 'string') return [{ label, values: [textValue(given)], into: null }]
    if (isList(given)) return given.length === 0 ? [] : [{ label, values: given, into: null }]
    return 'values' in given ? [{ label, ...given }] : [{ label, values: [given], into: null }]
  })

/** A value of a fixed list; where the word of the file is none of it, that word and what it becomes all the same. */
export const readAs = (choice: ChoiceDraft | null, value: FactValue): Facts =>
  choice !== null && choice.value === null ? { values: [textValue(choice.text)], into: [value] } : value

/** An owner as the file names one, and the person that is here, if anybody. */
export function ownerFact(owner: OwnerDraft | null, { people }: Pick<ImportContext, 'people'>): Facts {
  if (owner === null) return null
  const values = [textValue(owner.text)]
  if (owner.personId === null) return { values, into: [saidValue('import.fact_owner_open')] }
  const name = namesOf(people).get(owner.personId)
  return { values, into: name === undefined || name === owner.text ? null : [textValue(name)] }
}

const names = new WeakMap<readonly ImportPerson[], ReadonlyMap<string, string>>()

function namesOf(people: readonly ImportPerson[]): ReadonlyMap<string, string> {
  let known = names.get(people)
  if (!known) {
    known = new Map(people.map(({ id, name }) => [id, name]))
    names.set(people, known)
  }
  return known
}

/** A remark and what it is called; see `headed`. */
export type Note = readonly [label: string, text: string | null | undefined]

/** Remarks under their labels, one per line: “Lifespan: 5 years”. Empty when there are none. */
export const notesOf = (notes: readonly Note[]): string =>
  notes.flatMap(([label, text]) => (text ? [`${label}: ${text}`] : [])).join('\n')

/**
 * Names a field as the file does. What is noted down in a record is read in any language of the interface, so it keeps the
 * words of the file; the English name only where no column has the field.
 */
export const headed =
  ({ columns }: Pick<Mapping, 'columns'>) =>
  (field: string, english: string): string =>
    columns[field]?.[0]?.header.replace(/\s+/gu, ' ').trim() || english
