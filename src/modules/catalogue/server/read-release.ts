import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type Yaml from 'yaml'
import { z } from 'zod'
import { attributeKeys, type Release, themes } from '../domain/release.ts'

// Read when a release is: a start on an unchanged catalogue does without it.
const yaml = (): typeof Yaml => createRequire(import.meta.url)('yaml') as typeof Yaml

const folder = join(import.meta.dirname, '../../../../catalogue')

const worded = z.object({ en: z.string().min(1), de: z.string().min(1) })
const explained = z.object({ en: z.string().min(1), de: z.string().min(1).optional() })

const releaseFile = z.object({
  framework: z.string(),
  release: z.string(),
  title: worded,
  amendments: z.array(z.object({ id: z.string() })).default([]),
  licence: z.object({ note: worded }),
  files: z.record(z.enum(['clauses', 'controls', 'attributes', 'transitions']), z.array(z.string())),
  counts: z.record(z.string(), z.number().int()),
})

const clauses = z.array(
  z.strictObject({
    ref: z.string(),
    title: worded,
    parent: z.string().nullable(),
    requirements: z
      .array(
        z.strictObject({
          ref: z.string(),
          summary: explained,
          documented: z.enum(['none', 'document', 'record']),
          introduced_by: z.string().optional(),
        }),
      )
      .default([]),
  }),
)

const controls = z.array(
  z.strictObject({
    ref: z.string(),
    title: worded,
    theme: z.enum(themes),
    attributes: z.record(z.enum(attributeKeys), z.array(z.string())),
    predecessors2013: z.array(z.string()),
    new: z.boolean(),
    purpose: worded,
    evidence: z.object({ en: z.array(z.string()) }),
  }),
)

const attributes = z.array(
  z.strictObject({
    id: z.enum(attributeKeys),
    label: worded,
    values: z.array(z.strictObject({ id: z.string(), label: worded })),
  }),
)

const transitions = z.array(
  z.strictObject({
    ref: z.string(),
    title: explained,
    to: z.array(z.string()),
    relation: z.enum(['one-to-one', 'merged', 'split']),
  }),
)

/** Names of the releases in the catalogue folder. */
export function releaseNames(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** SHA-256 over the files of a release: whether it is another one can be told without reading what they say. */
export function releaseHash(name: string): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(join(folder, name)).sort()) {
    if (!file.endsWith('.yaml')) continue
    hash.update(`${file}\0`)
    hash.update(
      createHash('sha256')
        .update(readFileSync(join(folder, name, file)))
        .digest(),
    )
  }
  return hash.digest('hex')
}

/** Reads a release from its folder. Throws, naming file and place, when a file does not have the format. */
export function readRelease(name: string): Release {
  const load = <S extends z.ZodType>(file: string, schema: S): z.output<S> => {
    const text = readFileSync(join(folder, name, file), 'utf8')
    const result = schema.safeParse(yaml().parse(text))
    if (result.success) return result.data
    throw new Error(`catalogue/${name}/${file}: ${z.prettifyError(result.error)}`)
  }
  const head = load('release.yaml', releaseFile)
  if (head.release !== name) throw new Error(`catalogue/${name}/release.yaml: the release must be named ${name}.`)
  const all = <S extends z.ZodType<unknown[]>>(key: keyof typeof head.files, schema: S): z.output<S>[number][] =>
    head.files[key].flatMap((file) => load(file, schema) as z.output<S>[number][])
  return {
    id: head.release,
    framework: head.framework,
    title: head.title,
    amendments: head.amendments.map((one) => one.id),
    licenceNote: head.licence.note,
    counts: head.counts,
    clauses: all('clauses', clauses).map((clause) => ({
      ...clause,
      requirements: clause.requirements.map(({ introduced_by: introducedBy, summary, ...one }) => ({
        ...one,
        summary: explainedOf(summary),
        clause: clause.ref,
        introducedBy: introducedBy ?? null,
      })),
    })),
    controls: all('controls', controls).map(({ new: isNew, ...control }) => ({ ...control, isNew })),
    attributes: all('attributes', attributes),
    transitions: all('transitions', transitions).map((one) => ({ ...one, title: explainedOf(one.title) })),
  }
}

const explainedOf = ({ en, de }: { en: string; de?: string | undefined }): { en: string; de?: string } =>
  de === undefined ? { en } : { en, de }
