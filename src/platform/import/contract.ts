import { z } from 'zod'
import { route } from '#platform/contract/route.ts'
import { date, facts, id, instant, line, sha256, text } from '#platform/contract/schemas.ts'
import { mappingSchema } from './mapping-schema.ts'

const importId = z.object({ importId: id('import') })
const column = z.object({ index: z.number().int(), header: z.string() })
const counts = z.object({
  create: z.number().int(),
  update: z.number().int(),
  skip: z.number().int(),
  error: z.number().int(),
  warnings: z.number().int(),
})

/** A mapping with nothing left open: what was guessed and what was said. */
const wholeMapping = z.object({
  register: z.string(),
  sheet: z.string(),
  headerRow: z.number().int(),
  columns: z.record(z.string(), z.array(column)),
  valueMaps: z.record(z.string(), z.record(z.string(), z.string().nullable())),
  levelMaps: z.record(z.string(), z.record(z.string(), z.number().int().nullable())),
  residualMeans: z.enum(['current', 'target']).nullable(),
  dateFormat: z.enum(['dmy', 'mdy']).nullable(),
  defaults: z.record(z.string(), z.string()),
  rows: z.record(z.string(), z.object({ skip: z.boolean().exactOptional(), control: z.string().exactOptional() })),
  options: z.object({
    existing: z.enum(['update', 'skip']),
    assessedMeans: z.enum(['inherent', 'current']).nullable(),
    dimensions: z.record(z.string(), z.string().nullable()),
    controlMismatch: z.enum(['number', 'title', 'skip']).nullable(),
    currency: z.string().nullable(),
  }),
})

const question = z.object({
  /** Where in the mapping the answer goes: `residualMeans`, `levelMaps.impact`, `columns.owner`. */
  about: z.string(),
  code: z.string(),
  message: z.string(),
  facts: facts(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
  proposal: z.string().nullable(),
  needed: z.boolean(),
})

const issue = z.object({
  severity: z.enum(['error', 'warning', 'note']),
  code: z.string(),
  field: z.string().nullable(),
  message: z.string(),
  facts: facts(),
})

/** Text of the file or a record, a day, a word of the interface (`words` names the group of texts), or something said. */
const factValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('day'), day: date() }),
  z.object({ kind: z.literal('word'), words: z.string(), word: z.string() }),
  z.object({ kind: z.literal('said'), code: z.string(), message: z.string(), facts: facts() }),
])

const previewRow = z.object({
  line: z.number().int(),
  status: z.enum(['create', 'update', 'skip', 'error']),
  /**
   * What was decided about taking it, and may be decided anew under `rows` of the mapping: `taken`, `leftOut` by a person,
   * `proposed` to be left out. Null where something else keeps it out.
   */
  choice: z.enum(['taken', 'leftOut', 'proposed']).nullable(),
  /** What the row becomes; null for rows that are skipped or cannot be read. */
  becomes: z
    .object({
      ref: z.string().nullable(),
      title: z.string(),
      /** Under their English names. `into`: what the values become here, where that is not the same. */
      facts: z.array(z.object({ label: z.string(), values: z.array(factValue), into: z.array(factValue).nullable() })),
    })
    .nullable(),
  issues: z.array(issue),
})

/** Why a file, or a file under a mapping, cannot be imported yet. */
const problemView = z.object({ code: z.string(), message: z.string(), field: z.string().nullable(), facts: facts() })

const savedMapping = z.object({
  id: id('importMapping'),
  name: z.string(),
  /** As it was given when it was saved; what it leaves out is guessed. */
  mapping: mappingSchema,
})

/** An uploaded file as the first look finds it. */
const uploadView = z.object({
  id: id('import'),
  fileName: z.string(),
  sha256: sha256(),
  /** The sheets with their first lines, for choosing sheet and header by hand. */
  sheets: z.array(
    z.object({
      name: z.string(),
      hidden: z.boolean(),
      rows: z.number().int(),
      notes: z.array(z.string()),
      lines: z.array(z.object({ line: z.number().int(), cells: z.array(z.string()) })),
    }),
  ),
  /** The guessed mapping; null when nothing was recognised, then `problem` says so. */
  mapping: wholeMapping.nullable(),
  problem: problemView.nullable(),
  /** Registers the file seems to hold, this one or others, with the sheet of each. */
  holds: z.array(z.object({ register: z.string(), sheet: z.string() })),
  /** Imports that took in this very file before and were not undone. */
  earlier: z.array(z.object({ ref: z.string(), importedAt: instant() })),
  /** Saved mappings that were made for files of the same layout. */
  fits: z.array(savedMapping),
})

