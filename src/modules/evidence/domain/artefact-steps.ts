import { type Change, changed, created } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { dateAt, type Instant } from '#kernel/time.ts'
import type { Artefact, ArtefactContent, ArtefactFields, Moment, Verdict } from './artefact.ts'
import { checkArtefact } from './check-artefact.ts'

type Key = Pick<Artefact, 'id' | 'orgId' | 'ref'>

/**
 * Records an artefact. A link may be recorded without a copy, so that nobody's work is lost, but shows nothing until one
 * is captured. Refuses what `checkArtefact` refuses.
 * @param content what it holds in the file store; for a link the copy of what it shows
 * @param reason goes to the ledger
 */
export function addArtefact(
  key: Key,
  fields: ArtefactFields,
  content: ArtefactContent | null,
  at: Moment,
  reason: string | null = null,
): Result<Change<Artefact>> {
  const artefact: Artefact = {
    ...key,
    ...fields,
    ...(content ?? { sha256: null, bytes: null, fileName: null, mediaType: null }),
    version: 1,
    verdict: null,
    conclusion: '',
    concludedBy: null,
    concludedOn: null,
    withdrawnAt: null,
  }
  const checked = checkArtefact(artefact, at)
  return checked.ok ? ok(created('artefact', artefact, 'artefact.added', reason)) : checked
}

/**
 * Corrects what is stated about an artefact; its kind and content stay.
 * Refuses as `addArtefact`, a withdrawn one, and `evidence.already_captured` for another address of a captured link.
 */
export function changeArtefact(
  artefact: Artefact,
  patch: Partial<Omit<ArtefactFields, 'kind'>>,
  at: Moment,
): Result<Change<Artefact>> {
  if (artefact.withdrawnAt !== null) return withdrawn(artefact)
  if (artefact.kind === 'link' && artefact.sha256 !== null && (patch.url ?? artefact.url) !== artefact.url) {
    return refuse(
      'evidence.already_captured',
      `${artefact.ref} has a copy of what its address showed, so the address stays. Record another one as a new artefact.`,
      { ref: artefact.ref },
      'url',
    )
  }
  const checked = checkArtefact({ ...artefact, ...patch }, at)
  return checked.ok ? ok(changed<Artefact>('artefact', artefact, patch, 'artefact.changed')) : checked
}

/**
 * Adds the copy of what a link shows, collected now. Once: what it shows later is another artefact.
 * Refuses `evidence.not_a_link`, `evidence.already_captured`, a withdrawn artefact.
 */
export function captureLink(artefact: Artefact, content: ArtefactContent, now: Instant): Result<Change<Artefact>> {
  if (artefact.withdrawnAt !== null) return withdrawn(artefact)
  if (artefact.kind !== 'link') {
    return refuse('evidence.not_a_link', `${artefact.ref} is not a link, so there is nothing to capture for it.`, {
      ref: artefact.ref,
    })
  }
  if (artefact.sha256 !== null) {
    return refuse(
      'evidence.already_captured',
      `${artefact.ref} already has a copy of what it showed. Record what it shows now as a new artefact.`,
      { ref: artefact.ref },
    )
  }
  return ok(changed('artefact', artefact, { ...content, collectedAt: now }, 'artefact.captured'))
}

/**
 * Records what a person judged that the artefact shows. A later conclusion replaces an earlier one; the ledger keeps both.
 * Refuses `evidence.conclusion_missing`, a withdrawn artefact.
 */
export function concludeArtefact(
  artefact: Artefact,
  by: Id<'person'>,
  judgement: { readonly verdict: Verdict; readonly conclusion: string },
  { now, zone }: Moment,
): Result<Change<Artefact>> {
  if (artefact.withdrawnAt !== null) return withdrawn(artefact)
  if (judgement.conclusion.trim() === '') {
    return refuse(
      'evidence.conclusion_missing',
      `Say in a sentence what ${artefact.ref} shows and why.`,
      { ref: artefact.ref },
      'conclusion',
    )
  }
  const { verdict, conclusion } = judgement
  return ok(
    changed(
      'artefact',
      artefact,
      { verdict, conclusion, concludedBy: by, concludedOn: dateAt(now, zone) },
      'artefact.concluded',
    ),
  )
}

/**
 * Takes an artefact out of use; it stays readable, and its content stays until a retention rule erases it.
 * Refuses `evidence.reason_missing`, an artefact withdrawn before.
 */
export function withdrawArtefact(artefact: Artefact, now: Instant, reason: string): Result<Change<Artefact>> {
  if (artefact.withdrawnAt !== null) return withdrawn(artefact)
  if (reason.trim() === '') {
    return refuse(
      'evidence.reason_missing',
      `Say why ${artefact.ref} is withdrawn: an auditor who saw it will ask.`,
      { ref: artefact.ref },
      'reason',
    )
  }
  return ok(changed('artefact', artefact, { withdrawnAt: now }, 'artefact.withdrawn', reason.trim()))
}

function withdrawn(artefact: Artefact): ReturnType<typeof refuse> {
  return refuse('evidence.withdrawn', `${artefact.ref} ${artefact.title} was withdrawn and cannot be changed.`, {
    ref: artefact.ref,
  })
}
