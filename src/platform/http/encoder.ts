import { z } from 'zod'

/** Turns what a use-case returns into what leaves, or throws the schema's own error. */
export type Encoder = (value: unknown) => unknown

/**
 * A compiled `schema.encode`: the same answer for every value, several times as fast for lists. Zod compiles parsing
 * only, so the schema is turned round first: each codec becomes one that decodes the other way. What does not fit is
 * handed to the schema itself, which knows best what to say; so is a schema that cannot be turned round.
 */
export function encoderOf(schema: z.ZodType): Encoder {
  const byItself: Encoder = (value) => schema.encode(value)
  const turned = turnedRound(schema as z.core.$ZodType)
  if (turned === null) return byItself
  const compiled = z.compile(turned as z.ZodType)
  return (value) => {
    const result = compiled.safeParse(value)
    return result.success ? result.data : byItself(value)
  }
}

// Null where the compiled form could answer otherwise than the schema: kinds responses do not use, and checks of a
// whole object, which encoding runs before its members are encoded.
function turnedRound(schema: z.core.$ZodType): z.core.$ZodType | null {
  const def = definitionOf(schema)
  switch (def.type) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'unknown':
    case 'literal':
    case 'enum':
    case 'custom':
      return schema
    case 'nullable':
    case 'optional':
      return withParts(schema, { innerType: turnedRound(def.innerType) })
    case 'array':
      return onlyCountChecks(def.checks) ? withParts(schema, { element: turnedRound(def.element) }) : null
    case 'record':
      return def.checks?.length ? null : withParts(schema, { valueType: turnedRound(def.valueType) })
    case 'union':
      return def.checks?.length || 'discriminator' in def
        ? null
        : withParts(schema, { options: allTurned(def.options) })
    case 'object': {
      if (def.checks?.length || def.catchall) return null
      const members = allTurned(Object.values(def.shape))
      const names = Object.keys(def.shape)
      return withParts(schema, { shape: members && Object.fromEntries(names.map((name, i) => [name, members[i]])) })
    }
    case 'pipe':
      return turnedCodec(def)
    default:
      return null
  }
}

function turnedCodec(def: z.core.$ZodPipeDef): z.core.$ZodType | null {
  const { reverseTransform } = def as z.core.$ZodPipeDef & Partial<z.core.$ZodCodecDef>
  const inside = turnedRound(def.out)
  const outside = turnedRound(def.in)
  if (!reverseTransform || !inside || !outside) return null
  const oneWay = (): never => {
    throw new Error('A schema turned round only encodes.')
  }
  return z.codec(inside as z.ZodType, outside as z.ZodType, {
    decode: (value, payload) => reverseTransform(value as never, payload as never) as never,
    encode: oneWay,
  })
}

type Definition = z.core.$ZodTypes['_zod']['def']

/** What a schema or one of its checks is made of: what Zod's documentation tells libraries to read. */
export function definitionOf(of: z.core.$ZodType): Definition
export function definitionOf(of: z.core.$ZodCheck): z.core.$ZodCheckDef
export function definitionOf(of: z.core.$ZodType | z.core.$ZodCheck): unknown {
  // oxlint-disable-next-line no-underscore-dangle -- the name is Zod's
  return of._zod.def
}

const countChecks = new Set<string>(['min_length', 'max_length', 'length_equals'])

const onlyCountChecks = (checks: readonly z.core.$ZodCheck[] | undefined): boolean =>
  checks?.every((check) => countChecks.has(definitionOf(check).check)) ?? true

function allTurned(schemas: readonly z.core.$ZodType[]): z.core.$ZodType[] | null {
  const turned = schemas.map(turnedRound)
  return turned.every((one) => one !== null) ? turned : null
}

function withParts(schema: z.core.$ZodType, parts: Readonly<Record<string, unknown>>): z.core.$ZodType | null {
  if (Object.values(parts).includes(null)) return null
  return z.core.clone(schema, { ...definitionOf(schema), ...parts } as never)
}
