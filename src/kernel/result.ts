/**
 * Outcome of a rule: either a value or a refusal. Refusals are data, never exceptions: a person can act on them.
 */
export type Result<T, R = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R }

/** Facts a refusal's sentence needs; what a person reads is made from them in the person's language. */
export type RefusalFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/**
 * Why something was not done.
 * `code` is stable and machine-readable (`risk.acceptor_not_owner`); its first part names the module.
 * `message` is the English sentence: what, where, what to do. `field` points into the request where one field is at fault.
 */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly facts: RefusalFacts
  readonly field?: string
}

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })

/** Refuse with a stable code and a sentence for people. */
export function refuse(
  code: string,
  message: string,
  facts: RefusalFacts = {},
  field?: string,
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: field === undefined ? { code, message, facts } : { code, message, facts, field } }
}
