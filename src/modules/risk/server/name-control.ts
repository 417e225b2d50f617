import type { Id } from '#kernel/id.ts'
import type { Reason } from '../domain/refusals.ts'
import type { ControlFacts } from './control-directory.ts'

/** A reason about a control with that control's reference and title in it, instead of its id; others as they are. */
export function nameControl(
  given: Reason,
  controls: ReadonlyMap<Id<'control'>, Pick<ControlFacts, 'ref' | 'title'>>,
): Reason {
  const { message, facts } = given
  if (typeof facts['controlId'] !== 'string') return given
  const found = controls.get(facts['controlId'] as Id<'control'>)
  if (found === undefined) return given
  const control = `${found.ref} ${found.title}`
  return {
    ...given,
    message: message.replace(/\ba control\b/i, () => control),
    facts: { ...facts, control, controlRef: found.ref },
  }
}
