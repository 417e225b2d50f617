import { PathLink } from '#ui/link.tsx'
import { useOrgPath } from '#web/scope.ts'
import { useReason } from './reasons.ts'
import type { Why } from './views.ts'

/** A reason in the reader's language; the control it is about is a link. */
export function ReasonText({ why }: { why: Why }) {
  const sentence = useReason()(why)
  const path = useOrgPath()
  const { controlId, controlRef } = why.facts
  if (typeof controlId !== 'string' || typeof controlRef !== 'string') return sentence
  const at = sentence.indexOf(controlRef)
  if (at < 0) return sentence
  return (
    // One box: where reasons stand in a row of boxes, the sentence is not torn apart at its link.
    <span>
      {sentence.slice(0, at)}
      <PathLink to={path(`/controls/${controlId}`)} className="pl-link pl-link-in-text">
        {controlRef}
      </PathLink>
      {sentence.slice(at + controlRef.length)}
    </span>
  )
}
