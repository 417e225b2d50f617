import type { Id } from '#kernel/id.ts'
import { dateAt } from '#kernel/time.ts'
import { evidenceLines, type JudgedArtefact } from '#modules/evidence/domain/evidence-lines.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { asksForUnderstanding, type Control } from '../domain/control.ts'
import type { EvidenceLine } from '../domain/status.ts'

/** An artefact attached to a control, as far as it has to be known to judge it. */
export interface AttachedArtefact extends JudgedArtefact {
  readonly id: Id<'artefact'>
  readonly title: string
  readonly controlId: Id<'control'>
  readonly assurance: boolean
}

/** The columns of `AttachedArtefact`, of link `l` and artefact `a`. */
export const attachedColumns = `l.control_id, l.assurance, a.id, a.ref, a.title, a.kind, a.sha256, a.outcome,
  a.collector_id, a.collected_at, a.period_to, a.effective_on, a.valid_until, a.interviewee_id, a.interviewee_text,
  a.verdict, a.concluded_by, a.withdrawn_at`

/** A piece of evidence of a control and what it is worth there. */
export interface LinkedEvidence extends EvidenceLine {
  readonly id: Id<'artefact'>
  readonly title: string
}

/** What the artefacts attached to one control are worth, by the rules of evidence; withdrawn ones are left out. */
export function judgeAttached(
  control: Pick<Control, 'ref' | 'ownerId'>,
  attached: readonly AttachedArtefact[],
  tx: Pick<Tx, 'now' | 'org'>,
): LinkedEvidence[] {
  const zone = tx.org.timeZone
  const question = {
    today: dateAt(tx.now, zone),
    zone,
    // Controls do not say yet how often they are performed; until then an artefact's own dates decide.
    frequency: null,
    understanding: asksForUnderstanding(control),
    ownerId: control.ownerId,
  }
  const used = attached.map((artefact) => ({ artefact, assurance: artefact.assurance }))
  return evidenceLines(used, question).map(({ artefact: { id, title }, ...line }) => ({ ...line, id, title }))
}
