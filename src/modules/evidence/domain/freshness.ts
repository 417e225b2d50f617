import { addInterval, daysBetween, type Interval } from '#kernel/interval.ts'
import { addDays, dateAt, type LocalDate } from '#kernel/time.ts'
import type { Artefact } from './artefact.ts'

/** Whether evidence still speaks for today. `undated`: nothing tells the time it speaks of. */
export const freshnesses = ['fresh', 'dueSoon', 'stale', 'undated'] as const
export type Freshness = (typeof freshnesses)[number]

/** Warned of this many days ahead, so that somebody can renew it in time. */
export const dueSoonDaysByDefault = 30

export interface FreshnessQuestion {
  readonly today: LocalDate
  /** Time zone (IANA name) in which an instant becomes a day. */
  readonly zone: string
  /** How often what it shows is performed, as the organization decided; null when that is not decided. */
  readonly frequency: Interval | null
  /** How many days before the end it counts as due (default 30, at most a quarter of the frequency). */
  readonly dueSoonDays?: number
}

type Dated = Pick<Artefact, 'kind' | 'periodTo' | 'effectiveOn' | 'validUntil' | 'collectedAt'>

/**
 * The day whose state the artefact shows: the end of its period, else its effective day, else the day it was
 * taken, for what shows that moment: a test, a record here, the copy of a link, an observation, an interview. The day a
 * file was taken says nothing of the time it speaks of, so for a file there may be none.
 */
export function speaksAsOf(artefact: Dated, zone: string): LocalDate | null {
  const { kind, periodTo, effectiveOn, collectedAt } = artefact
  return periodTo ?? effectiveOn ?? (kind === 'file' ? null : dateAt(collectedAt, zone))
}

/**
 * The last day on which the artefact still speaks for the present: the earlier of its own validity and one interval
 * after the day it shows. Null when neither gives one.
 */
export function freshUntil(artefact: Dated, { zone, frequency }: FreshnessQuestion): LocalDate | null {
  const shows = speaksAsOf(artefact, zone)
  const next = shows === null || frequency === null ? null : addInterval(shows, frequency)
  if (next === null || artefact.validUntil === null) return next ?? artefact.validUntil
  return next < artefact.validUntil ? next : artefact.validUntil
}

/**
 * Whether the artefact still speaks for today. Stale the day after its validity or its interval ends; undated when a
 * frequency is asked about, or nothing at all is known, and no day tells the time it shows.
 */
export function freshness(artefact: Dated, question: FreshnessQuestion): Freshness {
  const { today, zone, frequency } = question
  const until = freshUntil(artefact, question)
  if (until !== null && until < today) return 'stale'
  const shows = speaksAsOf(artefact, zone)
  // Its own validity does not tell whether it falls into the control's current interval.
  if (shows === null && (frequency !== null || until === null)) return 'undated'
  return until !== null && addDays(today, dueSoonDays(question)) >= until ? 'dueSoon' : 'fresh'
}

function dueSoonDays({ today, frequency, dueSoonDays = dueSoonDaysByDefault }: FreshnessQuestion): number {
  if (frequency === null) return dueSoonDays
  return Math.min(dueSoonDays, Math.floor(daysBetween(today, addInterval(today, frequency)) / 4))
}
