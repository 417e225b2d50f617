import type { ImportContext, ImportRegister, InterpretedRow, Mapping, Table } from '#kernel/import.ts'
import { choiceOf } from '#kernel/import/choices.ts'
import { type ControlIndex, controlIndex, controlIssue, type NamedControl, readControls } from '#kernel/import/controls.ts'
import type { Money } from '#kernel/import/numbers.ts'
import { readYesNo } from '#kernel/import/numbers.ts'
import { type OwnerDraft, type OwnerMatch, ownerResolver } from '#kernel/import/owners.ts'
import { type ChoiceDraft, type DateDraft, RowReader } from '#kernel/import/row-reader.ts'
import { interpretEach, rawRecord } from '#kernel/import/rows.ts'
import { fold, isNothing, quote, splitList } from '#kernel/import/text.ts'
import { type ConvertedStages, convertStages } from './convert-levels.ts'
import { describeOriginalScales, fileScales, type OriginalScales, type OriginalStages, readOriginals, scoreRule } from './original-levels.ts'
import { refineRiskGuess } from './refine-risk.ts'
import { riskFields } from './risk-fields.ts'
import { recogniseRiskHeading } from './risk-heading.ts'
import { actionStatusWords, optionWords, riskStatusWords } from './risk-words.ts'

/** A control a row names. `ref` is null when the number is none the catalogue knows. */
export interface ControlDraft {
  readonly text: string
  readonly ref: string | null
  /** `live`: the file lists it among existing controls, which is a claim. `planned`: among measures or without saying. */
  readonly state: 'live' | 'planned'
}

export interface MeasureDraft {
  readonly text: string
  readonly owner: OwnerDraft | null
  readonly due: DateDraft | null
  readonly status: ChoiceDraft | null
  readonly cost: Money | null
}

/** Whether a property may be lost; `notStated` where the file is silent. */
export type StatedLoss = 'lost' | 'notLost' | 'notStated'

