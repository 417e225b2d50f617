import type { Id } from '#kernel/id.ts'
import type { Artefact } from './artefact.ts'
import { isReadAssurance } from './control-evidence.ts'
import { type Freshness, type FreshnessQuestion, freshness } from './freshness.ts'

/** Why an artefact does not count; the interface words it. */
export const notCountedReasons = [
  'linkNotCaptured',
  'testFailed',
  /** A person has judged that it shows the contrary, or nothing either way. */
  'contradicts',
  'inconclusive',
  'notYetEffective',
  /** One person's word: interviews, unless there are two independent ones and those are what counts. */
  'onlyWord',
] as const
export type NotCounted = (typeof notCountedReasons)[number]

/** An artefact as the rules on status see it. */
export interface EvidenceLine {
  readonly ref: string
  readonly freshness: Freshness
  /** More than one person's word, and it shows what it should. */
  readonly acceptable: boolean
  readonly why: NotCounted | null
  /** Covers a provider's part: a certificate or report whose scope and validity a person has read. */
  readonly assurance: boolean
}

export interface EvidenceQuestion extends FreshnessQuestion {
  /**
   * Whether what is asked for is awareness or understanding (7.3 and the like), which only people can show: then two
   * independent interviews count.
   */
  readonly understanding: boolean
  /** Who answers for what is shown: their own word is not an independent one. */
  readonly ownerId: Id<'person'> | null
}

/** What the judgement looks at: registers need not load more of an artefact. */
export type JudgedArtefact = Pick<
  Artefact,
  | 'ref'
  | 'kind'
  | 'sha256'
  | 'outcome'
  | 'collectorId'
  | 'collectedAt'
  | 'periodTo'
  | 'effectiveOn'
  | 'validUntil'
  | 'intervieweeId'
  | 'intervieweeText'
  | 'verdict'
  | 'concludedBy'
  | 'withdrawnAt'
>

/** An artefact in the place where it is used. */
export interface UsedArtefact<A extends JudgedArtefact = Artefact> {
  readonly artefact: A
  /** It is taken as covering a provider's part. */
  readonly assurance: boolean
}

/**
 * Judges the artefacts that stand for one thing, withdrawn ones left out. A verbal assurance is not evidence: an
 * interview counts only as one of two with different people, none of them the owner or the person who wrote it down,
 * and only where understanding is what has to be shown. Staleness is told, not judged here.
 */
export function evidenceLines<A extends JudgedArtefact>(
  used: readonly UsedArtefact<A>[],
  question: EvidenceQuestion,
): (EvidenceLine & { readonly artefact: A })[] {
  const judged = used
    .filter(({ artefact }) => artefact.withdrawnAt === null)
    .map(({ artefact, assurance }) => ({ artefact, assurance, freshness: freshness(artefact, question) }))
  const voices = new Set<string>()
  for (const { artefact, freshness } of judged) {
    const voice = independentVoice(artefact, question)
    if (voice !== null && freshness !== 'stale' && weakness(artefact, question) === null) voices.add(voice)
  }
  const heard = question.understanding && voices.size >= 2
  return judged.map(({ artefact, assurance, freshness }) => {
    const word = artefact.kind === 'interview' && !(heard && independentVoice(artefact, question) !== null)
    const why = weakness(artefact, question) ?? (word ? 'onlyWord' : null)
    const { ref } = artefact
    const acceptable = why === null
    return { ref, freshness, acceptable, why, assurance: assurance && isReadAssurance(artefact), artefact }
  })
}

/** What keeps an artefact from showing anything, whoever's word it is. */
function weakness(artefact: JudgedArtefact, { today }: EvidenceQuestion): NotCounted | null {
  if (artefact.verdict === 'contradicts' || artefact.verdict === 'inconclusive') return artefact.verdict
  if (artefact.outcome === 'failed') return 'testFailed'
  if (artefact.kind === 'link' && artefact.sha256 === null) return 'linkNotCaptured'
  return artefact.effectiveOn !== null && artefact.effectiveOn > today ? 'notYetEffective' : null
}

/** The person heard in an interview, if neither owner nor author; null for everything else. */
function independentVoice(artefact: JudgedArtefact, { ownerId }: EvidenceQuestion): string | null {
  const { kind, intervieweeId, intervieweeText, collectorId } = artefact
  if (kind !== 'interview') return null
  if (intervieweeId !== null) return intervieweeId === ownerId || intervieweeId === collectorId ? null : intervieweeId
  // Differences of writing do not make a name another person's.
  return intervieweeText.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase() || null
}
