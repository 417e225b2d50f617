import type { Refusal } from '#kernel/result.ts'
import { axisNames, checkTarget, type Rise } from './compare-scores.ts'
import { evaluationOf } from './evaluate.ts'
import type { RiskMethod } from './method.ts'
import { type Reason, reason, refusal } from './refusals.ts'
import type { Risk } from './risk.ts'
import { type Scores, sameScores } from './scores.ts'
import type { OptionKind, TreatmentOption } from './treatment.ts'
import { blank } from './words.ts'

/** A plan as it is or as it would be: what is chosen, by which controls, where it leads. */
export interface Plan {
  readonly options: readonly Pick<TreatmentOption, 'kind' | 'agreement' | 'change' | 'endedOn'>[]
  readonly controls: readonly { readonly lowers: 'likelihood' | 'consequence' | 'both' | null }[]
  readonly target: Scores | null
  readonly rises: readonly Rise[]
}

/**
 * Everything that keeps a plan from being carried out or approved (6.1.3 a, b, e); empty when it is complete.
 * @param method the version the risk is scored under; null when it is not scored
 */
export function checkPlan(risk: Risk, method: RiskMethod | null, plan: Plan): Refusal[] {
  if (risk.current === null || method === null || risk.methodId !== method.id) {
    const message = `${risk.ref} is not assessed, so there is nothing to treat yet; score its current level first.`
    return [refusal('risk.not_assessed', message, { ref: risk.ref }, 'current')]
  }
  if (plan.options.length === 0) {
    const message = `${risk.ref} has no treatment option; choose to modify, share, avoid or retain it.`
    return [refusal('risk.no_option', message, { ref: risk.ref }, 'options')]
  }
  return [...checkOptions(risk, plan), ...checkPlanTarget(risk, method, risk.current, plan)]
}

function checkOptions(risk: Risk, plan: Plan): Refusal[] {
  return plan.options.flatMap((option, i) => {
    const field = `options.${i}`
    const found: Refusal[] = []
    if (plan.options.findIndex((other) => other.kind === option.kind) < i) {
      const message = `The option ${option.kind} is chosen twice for ${risk.ref}; keep one.`
      found.push(refusal('risk.option_twice', message, { ref: risk.ref, option: option.kind }, field))
    }
    const incomplete = optionChecks[option.kind](risk, option, plan)
    return incomplete === null ? found : [...found, { ...incomplete, field }]
  })
}

type OptionCheck = (risk: Risk, option: Plan['options'][number], plan: Plan) => Refusal | null

const optionChecks: Readonly<Record<OptionKind, OptionCheck>> = {
  modify: (risk, _option, plan) => {
    if (plan.controls.some((control) => control.lowers !== null)) return null
    const message = `${risk.ref} is to be modified but no control says what it lowers; link a control and choose likelihood, consequence or both.`
    return refusal('risk.modify_without_control', message, { ref: risk.ref })
  },
  share: (risk, option) => {
    if (!blank(option.agreement)) return null
    const message = `${risk.ref} is to be shared but no agreement is named; name the contract or insurance that shares it.`
    return refusal('risk.share_without_agreement', message, { ref: risk.ref })
  },
  avoid: (risk, option) => {
    if (blank(option.change)) {
      const message = `${risk.ref} is to be avoided but no change is named; name the change that ends the activity.`
      return refusal('risk.avoid_without_change', message, { ref: risk.ref })
    }
    if (option.endedOn === null) return null
    const message = `The activity behind ${risk.ref} ended on ${option.endedOn} and the risk was opened again; decide anew how to treat it.`
    return refusal('risk.avoided_but_open', message, { ref: risk.ref, endedOn: option.endedOn })
  },
  retain: () => null,
}

function checkPlanTarget(risk: Risk, method: RiskMethod, current: Scores, plan: Plan): Refusal[] {
  const has = (kind: OptionKind): boolean => plan.options.some((option) => option.kind === kind)
  const only = (kind: OptionKind): boolean => plan.options.every((option) => option.kind === kind)
  if (plan.target === null) {
    // What is retained stays at its current level by rule, and after an activity has ended nothing remains.
    if (only('avoid') || only('retain')) return []
    const message = `${risk.ref} has no target; score the level it should have when the plan is done.`
    return [refusal('risk.no_target', message, { ref: risk.ref }, 'target')]
  }
  if (has('retain') && only('retain') && !sameScores(plan.target, current)) {
    const message = `${risk.ref} is retained as it is, so its target is its current level; choose another option to change it.`
    return [refusal('risk.retain_changes_level', message, { ref: risk.ref }, 'target')]
  }
  return checkTarget(method, risk, current, plan.target, plan.rises)
}

/** What an auditor would ask about a plan that breaks no rule: a level that falls although nothing says it lowers that axis. */
export function planNotices(risk: Risk, method: RiskMethod | null, plan: Plan): Reason[] {
  const current = evaluationOf(method, risk.current)
  const target = evaluationOf(method, plan.target)
  if (method === null || current === null || target === null) return []
  if (!plan.options.every((option) => option.kind === 'modify' || option.kind === 'retain')) return []
  // A retained risk has no other target than its current level; that it states one is refused by itself.
  if (plan.options.length > 0 && plan.options.every((option) => option.kind === 'retain')) return []
  const lowered = (axis: 'likelihood' | 'consequence'): boolean =>
    plan.controls.some((control) => control.lowers === axis || control.lowers === 'both')
  const unexplained = (['likelihood', 'consequence'] as const).filter(
    (axis) => target[axis] < current[axis] && !lowered(axis),
  )
  if (unexplained.length === 0) return []
  const message = `The target of ${risk.ref} lowers its ${axisNames(method, unexplained)}, but no linked control says that it does.`
  return [reason('risk.unexplained_reduction', message, { ref: risk.ref, axes: unexplained })]
}
