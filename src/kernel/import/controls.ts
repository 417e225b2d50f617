import type { ImportControl } from '../import.ts'
import { plainNumber } from './control-numbers.ts'
import type { RowReader } from './row-reader.ts'
import { fold, similarity, wordsOf } from './text.ts'

export type ControlMatch =
  /** The number exists and the title, if there is one, fits it (`unchecked`: there was none, or none in its language). */
  | {
      readonly kind: 'match'
      readonly control: ImportControl
      readonly unchecked: boolean
      readonly edition: 'current' | 'previous'
    }
  /** The number exists, the title says something else, and no other control has that title. */
  | { readonly kind: 'unclear'; readonly control: ImportControl; readonly edition: 'current' | 'previous' }
  /** The number exists, but the title is that of another control. */
  | {
      readonly kind: 'mismatch'
      readonly control: ImportControl
      readonly byTitle: ImportControl
      readonly edition: 'current' | 'previous'
    }
  /** The number is not one control; the title may suggest one. */
  | {
      readonly kind: 'unknown'
      readonly reason: 'objective' | 'dropped' | 'absent' | 'noNumber'
      readonly byTitle: ImportControl | null
    }

/** Looks up controls by number and title, remembering the answers. */
export interface ControlIndex {
  /** What remarks call a control. */
  readonly titleOf: (control: ImportControl) => string
  readonly byNumber: (
    number: string,
  ) => { readonly control: ImportControl; readonly edition: 'current' | 'previous' } | null
  /**
   * @param alternatives other numbers the cell may stand for
   * @param language of the file's titles, when known: titles in a language the catalogue lacks are not judged
   */
  readonly match: (
    number: string | null,
    title: string | null,
    alternatives?: readonly string[],
    language?: string,
  ) => ControlMatch
}

/** From here a title is that of the control whose number it stands beside. */
const fits = 0.6
/** A control found by its title alone has to fit better, and better than every other. */
const fitsAlone = 0.62
const ahead = 0.04
const clearlyBetter = 0.2

const germanWords =
  /\b(?:und|von|der|die|das|des|dem|den|bei|zur|zum|für|im|mit|gegen|außerhalb|während)\b|[äöüß]|(?:ung|heit|keit|schaft)(?:en|s)?\b/iu

const looksGerman = (title: string): boolean => germanWords.test(title)

/** German or English, by small words, umlauts and endings. One title may be too short to tell, all of a file are not. */
export function languageOfTitles(titles: readonly string[]): string {
  return titles.filter(looksGerman).length > titles.length * 0.2 ? 'de' : 'en'
}

/**
 * An index over the controls of a release. A number of the previous edition (`A.9.2.1`) leads to the control it went
 * into. Titles decide whether number and meaning agree: see {@link ControlMatch}.
 * @param language remarks call controls in, where the catalogue has it
 */
