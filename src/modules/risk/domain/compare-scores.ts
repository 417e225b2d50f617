import type { Refusal } from '#kernel/result.ts'
import { type Evaluation, evaluate, evaluationOf } from './evaluate.ts'
import type { MethodContent } from './method.ts'
import { refusal } from './refusals.ts'
import { consequenceEntries, consequenceOf, isOverall, type Scores } from './scores.ts'
import { blank, listOf } from './words.ts'

/** A justified rise of one axis under a plan whose overall level does not rise. */
export interface Rise {
  /** `likelihood` or a dimension key. */
  readonly axis: string
  readonly reason: string
  /** The risk in which what the treatment causes is assessed. */
  readonly secondaryRiskId: string
}

/**
 * Is the overall level of `a` above that of `b`? A higher band or product is; so is, inside one band of a matrix,
 * a higher likelihood or consequence that nothing makes up for. A trade inside a band (rarer but worse) is not.
 */
export function isAbove(a: Evaluation, b: Evaluation): boolean {
  if (a.level !== b.level) return a.level > b.level
  if (a.product !== null && b.product !== null && a.product !== b.product) return a.product > b.product
  const notLower = a.likelihood >= b.likelihood && a.consequence >= b.consequence
  return notLower && (a.likelihood > b.likelihood || a.consequence > b.consequence)
}

/** Axes on which `to` is higher than `from`: `likelihood`, dimension keys stated in both, `overall` when both are overall. */
export function risingAxes(from: Scores, to: Scores): readonly string[] {
  const rising = to.likelihood > from.likelihood ? ['likelihood'] : []
  for (const key of Object.keys(to.consequences)) {
    const before = consequenceOf(from, key)
    if (before !== null && (consequenceOf(to, key) ?? before) > before) rising.push(key)
  }
  return rising
}

/** Same kind of consequence and the same dimensions, so that each value has a counterpart. */
export function comparable(a: Scores, b: Scores): boolean {
  const keys = Object.keys(a.consequences)
  return keys.length === Object.keys(b.consequences).length && keys.every((key) => consequenceOf(b, key) !== null)
}

/**
 * Checks a target against the current level (6.1.3): an overall target above current is refused;
 * the likelihood or a single dimension may rise, each with a reason and the secondary risk that arises from it.
 * @param subject how sentences name the risk: `R-12`
 */
export function checkTarget(
  method: MethodContent,
  subject: { readonly ref: string; readonly id: string },
  current: Scores,
  target: Scores,
  rises: readonly Rise[],
): Refusal[] {
  const now = evaluationOf(method, current)
  if (now === null) return [refusalOf(method, current)]
  const then = evaluationOf(method, target)
  if (then === null) {
    const refused = refusalOf(method, target)
    return [{ ...refused, field: `target.${refused.field ?? ''}` }]
  }
  if (isAbove(then, now)) {
    const message = `The target of ${subject.ref}, ${levelText(then)}, is above its current level, ${levelText(now)}; choose a target that is not higher.`
    return [refusal('risk.target_above_current', message, { ref: subject.ref }, 'target')]
  }
  return risingAxes(current, target).flatMap((axis) => checkRise(method, subject, axis, rises))
}

function refusalOf(method: MethodContent, scores: Scores): Refusal {
  const result = evaluate(method, scores)
  if (result.ok) throw new Error('Scores without an evaluation were evaluated.')
  return result.refusal
}

function checkRise(
  method: MethodContent,
  subject: { readonly ref: string; readonly id: string },
  axis: string,
  rises: readonly Rise[],
): Refusal[] {
  const rise = rises.find((candidate) => candidate.axis === axis)
  const name = method.dimensions.find((dimension) => dimension.key === axis)?.name ?? axis
  const facts = { ref: subject.ref, axis }
  if (rise === undefined || blank(rise.reason)) {
    const message = `The target of ${subject.ref} raises ${name}; say why, and link the risk that arises from it.`
    return [refusal('risk.rise_unexplained', message, facts, 'rises')]
  }
  if (rise.secondaryRiskId !== subject.id) return []
  const message = `The rise of ${name} names ${subject.ref} itself as the risk that arises; link another risk.`
  return [refusal('risk.rise_own_risk', message, facts, 'rises')]
}

/** “High (likelihood 4, consequence 5)”. */
export const levelText = (evaluation: Evaluation): string =>
  `${evaluation.band.name} (likelihood ${evaluation.likelihood}, consequence ${evaluation.consequence})`

/** The lower of two scores on every axis; `current` when they state different dimensions. */
export function lowerOf(target: Scores, current: Scores): Scores {
  if (!comparable(target, current)) return current
  const likelihood = Math.min(target.likelihood, current.likelihood)
  if (isOverall(current.consequences)) {
    const overall = Math.min(
      consequenceOf(target, 'overall') ?? current.consequences.overall,
      current.consequences.overall,
    )
    return { likelihood, consequences: { overall } }
  }
  const entries = consequenceEntries(current).map(([key, value]) => [
    key,
    Math.min(consequenceOf(target, key) ?? value, value),
  ])
  return { likelihood, consequences: Object.fromEntries(entries) }
}

/** “likelihood and Financial”. */
export const axisNames = (method: MethodContent, axes: readonly string[]): string =>
  listOf(axes.map((axis) => method.dimensions.find((dimension) => dimension.key === axis)?.name ?? axis))
