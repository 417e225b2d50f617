import type { Choice } from '../import.ts'
import { fold } from './text.ts'

/** A value of a list is a word or two, with a remark at most; longer texts are not looked at. */
const longest = 300

const indexed = new WeakMap<readonly Choice[], ReadonlyMap<string, string>>()

function wordsOfChoices(choices: readonly Choice[]): ReadonlyMap<string, string> {
  let known = indexed.get(choices)
  if (!known) {
    known = new Map(
      choices.flatMap((choice) => [choice.value, ...choice.words].map((word) => [fold(word), choice.value] as const)),
    )
    indexed.set(choices, known)
  }
  return known
}

/** Several choices in one cell, joined by / , + & or “and”; null unless every part is one. */
export function choicesOf(text: string, choices: readonly Choice[]): string[] | null {
  if (text.length > longest) return null
  const parts = text.split(/\s*[/,;+&\n]\s*|\s+(?:and|und|or|oder)\s+/iu).map((part) => choiceOf(part, choices))
  const known = parts.filter((part) => part !== null)
  return parts.length > 1 && known.length === parts.length ? [...new Set(known)].sort() : null
}

/**
 * The value a word of a file stands for: as a whole, or without a remark in brackets or after a dash, or without a
 * figure in front (`3 - High`, `Avoided — payments outsourced`). Null when no choice has the word.
 */
export function choiceOf(text: string, choices: readonly Choice[]): string | null {
  if (text.length > longest) return null
  const words = wordsOfChoices(choices)
  const forms = [
    text,
    text.replace(/\([^)]*\)/gu, ' '),
    text.replace(/\s+[-–—:]\s[\s\S]*$|[:;,]\s[\s\S]*$/u, ''),
    text.replace(/^\s*\d+\s*[-–.:)]?\s*/u, ''),
  ]
  for (const form of forms) {
    const value = words.get(fold(form))
    if (value !== undefined) return value
  }
  return null
}
