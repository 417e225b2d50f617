import { type OwnerDraft, ownerResolver, peopleMap } from '#kernel/import/owners.ts'
import { asking } from '#kernel/import/questions.ts'
import type { ChoiceDraft, DateDraft, RowReader } from '#kernel/import/row-reader.ts'
import { interpretEach, rawRecord } from '#kernel/import/rows.ts'
import { fold, splitList } from '#kernel/import/text.ts'
import type {
  GuessedMapping,
  ImportContext,
  ImportRegister,
  InterpretedRow,
  Mapping,
  Question,
  Table,
} from '#kernel/import.ts'
import { assetFields, classificationsIn } from './import-asset-fields.ts'
import { assetCriticalities, assetStates, assetTypes, protectionLevels } from './import-asset-words.ts'

/** What a row of an asset list becomes. Words the product does not know are kept beside the value. */
export interface AssetDraft {
  /** The file's own reference (`AST-001`). */
  readonly ref: string | null
  readonly name: string
  readonly type: ChoiceDraft | null
  readonly category: string | null
  readonly description: string | null
  readonly owner: OwnerDraft | null
  readonly custodian: OwnerDraft | null
  readonly location: string | null
  readonly environment: string | null
  /** `value` is a level of the organization's scheme. */
  readonly classification: ChoiceDraft | null
  /** One word for the whole asset; never turned into values of confidentiality, integrity or availability. */
  readonly criticality: ChoiceDraft | null
  /** Need for protection per property; null where the file does not state it. */
  readonly confidentiality: ChoiceDraft | null
  readonly integrity: ChoiceDraft | null
  readonly availability: ChoiceDraft | null
  readonly personalData: boolean | null
  readonly personalDataText: string | null
  readonly supplier: string | null
  readonly status: ChoiceDraft | null
  /** Other assets it relies on: by id where one of that name or reference exists. */
  readonly reliesOn: readonly { readonly text: string; readonly assetId: string | null }[]
  readonly lastVerified: DateDraft | null
  readonly lifespan: string | null
  readonly controls: string | null
  readonly remarks: string | null
  readonly raw: Readonly<Record<string, string>>
}

/**
 * Turns the rows of an asset list into drafts. A single criticality stays what it is: it is not copied into values of
 * confidentiality, integrity and availability nobody stated.
 */
function interpret(table: Table, mapping: Mapping, context: ImportContext): InterpretedRow<AssetDraft>[] {
  const resolve = ownerResolver(context.people, context.roles, mapping.valueMaps[peopleMap])
  const known = new Map(
    context.assets.flatMap((asset) => [
      ...(asset.ref ? [[fold(asset.ref), asset.id] as const] : []),
      [fold(asset.name), asset.id] as const,
    ]),
  )
  const classifications = classificationsIn(context)
  return interpretEach(table, mapping, context, (reader, row) => {
    const name = reader.text('name')
    if (name === null) reader.say('error', 'import.asset_name_missing', 'name')
    const type = reader.choice('type', assetTypes)
    if (type === null && reader.columnsOf('type').length === 0) {
      reader.say('note', 'import.asset_type_not_stated', 'type')
    }
    const classification = reader.choice('classification', classifications, false)
    if (classification && classification.value === null) sayUnknownLevel(reader, classification.text, context)
    else if (classification && mapping.valueMaps['classification'] === undefined) {
      sayGuessedLevel(reader, classification, context)
    }
    const reliesOn = splitList(reader.text('reliesOn') ?? '', true).map((text) => ({
      text,
      assetId: known.get(fold(text)) ?? null,
    }))
    const draft: AssetDraft = {
      ref: reader.text('ref'),
      name: name ?? '',
      type,
      category: reader.text('category') ?? row.section ?? null,
      description: reader.text('description'),
      owner: reader.owner('owner', resolve),
      custodian: reader.owner('custodian', resolve),
      location: reader.text('location'),
      environment: reader.text('environment'),
      classification,
      criticality: reader.choice('criticality', assetCriticalities),
      confidentiality: reader.choice('confidentiality', protectionLevels),
      integrity: reader.choice('integrity', protectionLevels),
      availability: reader.choice('availability', protectionLevels),
      personalData: reader.yesNo('personalData'),
      personalDataText: reader.text('personalData'),
      supplier: reader.text('supplier'),
      status: reader.choice('status', assetStates),
      reliesOn,
      lastVerified: reader.date('lastVerified', 'end'),
      lifespan: reader.text('lifespan'),
      controls: reader.text('controls'),
      remarks: reader.text('remarks'),
      raw: rawRecord(table, row),
    }
    return { draft, ref: draft.ref, name }
  })
}

function sayUnknownLevel(reader: RowReader, text: string, context: ImportContext): void {
  const levels = context.classifications.map((level) => level.words[0] ?? level.value).join(', ')
  if (levels === '') reader.say('warning', 'import.no_classification_scheme', 'classification', { text })
  else reader.say('warning', 'import.classification_unknown', 'classification', { text, levels })
}

// A level of another scheme is read as one of this: nobody has said so yet.
function sayGuessedLevel(reader: RowReader, { text, value }: ChoiceDraft, context: ImportContext): void {
  const level = context.classifications.find((one) => one.value === value)
  if (level === undefined || [level.value, ...level.words].some((word) => fold(word) === fold(text))) return
  reader.say('note', 'import.classification_guessed', 'classification', { text, level: level.words[0] ?? level.value })
}

/** Lists without a column for the kind of asset can be given one kind as a whole. */
function askForType(guess: GuessedMapping): GuessedMapping {
  if (guess.mapping.columns['type']) return guess
  const question: Question = {
    about: 'defaults.type',
    ...asking('import.ask_asset_type'),
    choices: assetTypes.map((type) => ({ value: type.value, label: type.words[0] ?? type.value })),
    proposal: null,
    needed: false,
  }
  return { ...guess, questions: [...guess.questions, question] }
}

/** The asset register, as the import knows it. */
export const assetImport: ImportRegister<AssetDraft> = {
  name: 'assets',
  label: 'assets',
  sheetNames: [
    'Asset Inventory',
    'Asset Register',
    'Assets',
    'Inventory',
    'Assetregister',
    'Werte',
    'Inventar',
    'Strukturanalyse',
  ],
  fields: assetFields,
  required: [['name']],
  telling: ['type', 'classification', 'criticality', 'confidentiality', 'integrity', 'availability', 'custodian'],
  refine: askForType,
  namesPeople: true,
  interpret,
}
