import { choiceOf, choicesOf } from '#kernel/import/choices.ts'
import { type ControlIndex, controlIndex } from '#kernel/import/controls.ts'
import type { Money } from '#kernel/import/numbers.ts'
import { type OwnerDraft, type OwnerMatch, ownerResolver, peopleMap } from '#kernel/import/owners.ts'
import { type ChoiceDraft, type DateDraft, RowReader } from '#kernel/import/row-reader.ts'
import { interpretEach, rawRecord, staysOut } from '#kernel/import/rows.ts'
import type { ImportCode } from '#kernel/import/sentences.ts'
import { splitList, tidy } from '#kernel/import/text.ts'
import type { ImportContext, ImportRegister, InterpretedRow, Mapping, RowIssue, Table } from '#kernel/import.ts'
import { type ConvertedStages, convertStages } from './convert-levels.ts'
import {
  describeOriginalScales,
  fileScales,
  levelFields,
  type OriginalScales,
  type OriginalStages,
  readOriginals,
  scoreRule,
} from './original-levels.ts'
import { refineRiskGuess } from './refine-risk.ts'
import { riskFields } from './risk-fields.ts'
import { recogniseRiskHeading } from './risk-heading.ts'
import {
  assetFinder,
  assetsOf,
  type ControlDraft,
  controlsOf,
  type NamedAsset,
  propertiesOf,
  type StatedLoss,
} from './risk-links.ts'
import { actionStatusWords, optionWords, riskStatusWords } from './risk-words.ts'

export interface MeasureDraft {
  readonly text: string
  readonly owner: OwnerDraft | null
  readonly due: DateDraft | null
  readonly status: ChoiceDraft | null
  readonly cost: Money | null
}

/** What a row of a risk register becomes. Scores are those of the organization's method; `original` keeps the file's. */
export interface ImportedRisk {
  readonly ref: string | null
  readonly title: string
  readonly scenario: string
  readonly category: string | null
  readonly threat: string | null
  readonly vulnerability: string | null
  readonly assets: readonly NamedAsset[]
  readonly owner: OwnerDraft | null
  readonly confidentiality: StatedLoss
  readonly integrity: StatedLoss
  readonly availability: StatedLoss
  readonly scores: ConvertedStages
  readonly original: OriginalStages
  readonly existingControls: string | null
  readonly controls: readonly ControlDraft[]
  /** Treatment options (modify, share, avoid, retain) and what the file says. */
  readonly options: readonly string[]
  readonly decision: string | null
  readonly measures: readonly MeasureDraft[]
  /** The file's status: its word, and what it claims. Accepted, treated and closed are not acts of the owner here. */
  readonly status: ChoiceDraft | null
  readonly rationale: string | null
  readonly identifiedOn: DateDraft | null
  readonly reviewOn: DateDraft | null
  readonly remarks: string | null
  readonly raw: Readonly<Record<string, string>>
}

interface Tools {
  readonly owner: (text: string) => OwnerMatch | null
  readonly controls: ControlIndex
  readonly asset: (text: string) => string | null
}

/** Turns the rows of a risk register into drafts. */
function interpret(table: Table, mapping: Mapping, context: ImportContext): InterpretedRow<ImportedRisk>[] {
  const originals = originalsOf(table, mapping)
  // The rule behind the file's scores shows only over all rows.
  const rule = scoreRule([...originals.values()].map(({ stages }) => stages))
  const tools: Tools = {
    owner: ownerResolver(context.people, context.roles, mapping.valueMaps[peopleMap]),
    controls: controlIndex(context.controls, context.language),
    asset: assetFinder(context),
  }
  return interpretEach(table, mapping, context, (reader, row) => {
    const names = titleAndScenario(reader, row.section)
    const { stages: original, issues } = originals.get(row.line) ?? { stages: {}, issues: [] }
    reader.issues.push(...issues)
    const scores = convertStages(reader, original, rule, context)
    const { options, decision } = treatmentOf(reader)
    const draft: ImportedRisk = {
      ref: reader.text('ref'),
      ...names,
      category: reader.text('category') ?? row.section ?? null,
      threat: reader.text('threat'),
      vulnerability: reader.text('vulnerability'),
      assets: assetsOf(reader, tools.asset),
      owner: reader.owner('owner', tools.owner),
      ...propertiesOf(reader),
      scores,
      original,
      existingControls: reader.text('existingControls'),
      controls: controlsOf(reader, tools.controls),
      options,
      decision,
      measures: measuresOf(reader, tools),
      status: statusOf(reader),
      rationale: reader.text('rationale'),
      identifiedOn: reader.date('identifiedOn', 'start'),
      reviewOn: reader.date('reviewOn', 'end'),
      remarks: reader.text('remarks'),
      raw: rawRecord(table, row),
    }
    return { draft, ref: draft.ref, name: draft.title === '' ? null : draft.title }
  })
}

