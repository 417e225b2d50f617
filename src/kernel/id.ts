declare const idOf: unique symbol

/** A UUIDv7 in its canonical dashed form, branded with the record type it identifies. */
export type Id<Type extends string = string> = string & { readonly [idOf]: Type }

export type OrgId = Id<'org'>

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isUuid = (text: string): boolean => uuidPattern.test(text)

/**
 * A new UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits, so that ids sort by creation.
 * @param now milliseconds since 1970; the caller's clock, so that replayed history gets ids of its own time
 */
export function newId<Type extends string>(now: number): Id<Type> {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Type>
}

/** The form an id has in the API: `risk_0193…`, the type and 32 hex digits. */
export function toWireId(prefix: string, id: Id): string {
  return `${prefix}_${id.slice(0, 8)}${id.slice(9, 13)}${id.slice(14, 18)}${id.slice(19, 23)}${id.slice(24)}`
}

/** Reads an API id of the given type; null when it is not one. */
export function fromWireId<Type extends string>(prefix: string, wire: string): Id<Type> | null {
  if (!wire.startsWith(`${prefix}_`)) return null
  const hex = wire.slice(prefix.length + 1)
  if (!/^[0-9a-f]{32}$/.test(hex)) return null
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Type>
}
