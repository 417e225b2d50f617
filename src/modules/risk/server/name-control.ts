import type { Id } from '#kernel/id.ts'
import type { Reason } from '../domain/refusals.ts'
import { compareRefs, listOf } from '../domain/words.ts'
import type { ControlFacts } from './control-directory.ts'

/** A reason about controls with their references in it, and the title of a single one, instead of ids; others as they are. */
export function nameControl(
  given: Reason,
  controls: ReadonlyMap<Id<'control'>, Pick<ControlFacts, 'ref' | 'title'>>,
): Reason {
  const { message, facts } = given
  const { controlIds } = facts
  if (Array.isArray(controlIds)) {
    const refs = controlIds.map((id) => controls.get(id as Id<'control'>)?.ref ?? '').filter((ref) => ref !== '')
    if (refs.length < controlIds.length) return given
    refs.sort(compareRefs)
    return { ...given, message: message.replace(/: \d+\.$/, `: ${listOf(refs)}.`), facts: { ...facts, controls: refs } }
  }
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
