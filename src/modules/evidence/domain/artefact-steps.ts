import { type Change, changed, created } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import type { Artefact, ArtefactContent, ArtefactFields, Moment, Verdict } from './artefact.ts'
import { checkArtefact } from './check-artefact.ts'

type Key = Pick<Artefact, 'id' | 'orgId' | 'ref'>

/**
 * Records an artefact. A link may be recorded without a copy, so that nobody's work is lost, but shows nothing until one
 * is captured. Refuses what `checkArtefact` refuses.
 * @param content what it holds in the file store; for a link the copy that was captured now
 * @param separateFrom the artefact that already holds this content, and why this is another one
 */
export function addArtefact(
  key: Key,
  fields: ArtefactFields,
  content: ArtefactContent | null,
  at: Moment,
  separateFrom: { readonly artefact: Artefact; readonly because: string } | null = null,
): Result<Change<Artefact>> {
  const artefact: Artefact = {
    ...key,
    ...fields,
    ...(content ?? { sha256: null, bytes: null, fileName: '', mediaType: '' }),
    version: 1,
    capturedAt: fields.kind === 'link' && content !== null ? at.now : null,
    sameContentAs: separateFrom?.artefact.id ?? null,
    conclusion: '',
    verdict: null,
    concludedBy: null,
    concludedAt: null,
    withdrawnAt: null,
  }
  const checked = checkArtefact(artefact, at)
  if (!checked.ok) return checked
  return ok(created('artefact', artefact, 'artefact.added', separateFrom?.because ?? null))
}

/** Corrects what is stated about an artefact; its kind and content stay. Refuses as `addArtefact`, and a withdrawn one. */
export function changeArtefact(
  artefact: Artefact,
  patch: Partial<Omit<ArtefactFields, 'kind'>>,
  at: Moment,
): Result<Change<Artefact>> {
  if (artefact.withdrawnAt !== null) return withdrawn(artefact)
  const checked = checkArtefact({ ...artefact, ...patch }, at)
  return checked.ok ? ok(changed<Artefact>('artefact', artefact, patch, 'artefact.changed')) : checked
}

/**
 * Adds the copy of what a link shows. Once: what it shows later is another artefact.
 * Refuses `evidence.not_a_link`, `evidence.already_captured`, a withdrawn artefact.
 */
export function captureLink(artefact: Artefact, content: ArtefactContent, now: Instant): Result<Change<Artefact>> {
  if (artefact.withdrawnAt !== null) return withdrawn(artefact)
  if (artefact.kind !== 'link') {
    return refuse('evidence.not_a_link', `${artefact.ref} is not a link, so there is nothing to capture for it.`)
  }
  if (artefact.sha256 !== null) {
    return refuse(
      'evidence.already_captured',
      `${artefact.ref} already has a copy of what it showed. Record what it shows now as a new artefact.`,
    )
  }
  return ok(changed('artefact', artefact, { ...content, capturedAt: now }, 'artefact.captured'))
}

/**
 * Records what a person judged that the artefact shows. A later conclusion replaces an earlier one; the ledger keeps both.
 * Refuses `evidence.conclusion_missing`, a withdrawn artefact.
 */
export function concludeArtefact(
  artefact: Artefact,
  by: Id<'person'>,
  judgement: { readonly verdict: Verdict; readonly conclusion: string },
  now: Instant,
): Result<Change<Artefact>> {
  if (artefact.withdrawnAt !== null) return withdrawn(artefact)
  if (judgement.conclusion.trim() === '') {
    return refuse(
      'evidence.conclusion_missing',
      `Say in a sentence what ${artefact.ref} shows and why.`,
      {},
      'conclusion',
    )
  }
  const { verdict, conclusion } = judgement
  return ok(
    changed('artefact', artefact, { verdict, conclusion, concludedBy: by, concludedAt: now }, 'artefact.concluded'),
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
      {},
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
