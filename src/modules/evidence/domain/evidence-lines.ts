import type { Id } from '#kernel/id.ts'
import type { Artefact } from './artefact.ts'
import { type Freshness, type FreshnessQuestion, freshness } from './freshness.ts'

/** Why an artefact does not count; the interface words it. */
export type NotCounted =
  | 'linkNotCaptured'
  | 'testFailed'
  /** A person has judged that it shows the contrary, or nothing either way. */
  | 'contradicts'
  | 'inconclusive'
  | 'notYetEffective'
  /** One person's word: a statement, or interviews that are not two independent ones where those are what counts. */
  | 'onlyWord'

/** An artefact as the rules on status see it. */
export interface EvidenceLine {
  readonly ref: string
  readonly freshness: Freshness
  /** More than one person's word, and it shows what it should. */
  readonly acceptable: boolean
  readonly why: NotCounted | null
  /** A certificate or report by somebody independent, whose scope and validity a person has read and found to support. */
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

/**
 * Judges the artefacts that stand for one thing, withdrawn ones left out. A verbal assurance is not evidence: a
 * statement or interview counts only as one of two interviews with different people, neither of them the owner nor the
 * person who wrote it down, and only where understanding is what has to be shown. Staleness is told, not judged here.
 */
export function evidenceLines(artefacts: readonly Artefact[], question: EvidenceQuestion): EvidenceLine[] {
  const live = artefacts.filter(({ withdrawnAt }) => withdrawnAt === null)
  const judged = live.map((artefact) => ({ artefact, freshness: freshness(artefact, question) }))
  const interviewees = new Set(
    judged
      .filter(({ artefact, freshness }) => freshness !== 'stale' && weakness(artefact, question) === null)
      .map(({ artefact }) => independentVoice(artefact, question))
      .filter((voice) => voice !== null),
  )
  const heard = question.understanding && interviewees.size >= 2
  return judged.map(({ artefact, freshness }) => {
    const why = weakness(artefact, question) ?? (isWord(artefact) && !counts(artefact) ? 'onlyWord' : null)
    return { ref: artefact.ref, freshness, acceptable: why === null, why, assurance: isReadAssurance(artefact) }
  })

  function counts(artefact: Artefact): boolean {
    return heard && independentVoice(artefact, question) !== null
  }
}

/** What keeps an artefact from showing anything, whoever's word it is. */
function weakness(artefact: Artefact, { today }: EvidenceQuestion): NotCounted | null {
  if (artefact.verdict === 'contradicts' || artefact.verdict === 'inconclusive') return artefact.verdict
  if (artefact.outcome === 'failed') return 'testFailed'
  if (artefact.kind === 'link' && artefact.sha256 === null) return 'linkNotCaptured'
  return artefact.effectiveOn !== null && artefact.effectiveOn > today ? 'notYetEffective' : null
}

const isWord = ({ nature }: Artefact): boolean => nature === 'interview' || nature === 'statement'

/** The person heard in an interview, if independent of its owner and author; null for everything else. */
function independentVoice(artefact: Artefact, { ownerId }: EvidenceQuestion): string | null {
  const { nature, intervieweeId, intervieweeText, collectedBy, collectedByText } = artefact
  if (nature !== 'interview') return null
  if (intervieweeId !== null) return intervieweeId === ownerId || intervieweeId === collectedBy ? null : intervieweeId
  const name = plain(intervieweeText)
  return name === '' || name === plain(collectedByText) ? null : name
}

/** A name without differences of writing that do not make it another person's. */
const plain = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

function isReadAssurance({ nature, verdict, concludedBy, validUntil }: Artefact): boolean {
  return nature === 'assurance' && verdict === 'supports' && concludedBy !== null && validUntil !== null
}