/** What a row of a risk register becomes. Scores are those of the organization's method; `original` keeps the file's. */
export interface ImportedRisk {
  readonly ref: string | null
  readonly title: string
  readonly scenario: string
  readonly category: string | null
  readonly threat: string | null
  readonly vulnerability: string | null
  readonly assets: readonly { readonly text: string; readonly assetId: string | null }[]
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
  const scales = fileScales(table, mapping)
  // The rule behind the file's scores shows only over all rows.
  const rule = scoreRule(originalsOf(table, mapping))
  const tools: Tools = { owner: ownerResolver(context.people, context.roles), controls: controlIndex(context.controls), asset: assetFinder(context) }
  return interpretEach(table, mapping, context, (reader, row) => {
    const names = titleAndScenario(reader, row.section)
    const original = readOriginals(reader, scales)
    const scores = convertStages(reader, original, rule, context)
    const { options, decision } = treatmentOf(reader)
    const draft: ImportedRisk = {
      ref: reader.text('ref'),
      ...names,
      category: reader.text('category') ?? row.section ?? null,
      threat: reader.text('threat'),
      vulnerability: reader.text('vulnerability'),
      assets: assetsOf(reader, tools),
      owner: reader.owner('owner', tools.owner),
      ...propertiesOf(reader),
      scores,
      original,
      existingControls: reader.text('existingControls'),
      controls: controlsOf(reader, tools),
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

function originalsOf(table: Table, mapping: Mapping): OriginalStages[] {
  const scales = fileScales(table, mapping)
  return table.rows.flatMap((row) => ((mapping.rows[String(row.line)]?.skip ?? row.skip !== undefined) ? [] : [readOriginals(new RowReader(row, mapping), scales)]))
}

/** What the file shows of the method behind it: the stuff of the legacy method version its original values are kept under. */
export function originalScalesOf(table: Table, mapping: Mapping): OriginalScales {
  return describeOriginalScales(table, mapping, originalsOf(table, mapping))
}

function titleAndScenario(reader: RowReader, section: string | undefined): { title: string; scenario: string } {
  const title = reader.text('title')
  const description = reader.text('description')
  const threat = reader.text('threat')
  if (title === null && description === null && threat === null) {
    reader.say('error', 'import.title_missing', 'title', 'The risk has neither title nor description')
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

function assetFinder(context: ImportContext): (text: string) => string | null {
  const ids = new Map<string, string | null>()
  const put = (key: string, id: string): void => {
    if (key !== '') ids.set(key, ids.has(key) && ids.get(key) !== id ? null : id)
  }
  for (const asset of context.assets) {
    if (asset.ref) put(fold(asset.ref), asset.id)
    put(fold(asset.name), asset.id)
    const plain = fold(asset.name.replace(/\([^)]*\)/gu, ' '))
    if (plain !== fold(asset.name)) put(plain, asset.id)
  }
  return (text) => {
    const forms = [text, text.replace(/\([^)]*\)/gu, ' '), /\(([^)]+)\)/u.exec(text)?.[1] ?? '']
    for (const form of forms) {
      const id = ids.get(fold(form))
      if (id) return id
    }
    return null
  }
}

/** Assets by name or reference: the cell as a whole, else its parts. Unknown ones stay as text. */
function assetsOf(reader: RowReader, tools: Tools): ImportedRisk['assets'] {
  const text = reader.text('assets')
  if (text === null) return []
  const whole = tools.asset(text)
  if (whole) return [{ text, assetId: whole }]
  const listed = splitList(text, true).flatMap((part) => {
    const id = tools.asset(part)
    if (id) return [{ text: part, assetId: id }]
    const pieces = part.split(/\s*[+/&]\s*|\s+(?:and|und)\s+/iu).map((piece) => ({ text: piece, assetId: tools.asset(piece) }))
    if (pieces.length > 1 && pieces.some((piece) => piece.assetId !== null)) return pieces
    // References one after the other: “AST-005 AST-004”.
    const refs = part.split(/\s+/u).map((piece) => ({ text: piece, assetId: tools.asset(piece) }))
    return refs.length > 1 && refs.every((ref) => ref.assetId !== null) ? refs : [{ text: part, assetId: null }]
  })
  for (const { text: unknown, assetId } of listed) {
    if (assetId === null) reader.say('note', 'import.asset_unknown', 'assets', `${quote(unknown)} is not in the asset register; it is kept as text`)
  }
  return listed
}

const propertyNames = [
  ['confidentiality', /^(?:c|confidentiality|vertraulichkeit)$/u],
  ['integrity', /^(?:i|integrity|integritaet)$/u],
  ['availability', /^(?:a|availability|verfuegbarkeit|v)$/u],
] as const

/** Which of confidentiality, integrity and availability may be lost, from one column or three; silence is not “no”. */
function propertiesOf(reader: RowReader): Pick<ImportedRisk, 'confidentiality' | 'integrity' | 'availability'> {
  const listed = reader.text('properties')
  const stated: Record<'confidentiality' | 'integrity' | 'availability', StatedLoss> = { confidentiality: 'notStated', integrity: 'notStated', availability: 'notStated' }
  if (listed !== null) {
    const compact = fold(listed).replace(/ /gu, '')
    const words = /^[ciav]{1,3}$/u.test(compact) ? [...compact] : fold(listed).split(' ')
    // “V, I, V” of German lists: the first V is confidentiality, the last availability.
    const german = words.filter((word) => word === 'v').length > 1 || (words.includes('v') && !words.includes('c') && words[0] === 'v' && words.length > 1)
    for (const [name, pattern] of propertyNames) stated[name] = words.some((word, i) => pattern.test(word) || (german && name === 'confidentiality' && word === 'v' && i === 0)) ? 'lost' : 'notLost'
    if (Object.values(stated).every((value) => value === 'notLost')) {
      reader.say('warning', 'import.unreadable', 'properties', `${quote(listed)} names none of confidentiality, integrity and availability; they are not stated`)
      return { confidentiality: 'notStated', integrity: 'notStated', availability: 'notStated' }
    }
  }
  for (const [name] of propertyNames) {
    const text = reader.cell(name).text
    if (isNothing(text)) continue
    const mapped = reader.mapped(name, text)
    const read = mapped === null ? null : readYesNo(mapped ?? text)
    if (read !== null && !/^\d+$/u.test(text.trim())) stated[name] = read ? 'lost' : 'notLost'
    else if (mapped === undefined || mapped !== null) {
      reader.say('note', 'import.property_level', name, `${quote(text)} for ${name} is a level, not whether it may be lost; it is kept with the original values and stays not stated`)
    }
  }
  return stated
}

function controlsOf(reader: RowReader, tools: Tools): ControlDraft[] {
  const found = new Map<string, ControlDraft>()
  const add = (named: NamedControl, field: string, state: 'live' | 'planned'): void => {
    const match = tools.controls.match(named.number, named.title)
    const issue = controlIssue(named.number, named.title, match)
    // A control in passing is no reason to refuse a risk.
    if (issue) reader.say(issue.severity === 'error' ? 'warning' : issue.severity, issue.code, field, issue.message)
    const ref = match.kind === 'match' || match.kind === 'unclear' ? match.control.ref : null
    const key = ref ?? named.number
    if (!found.has(key)) found.set(key, { text: named.title ? `${named.number} ${named.title}` : named.number, ref, state })
  }
  for (const named of readControls(reader.text('existingControls') ?? '', false)) add(named, 'existingControls', 'live')
  const listed = reader.text('controls')
  const inList = readControls(listed ?? '', true)
  for (const named of inList) add(named, 'controls', 'planned')
  if (listed !== null && inList.length === 0) {
    reader.say('note', 'import.no_control_number', 'controls', `${quote(listed)} names no control by number; it is kept as text`)
    found.set(listed, { text: listed, ref: null, state: 'planned' })
  }
  return [...found.values()]
}

/** The treatment decision: known words become options, the text is kept; “accept with monitoring” retains, with a note. */
function treatmentOf(reader: RowReader): { options: readonly string[]; decision: string | null } {
  const text = reader.text('decision')
  if (text === null) return { options: [], decision: null }
  const whole = reader.mapped('decision', text) ?? choiceOf(text, optionWords)
  if (whole !== null) {
    if (whole === 'retain' && /monitor|beobacht|überwach/iu.test(text)) {
      reader.say('note', 'import.retain_monitored', 'decision', `${quote(text)} becomes “retain”; the monitoring it promises needs a metric or a recurring task`)
    }
    return { options: [whole], decision: text }
  }
  const parts = text.split(/\s*[/,;+&\n]\s*|\s+(?:and|und|or|oder)\s+/iu).map((part) => choiceOf(part, optionWords))
  if (parts.length > 1 && parts.every((part) => part !== null)) {
    return { options: [...new Set(parts)].sort(), decision: text }
  }
  reader.say('warning', 'import.value_unknown', 'decision', `${quote(text)} is no treatment option; it is kept as text and the option stays open`, { value: text })
  return { options: [], decision: text }
}

function measuresOf(reader: RowReader, tools: Tools): MeasureDraft[] {
  const text = reader.text('measures')
  const owner = reader.owner('measureOwner', tools.owner)
  const due = reader.date('measureDue', 'end')
  const status = reader.choice('measureStatus', actionStatusWords)
  const cost = reader.money('cost')
  if (text === null) {
    if (due?.date ?? status) reader.say('note', 'import.measure_without_text', 'measures', 'A due date or status is given, but no measure; they are kept with the original values only')
    return []
  }
  if (status?.value === 'done') reader.say('note', 'import.claimed', 'measureStatus', `${quote(status.text)} arrives as claimed; evidence makes it done`)
  const items = splitList(text)
  return items.map((item) => ({ text: item, owner, due, status, cost: items.length === 1 ? cost : null }))
}

const claims: Readonly<Record<string, string>> = {
  accepted: 'the owner still has to accept the residual risk here',
  treated: 'the controls and their evidence have to show it here',
  avoided: 'the change that ended the activity has to be named here',
  shared: 'the agreement has to be named here',
  closed: 'the risk stays open until it is closed here with a reason',
}

function statusOf(reader: RowReader): ChoiceDraft | null {
  const status = reader.choice('status', riskStatusWords)
  const claim = status?.value ? claims[status.value] : undefined
  if (status && claim) reader.say('note', 'import.claimed', 'status', `${quote(status.text)} arrives as a claim: ${claim}`)
  return status
}

/** The risk register, as the import knows it. */
export const riskImport: ImportRegister<ImportedRisk> = {
  name: 'risks',
  label: 'risks',
  sheetNames: ['Risk Register', 'Risks', 'Risk Assessment', 'Risk Log', 'Risikoregister', 'Risiken', 'Risikobewertung', 'Risikoanalyse', 'Risikobeurteilung'],
  fields: riskFields,
  required: [['title', 'description']],
  telling: ['assessed', 'inherent', 'current', 'residual', 'target', 'decision', 'vulnerability'],
  recognise: recogniseRiskHeading,
  refine: refineRiskGuess,
  interpret,
}
