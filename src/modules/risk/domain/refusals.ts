import { type Refusal, type RefusalFacts, refuse } from '#kernel/result.ts'

/** A fact shown to people with a stable code: why a status is what it is, why an approval no longer holds. */
export interface Reason {
  readonly code: string
  readonly message: string
  readonly facts: RefusalFacts
}

/** A refusal as a value, for rules that collect several. */
export const refusal = (code: string, message: string, facts: RefusalFacts = {}, field?: string): Refusal =>
  refuse(code, message, facts, field).refusal

/** Hands an existing refusal on as the outcome of a rule. */
export const stop = (found: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: found,
})

export const reason = (code: string, message: string, facts: RefusalFacts = {}): Reason => ({ code, message, facts })

/**
 * Refuses a step that the state table does not list for the state a record is in.
 * @param subject how the record is named to people: `Risk R-12`
 */
export function refuseStep<State extends string, Step extends string>(
  table: Readonly<Record<State, readonly Step[]>>,
  state: State,
  step: Step,
  code: string,
  subject: string,
): Refusal | null {
  if (table[state].includes(step)) return null
  const allowed = table[state]
  const now = words(state)
  const options =
    allowed.length === 0 ? 'Nothing can be done with it.' : `Possible now: ${allowed.map(words).join(', ')}.`
  return refusal(code, `${subject} is ${now}, so it does not allow “${words(step)}”. ${options}`, {
    state,
    step,
    allowed,
  })
}

const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
