import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'

/** An observation or interview is what somebody noted of it; a file or other content may belong to it. */
export const artefactKinds = ['file', 'link', 'testResult', 'record', 'observation', 'interview'] as const
type ArtefactKind = (typeof artefactKinds)[number]

export const outcomes = ['passed', 'failed'] as const
export const verdicts = ['supports', 'contradicts', 'inconclusive'] as const
export type Verdict = (typeof verdicts)[number]

/** Something that shows that something is so, with its provenance. Texts are empty where nothing is stated. */
export interface Artefact extends RecordRow {
  readonly id: Id<'artefact'>
  readonly ref: string
  readonly kind: ArtefactKind
  readonly title: string
  /** Of an observation or interview: what was seen or said. */
  readonly description: string
  /** The system it was taken from. */
  readonly source: string
  readonly collectedBy: 'person' | 'connector'
  readonly collectorId: Id<'person'> | null
  /** When it was taken from its source; of a link: when the copy of what it shows was. */
  readonly collectedAt: Instant
  /** What it is drawn from: all joiners of the first quarter. */
  readonly population: string
  readonly populationCount: number | null
  /** First and last day it covers. */
  readonly periodFrom: LocalDate | null
  readonly periodTo: LocalDate | null
  /** The day whose state it shows, or from which it applies. */
  readonly effectiveOn: LocalDate | null
  /** The last day it is valid. */
  readonly validUntil: LocalDate | null
  readonly classificationId: Id<'classification'> | null
  readonly ownerId: Id<'person'> | null
  /** Where a link leads. */
  readonly url: string | null
  /** Content in the file store: of a file, of a link's copy, of a test's output. Lower-case hex. */
  readonly sha256: string | null
  readonly bytes: number | null
  readonly fileName: string | null
  /** By content, never as claimed. */
  readonly mediaType: string | null
  /** The record in this system, of kind `record`. */
  readonly recordType: string | null
  readonly recordId: Id | null
  /** Of kind `testResult`. */
  readonly outcome: (typeof outcomes)[number] | null
  /** Who was interviewed: a person of the directory or, by name, somebody else. */
  readonly intervieweeId: Id<'person'> | null
  readonly intervieweeText: string
  /** A person's judgement of what it shows. */
  readonly verdict: Verdict | null
  readonly conclusion: string
  readonly concludedBy: Id<'person'> | null
  readonly concludedOn: LocalDate | null
  readonly withdrawnAt: Instant | null
}

/** What whoever records an artefact states; content, conclusion and withdrawal have verbs of their own. */
export type ArtefactFields = Omit<
  Artefact,
  | 'id'
  | 'orgId'
  | 'version'
  | 'ref'
  | keyof ArtefactContent
  | 'verdict'
  | 'conclusion'
  | 'concludedBy'
  | 'concludedOn'
  | 'withdrawnAt'
>

/** What the file store says of stored content, and the name it came under. */
export interface ArtefactContent {
  readonly sha256: string
  readonly bytes: number
  readonly fileName: string
  readonly mediaType: string
}

/** An artefact of which nothing is stated but what it has to be. */
export const blankArtefact: Omit<ArtefactFields, 'kind' | 'title' | 'collectedAt'> = {
  description: '',
  source: '',
  collectedBy: 'person',
  collectorId: null,
  population: '',
  populationCount: null,
  periodFrom: null,
  periodTo: null,
  effectiveOn: null,
  validUntil: null,
  classificationId: null,
  ownerId: null,
  url: null,
  recordType: null,
  recordId: null,
  outcome: null,
  intervieweeId: null,
  intervieweeText: '',
}

/** When it is and in which zone (IANA name) days are counted. */
export interface Moment {
  readonly now: Instant
  readonly zone: string
}