/** The figures of every row that counts, by line, with what there is to say about their cells. */
function originalsOf(
  table: Table,
  mapping: Mapping,
): Map<number, { stages: OriginalStages; issues: readonly RowIssue[] }> {
  const scales = fileScales(table, mapping)
  const fields = levelFields(mapping)
  const originals = new Map<number, { stages: OriginalStages; issues: readonly RowIssue[] }>()
  for (const row of table.rows) {
    if (staysOut(row, mapping)) continue
    const reader = new RowReader(row, mapping)
    originals.set(row.line, { stages: readOriginals(reader, fields, scales), issues: reader.issues })
  }
  return originals
}

/** What the file shows of the method behind it: the stuff of the legacy method version its original values are kept under. */
export function originalScalesOf(table: Table, mapping: Mapping): OriginalScales {
  return describeOriginalScales(
    table,
    mapping,
    [...originalsOf(table, mapping).values()].map(({ stages }) => stages),
  )
}

function titleAndScenario(reader: RowReader, section: string | undefined): { title: string; scenario: string } {
  const title = reader.text('title')
  const description = reader.text('description')
  const threat = reader.text('threat')
  if (title === null && description === null && threat === null) {
    reader.say('error', 'import.risk_title_missing', 'title')
    return { title: '', scenario: '' }
  }
  const scenario = description ?? [title, threat].filter((text) => text !== null).join(': ')
  if (title !== null) return { title: clipped(title), scenario }
  // Registers without titles: the first sentence says what it is about.
  const first = (description ?? threat ?? section ?? '').split(/(?<=[.!?])\s|\n/u)[0] ?? ''
  return { title: clipped(first.replace(/\.$/u, '')), scenario }
}

const clipped = (text: string): string => {
  const flat = text.replace(/\s+/gu, ' ')
  return flat.length > 160 ? `${flat.slice(0, 157).replace(/\s\S*$/u, '')} …` : flat
}

/** The treatment decision: known words become options, the text is kept; “accept with monitoring” retains, with a note. */
function treatmentOf(reader: RowReader): { options: readonly string[]; decision: string | null } {
  const text = reader.text('decision')
  if (text === null) return { options: [], decision: null }
  const whole = reader.mapped('decision', text) ?? choiceOf(text, optionWords)
  if (whole !== null) {
    if (whole === 'retain' && /monitor|beobacht|überwach/iu.test(text)) {
      reader.say('note', 'import.retain_monitored', 'decision', { text })
    }
    return { options: [whole], decision: text }
  }
  const several = choicesOf(text, optionWords)
  if (several) return { options: several, decision: text }
  reader.say('warning', 'import.option_unknown', 'decision', { text })
  return { options: [], decision: text }
}

function measuresOf(reader: RowReader, tools: Tools): MeasureDraft[] {
  const text = reader.text('measures')
  const owner = reader.owner('measureOwner', tools.owner)
  const due = reader.date('measureDue', 'end')
  const status = reader.choice('measureStatus', actionStatusWords)
  const cost = reader.money('cost')
  if (text === null) {
    if (owner ?? due ?? status ?? cost) reader.say('note', 'import.measure_without_text', 'measures')
    return []
  }
  if (status?.value === 'done') reader.say('note', 'import.claim_done', 'measureStatus', { text: status.text })
  const items = splitList(text)
  if (cost !== null && items.length > 1) {
    reader.say('note', 'import.cost_of_several', 'cost', { text: tidy(reader.cell('cost').text), count: items.length })
  }
  return items.map((item) => ({ text: item, owner, due, status, cost: items.length === 1 ? cost : null }))
}

const claims: ReadonlyMap<string, ClaimCode> = new Map([
  ['accepted', 'import.claim_accepted'],
  ['treated', 'import.claim_treated'],
  ['avoided', 'import.claim_avoided'],
  ['shared', 'import.claim_shared'],
  ['closed', 'import.claim_closed'],
])
type ClaimCode = Extract<ImportCode, `import.claim_${string}`>

function statusOf(reader: RowReader): ChoiceDraft | null {
  const status = reader.choice('status', riskStatusWords)
  const claim = status?.value ? claims.get(status.value) : undefined
  if (status && claim) reader.say('note', claim, 'status', { text: status.text })
  return status
}

/** The risk register, as the import knows it. */
export const riskImport: ImportRegister<ImportedRisk> = {
  name: 'risks',
  label: 'risks',
  sheetNames: [
    'Risk Register',
    'Risks',
    'Risk Assessment',
    'Risk Log',
    'Risikoregister',
    'Risiken',
    'Risikobewertung',
    'Risikoanalyse',
    'Risikobeurteilung',
  ],
  fields: riskFields,
  required: [['title', 'description', 'threat']],
  telling: ['assessed', 'inherent', 'current', 'residual', 'target', 'decision', 'vulnerability'],
  recognise: recogniseRiskHeading,
  refine: refineRiskGuess,
  namesPeople: true,
  interpret,
}
