import { ok, type Result, refuse } from '#kernel/result.ts'
import { dateAt } from '#kernel/time.ts'
import type { Artefact, Moment } from './artefact.ts'

/**
 * Whether what is stated of an artefact is complete for its kind and possible in time.
 * Refuses, with the field at fault: `evidence.title_missing`, `evidence.file_missing`, `evidence.link_unusable`,
 * `evidence.record_missing`, `evidence.outcome_missing`, `evidence.note_missing`, `evidence.interviewee_missing`, `evidence.population_unnamed`,
 * `evidence.population_count`, `evidence.period_incomplete`, `evidence.period_reversed`, `evidence.period_not_over`,
 * `evidence.collected_later`, `evidence.valid_before_effective`.
 */
export function checkArtefact(artefact: Artefact, at: Moment): Result<void> {
  const identified = checkIdentity(artefact)
  if (!identified.ok) return identified
  return checkProvenance(artefact, at)
}

function checkIdentity(artefact: Artefact): Result<void> {
  if (artefact.title.trim() === '') {
    return refuse('evidence.title_missing', 'Give the artefact a title by which others find it.', {}, 'title')
  }
  switch (artefact.kind) {
    case 'file':
      if (artefact.sha256 === null) return refuse('evidence.file_missing', 'Choose a file to upload.', {}, 'file')
      break
    case 'link':
      if (!isUsableLink(artefact.url ?? '')) {
        return refuse(
          'evidence.link_unusable',
          `“${artefact.url ?? ''}” is not a web address. Give one that starts with https:// or http:// and holds no password.`,
          { url: artefact.url },
          'url',
        )
      }
      break
    case 'record':
      if (!artefact.recordType || artefact.recordId === null) {
        return refuse(
          'evidence.record_missing',
          'Choose the record in this system that is the evidence.',
          {},
          'recordId',
        )
      }
      break
    case 'testResult':
      if (artefact.outcome === null) {
        return refuse('evidence.outcome_missing', 'Say whether the test passed or failed.', {}, 'outcome')
      }
      break
    case 'interview':
      if (artefact.intervieweeId === null && artefact.intervieweeText.trim() === '') {
        return refuse('evidence.interviewee_missing', 'Say who was interviewed.', {}, 'intervieweeId')
      }
      return checkNote(artefact)
    case 'observation':
      return checkNote(artefact)
  }
  return ok(undefined)
}

function checkNote({ description, sha256 }: Artefact): Result<void> {
  if (description.trim() !== '' || sha256 !== null) return ok(undefined)
  return refuse('evidence.note_missing', 'Write down what was seen or said, or upload the notes.', {}, 'description')
}

function checkProvenance(artefact: Artefact, { now, zone }: Moment): Result<void> {
  const { population, populationCount, periodFrom, periodTo, effectiveOn, validUntil, collectedAt } = artefact
  if (populationCount !== null && (!Number.isInteger(populationCount) || populationCount < 0)) {
    return refuse(
      'evidence.population_count',
      `A population is counted in whole numbers from 0, not ${populationCount}.`,
      { populationCount },
      'populationCount',
    )
  }
  if (populationCount !== null && population.trim() === '') {
    return refuse(
      'evidence.population_unnamed',
      `Say what the ${populationCount} are: a number without its population proves nothing.`,
      { populationCount },
      'population',
    )
  }
  if (collectedAt > now) {
    return refuse(
      'evidence.collected_later',
      'The artefact cannot have been collected in the future.',
      { collectedAt },
      'collectedAt',
    )
  }
  if ((periodFrom === null) !== (periodTo === null)) {
    return refuse(
      'evidence.period_incomplete',
      'Give both the first and the last day of the period, or neither.',
      {},
      periodFrom === null ? 'periodFrom' : 'periodTo',
    )
  }
  if (periodFrom !== null && periodTo !== null) {
    if (periodFrom > periodTo) {
      return refuse(
        'evidence.period_reversed',
        `The period starts on ${periodFrom}, after its end on ${periodTo}.`,
        { periodFrom, periodTo },
        'periodTo',
      )
    }
    const collectedOn = dateAt(collectedAt, zone)
    if (periodTo > collectedOn) {
      return refuse(
        'evidence.period_not_over',
        `What was collected on ${collectedOn} cannot cover days up to ${periodTo}.`,
        { periodTo, collectedOn },
        'periodTo',
      )
    }
  }
  if (effectiveOn !== null && validUntil !== null && validUntil < effectiveOn) {
    return refuse(
      'evidence.valid_before_effective',
      `It would be valid until ${validUntil}, before it takes effect on ${effectiveOn}.`,
      { effectiveOn, validUntil },
      'validUntil',
    )
  }
  return ok(undefined)
}

/** A web address a person can open: no script, no file, no password that everybody would see. */
function isUsableLink(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, hostname } = new URL(text)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' && hostname !== ''
}
