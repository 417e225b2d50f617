import type { Refusal } from '#kernel/result.ts'
import { type AuthorityStep, authorityRoles, bandIndex, type MethodContent } from './method.ts'
import { refusal } from './refusals.ts'
import { checkBands } from './validate-bands.ts'
import { checkScales, legacyScaleRules, ownScaleRules } from './validate-scales.ts'
import { blank } from './words.ts'

/**
 * Everything that keeps a draft from being approved, each as a sentence with the field at fault; empty when it is complete.
 * 6.1.2 a–e: acceptance criteria, criteria for performing assessments, consistent and comparable results.
 */
export function validateMethod(draft: MethodContent): Refusal[] {
  return [
    ...checkName(draft),
    ...checkCombination(draft),
    ...checkScales(draft, ownScaleRules),
    ...checkBands(draft),
    ...checkThresholds(draft),
    ...checkAuthority(draft, 'acceptanceAuthority', 'acceptance'),
    ...checkAuthority(draft, 'planAuthority', 'plan approval'),
    ...checkRhythm(draft),
  ]
}

/** What an imported method must satisfy: its scales and bands can be read. Criteria and authorities may be unknown. */
export function validateLegacyMethod(content: MethodContent): Refusal[] {
  return [
    ...checkName(content),
    ...checkCombination(content),
    ...checkScales(content, legacyScaleRules),
    ...checkBands(content, 1),
  ]
}

function checkName(method: MethodContent): Refusal[] {
  return blank(method.name)
    ? [refusal('risk.method_name', 'The method has no name; name it, for example Annual 2026.', {}, 'name')]
    : []
}

function checkCombination(method: MethodContent): Refusal[] {
  if (method.combination === 'maximum') return []
  const message = `Consequence dimensions combine by their maximum, not by “${String(method.combination)}”: a mean would hide one severe consequence among mild ones.`
  return [refusal('risk.combination', message, {}, 'combination')]
}

function checkThresholds(method: MethodContent): Refusal[] {
  const found: Refusal[] = []
  const overall = bandIndex(method, method.acceptUpTo)
  if (overall < 0) {
    const message = 'The method does not say up to which band risks are acceptable; choose one of its bands.'
    found.push(refusal('risk.no_threshold', message, { acceptUpTo: method.acceptUpTo }, 'acceptUpTo'))
  } else if (overall === method.bands.length - 1) {
    const message = `The acceptance threshold is the highest band, ${method.bands[overall]?.name ?? ''}, so no risk would ever need treatment; choose a lower one.`
    found.push(refusal('risk.threshold_top', message, { acceptUpTo: method.acceptUpTo }, 'acceptUpTo'))
  }
  method.dimensions.forEach((dimension, i) => {
    if (dimension.acceptUpTo === null) return
    const own = bandIndex(method, dimension.acceptUpTo)
    const field = `dimensions.${i}.acceptUpTo`
    if (own < 0) {
      const message = `The threshold of dimension ${dimension.name} names the band “${dimension.acceptUpTo}”, which the method does not have.`
      found.push(refusal('risk.threshold_band', message, { dimension: dimension.key }, field))
    } else if (overall >= 0 && own > overall) {
      const message = `The threshold of dimension ${dimension.name} is above the overall one; a dimension may only be stricter.`
      found.push(refusal('risk.threshold_looser', message, { dimension: dimension.key }, field))
    }
  })
  return found
}

function checkAuthority(method: MethodContent, field: 'acceptanceAuthority' | 'planAuthority', act: string): Refusal[] {
  const steps = method[field]
  // An empty plan table means the owner alone; an empty acceptance table would mean that nobody may accept anything.
  if (steps.length === 0 && field === 'planAuthority') return []
  const found: Refusal[] = []
  steps.forEach((step, i) => found.push(...checkAuthorityStep(method, steps, i, step, `${field}.${i}`, act)))
  const highest = Math.max(-1, ...steps.map((step) => bandIndex(method, step.upTo)))
  if (highest < bandIndex(method, method.acceptUpTo)) {
    const message = `The table of who signs the ${act} ends below the acceptance threshold; cover at least every acceptable band.`
    found.push(refusal('risk.authority_short', message, {}, field))
  }
  return found
}

function checkAuthorityStep(
  method: MethodContent,
  steps: readonly AuthorityStep[],
  i: number,
  step: AuthorityStep,
  field: string,
  act: string,
): Refusal[] {
  const found: Refusal[] = []
  const band = bandIndex(method, step.upTo)
  const below = steps[i - 1]
  const name = method.bands[band]?.name ?? step.upTo
  if (band < 0) {
    const message = `The table of who signs the ${act} names the band “${step.upTo}”, which the method does not have.`
    found.push(refusal('risk.authority_band', message, { band: step.upTo }, `${field}.upTo`))
  } else if (below !== undefined && bandIndex(method, below.upTo) >= band) {
    const message = `The table of who signs the ${act} lists ${name} out of order; list bands from lowest to highest, each once.`
    found.push(refusal('risk.authority_order', message, { band: step.upTo }, `${field}.upTo`))
  }
  const unknown = step.also.find((role) => !authorityRoles.includes(role))
  if (unknown !== undefined) {
    const message = `The ${act} of ${name} asks for the role “${String(unknown)}”; possible are ${authorityRoles.join(' and ')}.`
    found.push(refusal('risk.authority_role', message, { band: step.upTo }, `${field}.also`))
  }
  if (below !== undefined && below.also.length > 0 && step.also.length === 0) {
    const message = `The ${act} of ${name} needs the owner alone although a lower band needs more; a higher band never needs less.`
    found.push(refusal('risk.authority_falls', message, { band: step.upTo }, `${field}.also`))
  }
  return found
}

function checkRhythm(method: MethodContent): Refusal[] {
  const found: Refusal[] = []
  if (!Number.isInteger(method.intervalMonths) || method.intervalMonths < 1 || method.intervalMonths > 60) {
    const message = `The interval between assessments is ${method.intervalMonths} months; choose 1 to 60.`
    found.push(refusal('risk.interval', message, { months: method.intervalMonths }, 'intervalMonths'))
  }
  if (method.triggers.every(blank)) {
    const message = 'The method names no event that calls for an assessment in between; name at least one.'
    found.push(refusal('risk.no_trigger', message, {}, 'triggers'))
  }
  if (!Number.isInteger(method.validityMonths) || method.validityMonths < 1 || method.validityMonths > 60) {
    const message = `An approval or acceptance is valid for ${method.validityMonths} months; choose 1 to 60.`
    found.push(refusal('risk.validity', message, { months: method.validityMonths }, 'validityMonths'))
  }
  return found
}
