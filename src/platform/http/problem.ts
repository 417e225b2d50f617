import type { Refusal } from '#kernel/result.ts'
import type { Problem } from '#platform/contract/schemas.ts'
import { isConnectionLost } from '#platform/db/connection-lost.ts'
import { FileAltered } from '#platform/files/checked-stream.ts'
import { isDiskFull } from '#platform/files/disk-space.ts'
import { FileHomeUnavailable } from '#platform/files/file-home.ts'
import { storeUnavailable } from '#platform/files/store-unavailable.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

// Status by refusal code. What is not listed is a rule that said no: 422.
const statusByCode: Readonly<Record<string, number>> = {
  'request.malformed': 400,
  'request.invalid': 422,
  'request.too_large': 413,
  'request.media_type': 415,
  'request.if_match_missing': 428,
  'request.origin': 403,
  'session.required': 401,
  'session.wrong_credentials': 401,
  'access.forbidden': 403,
  'access.not_yours': 403,
  'access.person_needed': 403,
  'risk.owner_not_yours': 403,
  'risk.owner_self': 403,
  'person.is_administrator': 403,
  'link.used': 410,
  'link.expired': 410,
  'link.demo': 410,
  'link.not_alone': 410,
  'request.answer_not_kept': 409,
  'conflict.version': 412,
  'conflict.duplicate': 409,
  'conflict.busy': 409,
  'rate.exceeded': 429,
  'files.empty': 400,
  'files.interrupted': 400,
  'files.removed_meanwhile': 409,
  'files.too_large': 413,
  'files.range_not_satisfiable': 416,
  'files.altered': 502,
  'files.store_unavailable': 503,
  'files.disk_full': 507,
  'import.file_too_large': 413,
  'import.too_many_waiting': 409,
  'import.wrong_type': 415,
  'import.busy': 503,
  'service.unavailable': 503,
  'service.outcome_unknown': 503,
  'service.disk_full': 507,
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Sign-in needed',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  410: 'No longer valid',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Wrong kind of file',
  416: 'Beyond the end of the file',
  422: 'Not accepted',
  428: 'Version needed',
  429: 'Too many requests',
  500: 'Something went wrong',
  502: 'Not what was stored',
  503: 'Not available right now',
  507: 'No space left',
}

/** HTTP status of a refusal. */
export function statusOf(refusal: Refusal): number {
  return statusByCode[refusal.code] ?? (refusal.code.endsWith('.not_found') ? 404 : 422)
}

/** Problem details of a refusal (RFC 9457). */
export function problemOf(refusal: Refusal, others: readonly Refusal[] = []): Problem {
  const status = statusOf(refusal)
  const fields = [refusal, ...others].flatMap((one) =>
    one.field === undefined
      ? []
      : [{ field: one.field, message: one.message, code: one.code, facts: wireFacts(one.facts) }],
  )
  return {
    type: `about:blank#${refusal.code}`,
    title: titles[status] ?? 'Not accepted',
    status,
    detail: refusal.message,
    code: refusal.code,
    facts: wireFacts(refusal.facts),
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
    ...(fields.length > 0 ? { errors: fields } : {}),
  }
}

const wireFacts = (facts: Refusal['facts']): Problem['facts'] => ({ ...facts }) as Problem['facts']

interface DatabaseError extends Error {
  readonly code?: string
  readonly constraint?: string
  readonly detail?: string
}

/**
 * The refusal behind an error, where there is one: a rule's own, or what a constraint of the database says.
 * Null for everything else: that is a defect and answers with an opaque 500.
 */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof RefusalError) return error.refusal
  if (!(error instanceof Error)) return null
  if (error instanceof FileHomeUnavailable) return storeUnavailable().refusal
  if (error instanceof FileAltered) {
    return {
      code: 'files.altered',
      message:
        'The store holds something else under this name than was stored, so nothing was sent. Ask the operator to restore the file from a backup, or upload it again.',
      facts: {},
    }
  }
  const { code, constraint } = error as DatabaseError
  if (code === '23505') {
    return {
      code: 'conflict.duplicate',
      message: `There is already such a record (${constraint ?? 'unique'}): change the reference or name, or open the existing one.`,
      facts: { constraint: constraint ?? null },
    }
  }
  if (code === '23503') {
    return {
      code: 'reference.not_found',
      message: 'The record points to something that does not exist in this organization.',
      facts: { constraint: constraint ?? null },
    }
  }
  // Two transactions waited for each other, and the database ended this one.
  if (code === '40P01' || code === '40001') {
    return {
      code: 'conflict.busy',
      message: 'Somebody else changed the same records at this very moment. Nothing was saved; try again.',
      facts: {},
    }
  }
  if (code === '53100' || isDiskFull(error)) {
    return {
      code: 'service.disk_full',
      message:
        'A disk of the server is full. Nothing was saved. Free some space on the server, then do it again; nothing has to be restarted.',
      facts: {},
    }
  }
  // 53: out of memory, too many connections.
  if (isConnectionLost(error) || code?.startsWith('53') === true) {
    return {
      code: 'service.unavailable',
      message: 'The database cannot be reached right now. Nothing was saved; try again in a moment.',
      facts: {},
    }
  }
  return null
}
