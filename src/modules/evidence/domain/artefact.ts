import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'

export const artefactKinds = ['file', 'link', 'testResult', 'record'] as const
export type ArtefactKind = (typeof artefactKinds)[number]

/** What kind of showing it is. An `assurance` is a certificate or report by somebody independent of what it judges. */
export const natures = [
  'document',
  'record',
  'observation',
  'configuration',
  'interview',
  'statement',
  'assurance',
] as const
export type Nature = (typeof natures)[number]

export const verdicts = ['supports', 'contradicts', 'inconclusive'] as const
export type Verdict = (typeof verdicts)[number]

/** Something that shows that something is so, with its provenance. Texts are empty where nothing is stated. */
export interface Artefact extends RecordRow {
  readonly id: Id<'artefact'>
  readonly ref: string
  readonly kind: ArtefactKind
  readonly nature: Nature
  readonly title: string
  readonly description: string
  /** The system it was taken from. */
  readonly sourceSystem: string
  readonly collectedHow: 'person' | 'connector'
  readonly collectedBy: Id<'person'> | null
  /** The connector, or a person outside the directory. */
  readonly collectedByText: string
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
  /** Where a link leads. */
  readonly url: string
  /** When the stored copy of a link was taken. */
  readonly capturedAt: Instant | null
  /** Content in the file store: of a file, of a link's copy, of a test's output. Lower-case hex. */
  readonly sha256: string | null
  readonly bytes: number | null
  readonly fileName: string
  /** By content, never as claimed. */
  readonly mediaType: string
  /** An earlier artefact with the same content, when this one is deliberately separate. */
  readonly sameContentAs: Id<'artefact'> | null
  /** Type and id of the record in this system, of kind `record`. */
  readonly recordType: string
  readonly recordId: Id | null
  /** Of kind `testResult`. */
  readonly outcome: 'passed' | 'failed' | null
  /** Who was interviewed, of nature `interview`. */
  readonly intervieweeId: Id<'person'> | null
  readonly intervieweeText: string
  /** A person's judgement of what it shows. */
  readonly conclusion: string
  readonly verdict: Verdict | null
  readonly concludedBy: Id<'person'> | null
  readonly concludedAt: Instant | null
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
  | 'capturedAt'
  | 'sameContentAs'
  | 'conclusion'
  | 'verdict'
  | 'concludedBy'
  | 'concludedAt'
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
export const blankArtefact: Omit<ArtefactFields, 'kind' | 'nature' | 'title' | 'collectedAt'> = {
  description: '',
  sourceSystem: '',
  collectedHow: 'person',
  collectedBy: null,
  collectedByText: '',
  population: '',
  populationCount: null,
  periodFrom: null,
  periodTo: null,
  effectiveOn: null,
  validUntil: null,
  classificationId: null,
  url: '',
  recordType: '',
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