const importPreview = z.object({
  mapping: wholeMapping,
  questions: z.array(question),
  /** The columns of the header row with a few values each, and the field each feeds. */
  columns: z.array(
    z.object({
      index: z.number().int(),
      header: z.string(),
      samples: z.array(z.string()),
      field: z.string().nullable(),
    }),
  ),
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      required: z.boolean(),
      many: z.boolean(),
      choices: z.array(z.object({ value: z.string(), label: z.string() })).nullable(),
    }),
  ),
  /** Scales of the file that are given levels of the method in force. */
  scales: z.array(
    z.object({
      name: z.string(),
      values: z.array(z.object({ value: z.string(), rows: z.number().int(), level: z.number().int().nullable() })),
      levels: z.array(z.object({ value: z.number().int(), name: z.string() })),
    }),
  ),
  counts,
  /** Why nothing can be imported with this mapping yet; null when rows could be read. */
  problem: problemView.nullable(),
  rows: z.array(previewRow),
  /** Rows the filter leaves, of which `rows` is a page. */
  total: z.number().int(),
})

const importRun = z.object({
  id: id('import'),
  /** Null until the import is confirmed. */
  ref: z.string().nullable(),
  register: z.string(),
  fileName: z.string(),
  sha256: sha256(),
  status: z.enum(['uploaded', 'confirming', 'confirmed', 'undone']),
  counts: counts.nullable(),
  /** Changes written so far; null while none are. */
  progress: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  importedAt: instant().nullable(),
  importedBy: z.string().nullable(),
  undoneAt: instant().nullable(),
  undoneBy: z.string().nullable(),
  can: z.object({ undo: z.boolean() }),
})

/** Files that were uploaded and not confirmed, newest first. */
const waiting = z.array(z.object({ id: id('import'), fileName: z.string(), uploadedAt: instant() }))

const mapping = mappingSchema.optional()

/** Routes by which spreadsheets come into one register. `register` is part of the address and of the names. */
export const importRoutes = <const R extends string, const A extends string>(register: R, action: A) => {
  // Not typed by the register: a name still open could hold parameters of its own.
  const base: `/orgs/:org/imports/${string}` = `/orgs/:org/imports/${register}`
  const one = `${base}/:importId` as const
  return {
    register,
    upload: route({
      name: `import.${register}.upload`,
      method: 'POST',
      path: base,
      action,
      summary: `Upload a spreadsheet of ${register} (XLSX or CSV): what was recognised, and what has to be said`,
      query: z.object({ fileName: line(255) }),
      body: 'file',
      response: uploadView,
      costly: true,
    }),
    look: route({
      name: `import.${register}.look`,
      method: 'GET',
      path: `${one}/file`,
      action,
      summary: 'A file that waits for confirmation, as its upload found it: to come back to it within a day',
      params: importId,
      response: uploadView,
      costly: true,
    }),
    list: route({
      name: `import.${register}.list`,
      method: 'GET',
      path: base,
      action,
      summary: `Imports of ${register}, newest first, and the files that wait for confirmation`,
      response: z.object({ items: z.array(importRun), waiting }),
    }),
    discard: route({
      name: `import.${register}.discard`,
      method: 'DELETE',
      path: one,
      action,
      summary: 'Throw away a file that waits for confirmation; an import that was confirmed is undone instead',
      params: importId,
      response: z.object({ waiting }),
    }),
    show: route({
      name: `import.${register}.show`,
      method: 'GET',
      path: one,
      action,
      summary: 'One import, with its progress while it is being confirmed',
      params: importId,
      response: importRun,
    }),
    preview: route({
      name: `import.${register}.preview`,
      method: 'POST',
      path: `${one}/preview`,
      action,
      summary: 'What each row of the file will become under a mapping; writes nothing',
      params: importId,
      body: z.object({
        mapping,
        show: z.enum(['all', 'create', 'update', 'skip', 'error', 'issues']).default('all'),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(0).max(1000).default(200),
      }),
      response: importPreview,
      costly: true,
    }),
    confirm: route({
      name: `import.${register}.confirm`,
      method: 'POST',
      path: `${one}/confirm`,
      action,
      summary: 'Take over the rows of the file, all or nothing',
      params: importId,
      body: z.object({ mapping }),
      response: importRun,
      costly: true,
    }),
    undo: route({
      name: `import.${register}.undo`,
      method: 'POST',
      path: `${one}/undo`,
      action,
      summary: 'Take back what an import created and changed, unless somebody has built on it',
      params: importId,
      body: z.object({ reason: text(1000).default('') }),
      response: importRun,
      costly: true,
    }),
    mappings: route({
      name: `import.${register}.mappings`,
      method: 'GET',
      path: `${base}/mappings`,
      action,
      summary: `Saved mappings for ${register}`,
      response: z.object({ items: z.array(savedMapping) }),
    }),
    saveMapping: route({
      name: `import.${register}.saveMapping`,
      method: 'POST',
      path: `${base}/mappings`,
      action,
      summary: 'Save a mapping under a name; one of that name is replaced. Decisions about single rows are not kept',
      body: z.object({ name: line(80), mapping: mappingSchema }),
      response: savedMapping,
    }),
  }
}

export type ImportRoutes = ReturnType<typeof importRoutes<string, string>>