export function controlIndex(controls: readonly ImportControl[], language = 'en'): ControlIndex {
  const current = new Map<string, ImportControl>()
  const previous = new Map<string, { control: ImportControl; title: string | null }[]>()
  // Groups of the previous edition (A.12.1) with the controls their members went into.
  const groups = new Map<string, Set<ImportControl>>()
  for (const control of controls) {
    current.set(keyOf(control.ref), control)
    for (const old of control.predecessors) {
      const key = keyOf(old.ref)
      previous.set(key, [...(previous.get(key) ?? []), { control, title: old.title }])
      const parts = key.split('.')
      if (parts.length !== 3) continue
      const group = parts.slice(0, 2).join('.')
      groups.set(group, (groups.get(group) ?? new Set()).add(control))
    }
  }

  function titleScore(control: ImportControl, title: string, oldTitles: readonly (string | null)[]): number {
    let best = 0
    for (const known of [...Object.values(control.titles), ...oldTitles])
      if (known !== null) best = Math.max(best, similarity(title, known))
    return best
  }

  const memory = new Map<string, { control: ImportControl; score: number } | null>()
  function bestByTitle(title: string): { control: ImportControl; score: number } | null {
    const known = memory.get(title)
    if (known !== undefined) return known
    const result = closest(title, controls)
    memory.set(title, result)
    return result
  }

  /** The control a title alone can mean: it has to fit well, and better than any other. */
  function closest(title: string, among: readonly ImportControl[]): { control: ImportControl; score: number } | null {
    let best: { control: ImportControl; score: number } | null = null
    let second = 0
    for (const control of among) {
      let score = 0
      for (const known of Object.values(control.titles)) score = Math.max(score, similarity(title, known, true))
      for (const old of control.predecessors)
        if (old.title) score = Math.max(score, similarity(title, old.title, true) * 0.98)
      if (!best || score > best.score) {
        second = best?.score ?? 0
        best = { control, score }
      } else if (score > second) second = score
    }
    return best && best.score >= fitsAlone && best.score >= second + ahead ? best : null
  }

  function lookUp(
    number: string,
  ): { control: ImportControl; edition: 'current' | 'previous'; oldTitles: readonly (string | null)[] }[] {
    const key = keyOf(number)
    const now = current.get(key)
    if (now) return [{ control: now, edition: 'current', oldTitles: [] }]
    const successors = (previous.get(key) ?? []).map(({ control, title }) => ({
      control,
      edition: 'previous' as const,
      oldTitles: [title],
    }))
    const [only, ...others] = groups.get(key) ?? []
    // A group whose members all went into one control is that control.
    return successors.length === 0 && only && others.length === 0
      ? [{ control: only, edition: 'previous', oldTitles: only.predecessors.map((old) => old.title) }]
      : successors
  }

  function match(
    number: string | null,
    title: string | null,
    alternatives: readonly string[] = [],
    language?: string,
  ): ControlMatch {
    const titled = title !== null && title.length <= 300 && /\p{L}{3}/u.test(title) ? title : null
    const byTitle = titled === null ? null : bestByTitle(titled)
    if (number === null) return { kind: 'unknown', reason: 'noNumber', byTitle: byTitle?.control ?? null }
    const candidates = [number, ...alternatives].flatMap(lookUp)
    const scored = candidates.map((c) => ({
      ...c,
      score: titled === null ? 0 : titleScore(c.control, titled, c.oldTitles),
    }))
    scored.sort((a, b) => b.score - a.score)
    // Without a title to decide, the number as it stands counts.
    const best = titled === null ? scored.find((c) => c.control === candidates[0]?.control) : scored[0]
    if (!best) {
      const parts = keyOf(number).split('.')
      const group = groups.get(keyOf(number))
      const reason = group ? 'objective' : parts.length === 3 ? 'dropped' : 'absent'
      const inGroup = group && titled !== null ? closest(titled, [...group]) : null
      return { kind: 'unknown', reason, byTitle: (inGroup ?? byTitle)?.control ?? null }
    }
    const { control, edition } = best
    if (titled === null) return { kind: 'match', control, edition, unchecked: true }
    if (best.score >= fits || sameWords(titled, control)) return { kind: 'match', control, edition, unchecked: false }
    if (byTitle && byTitle.control !== control && byTitle.score >= best.score + clearlyBetter) {
      return { kind: 'mismatch', control, byTitle: byTitle.control, edition }
    }
    if (control.titles[language ?? languageOfTitles([titled])] === undefined)
      return { kind: 'match', control, edition, unchecked: true }
    return { kind: 'unclear', control, edition }
  }

  return {
    titleOf: ({ titles }) => titles[language] ?? titles['en'] ?? Object.values(titles)[0] ?? '',
    byNumber: (number) => {
      const [found] = lookUp(number)
      return found ? { control: found.control, edition: found.edition } : null
    },
    match,
  }
}

/** A title shortened to its core (“Backup”, “Threat intel”) is contained in the full one. */
function sameWords(title: string, control: ImportControl): boolean {
  const words = wordsOf(title)
  return (
    words.length > 1 &&
    Object.values(control.titles).some((known) => {
      const full = new Set(wordsOf(known))
      return words.every((word) => full.has(word))
    })
  )
}

const keyOf = (ref: string): string => {
  const m = /^\s*(?:A[\s._-]{0,2})?(\d{1,2}(?:\.\d{1,2}){1,2})\.?\s*$/iu.exec(ref)
  return m ? plainNumber(m[1] ?? '') : fold(ref)
}

/** Tells people about a control whose number and title were not both found; says nothing when all is well. */
export function sayControl(
  reader: Pick<RowReader, 'say'>,
  field: string,
  number: string | null,
  title: string | null,
  match: ControlMatch,
  unknown: 'error' | 'warning',
  { titleOf }: Pick<ControlIndex, 'titleOf'>,
): void {
  if (match.kind === 'unknown') {
    const code = {
      objective: 'import.control_group',
      dropped: 'import.control_dropped',
      absent: 'import.control_absent',
      noNumber: 'import.control_no_number',
    } as const
    const named = [number === null ? null : `A.${number}`, title].filter((part) => part !== null).join(' ')
    reader.say(unknown, code[match.reason], field, { named })
    if (match.byTitle) {
      reader.say('note', 'import.control_closest', field, { control: match.byTitle.ref, title: titleOf(match.byTitle) })
    }
    return
  }
  const { control } = match
  const known = { control: control.ref, title: titleOf(control) }
  if (match.edition === 'previous')
    reader.say('note', 'import.control_previous', field, { number: `A.${number ?? ''}`, ...known })
  if (match.kind === 'unclear')
    reader.say('warning', 'import.control_title_differs', field, { ...known, stated: title ?? '' })
  if (match.kind !== 'mismatch') return
  const other = { other: match.byTitle.ref, otherTitle: titleOf(match.byTitle) }
  reader.say('warning', 'import.control_mismatch', field, { ...known, stated: title ?? '', ...other })
}
