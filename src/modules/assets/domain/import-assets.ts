import type { Choice, GuessedMapping, ImportContext, ImportField, ImportRegister, InterpretedRow, Mapping, Question, Table } from '#kernel/import.ts'
import { type OwnerDraft, ownerResolver } from '#kernel/import/owners.ts'
import type { ChoiceDraft, DateDraft, RowReader } from '#kernel/import/row-reader.ts'
import { interpretEach, rawRecord } from '#kernel/import/rows.ts'
import { fold, quote, splitList } from '#kernel/import/text.ts'
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

const protection = (name: string, label: string, words: readonly string[]): ImportField => ({
  name,
  label,
  kind: 'choice',
  choices: protectionLevels,
  headers: [...words, ...words.map((word) => `Schutzbedarf ${word}`), ...words.map((word) => `${word} value`), ...words.map((word) => `${word} rating`)],
})

const baseFields: readonly ImportField[] = [
  { name: 'ref', label: 'Reference', kind: 'ref', key: true, headers: ['ID', 'Asset ID', 'Ref', 'Reference', 'Asset Ref', 'Asset No', 'Asset Number', 'Inventory No', 'Inventory Number', 'Asset Tag', 'No', 'Nr', 'Lfd Nr', 'Nummer', 'Asset Nr', 'Inventarnummer', 'Inventar Nr', 'Kennung', 'Referenz'] },
  { name: 'name', label: 'Name', kind: 'name', key: true, headers: ['Asset', 'Asset Name', 'Name', 'Asset Description', 'Information Asset', 'Asset Title', 'Title', 'Information Asset Name', 'System', 'System Name', 'Bezeichnung', 'Assetname', 'Asset Bezeichnung', 'Wert', 'Informationswert', 'Unternehmenswert', 'Zielobjekt', 'Benennung'], not: ['owner', 'type', 'id', 'value', 'lifespan', 'Eigentümer', 'Typ'] },
  { name: 'type', label: 'Type', kind: 'choice', choices: assetTypes, headers: ['Type', 'Asset Type', 'Kind', 'Asset Class', 'Class', 'Typ', 'Assettyp', 'Asset-Typ', 'Art', 'Assetart', 'Werttyp'] },
  { name: 'category', label: 'Category', kind: 'text', headers: ['Category', 'Asset Category', 'Group', 'Asset Group', 'Sub Category', 'Subtype', 'Kategorie', 'Assetkategorie', 'Gruppe', 'Assetgruppe', 'Unterkategorie'] },
  { name: 'description', label: 'Description', kind: 'longText', headers: ['Description', 'Details', 'Purpose', 'Use', 'Beschreibung', 'Zweck', 'Erläuterung', 'Asset Beschreibung'] },
  { name: 'owner', label: 'Owner', kind: 'person', headers: ['Owner', 'Asset Owner', 'Information Owner', 'Responsible', 'Responsible Person', 'Accountable', 'Business Owner', 'Eigentümer', 'Asset-Eigentümer', 'Verantwortlich', 'Verantwortlicher', 'Verantwortliche Person', 'Informationseigentümer', 'Inhaber', 'Wertverantwortlicher', 'Asset Verantwortlicher', 'Zuständig'] },
  { name: 'custodian', label: 'Custodian', kind: 'person', headers: ['Custodian', 'Asset Custodian', 'Administrator', 'Operator', 'Technical Owner', 'IT Owner', 'Maintained by', 'Managed by', 'Verwalter', 'Betreuer', 'Betreiber', 'Administration', 'Technisch Verantwortlicher', 'Betriebsverantwortlicher'] },
  { name: 'location', label: 'Location', kind: 'text', headers: ['Location', 'Site', 'Place', 'Hosting', 'Storage Location', 'Physical Location', 'Standort', 'Ort', 'Ablageort', 'Speicherort', 'Lagerort', 'Aufbewahrungsort'] },
  { name: 'environment', label: 'Environment', kind: 'text', headers: ['Environment', 'Umgebung', 'Stage', 'Systemumgebung'] },
  { name: 'criticality', label: 'Criticality', kind: 'choice', choices: assetCriticalities, headers: ['Criticality', 'Value', 'Asset Value', 'Business Value', 'Importance', 'Value (Criticality)', 'Business Criticality', 'Kritikalität', 'Wichtigkeit', 'Bedeutung', 'Schutzbedarf', 'Schutzbedarf gesamt', 'Asset Wert', 'Gesamtschutzbedarf'] },
  protection('confidentiality', 'Confidentiality', ['Confidentiality', 'Vertraulichkeit', 'C']),
  protection('integrity', 'Integrity', ['Integrity', 'Integrität', 'I']),
  protection('availability', 'Availability', ['Availability', 'Verfügbarkeit', 'A', 'V']),
  { name: 'personalData', label: 'Personal data', kind: 'yesNo', headers: ['Personal Data', 'PII', 'Contains PII', 'GDPR', 'GDPR relevant', 'Contains personal data', 'Personenbezogene Daten', 'Personenbezug', 'pbD', 'DSGVO', 'DSGVO relevant', 'Personenbezogen'] },
  { name: 'supplier', label: 'Supplier', kind: 'text', headers: ['Supplier', 'Vendor', 'Provider', 'Manufacturer', 'Service Provider', 'Lieferant', 'Anbieter', 'Hersteller', 'Dienstleister'] },
  { name: 'status', label: 'Status', kind: 'choice', choices: assetStates, headers: ['Status', 'Lifecycle', 'Lifecycle Status', 'State', 'Asset Status', 'Lebenszyklus', 'Zustand'] },
  { name: 'reliesOn', label: 'Relies on', kind: 'text', many: true, headers: ['Dependencies', 'Depends on', 'Relies on', 'Dependent on', 'Related Assets', 'Supporting Assets', 'Underlying Systems', 'Abhängigkeiten', 'Abhängig von', 'Benötigt', 'Unterstützende Werte', 'Verknüpfte Assets'] },
  { name: 'lastVerified', label: 'Last verified', kind: 'date', headers: ['Last Updated', 'Last Verified', 'Last Review', 'Last Reviewed', 'Last Checked', 'Review Date', 'Verified on', 'Letzte Aktualisierung', 'Zuletzt geprüft', 'Letzte Prüfung', 'Letzte Überprüfung', 'Stand', 'Geprüft am'] },
  { name: 'lifespan', label: 'Lifespan', kind: 'text', headers: ['Lifespan', 'Asset Lifespan', 'Retention', 'Life', 'Useful life', 'Lebensdauer', 'Nutzungsdauer', 'Aufbewahrung'] },
  { name: 'controls', label: 'Security controls', kind: 'longText', headers: ['Security Controls', 'Controls', 'Protection Measures', 'Safeguards', 'Measures', 'Sicherheitsmaßnahmen', 'Maßnahmen', 'Kontrollen', 'Schutzmaßnahmen'] },
  { name: 'remarks', label: 'Remarks', kind: 'longText', headers: ['Remarks', 'Comments', 'Comment', 'Notes', 'Note', 'Bemerkung', 'Bemerkungen', 'Kommentar', 'Kommentare', 'Anmerkung', 'Notizen'] },
]

// Words for confidentiality levels that organizations name differently; a scheme's own words come first.
const likeLevels: readonly (readonly string[])[] = [
  ['public', 'öffentlich', 'offen', 'unclassified', 'unrestricted'],
  ['internal', 'intern', 'internal use only', 'internal use', 'for internal use only', 'nur für den internen Gebrauch', 'nur intern', 'private'],
  ['confidential', 'vertraulich', 'restricted', 'sensitive'],
  ['strictly confidential', 'streng vertraulich', 'highly confidential', 'secret', 'geheim', 'streng geheim', 'top secret', 'highly restricted', 'very confidential'],
]

/** The scheme's levels with the words other schemes use for a level of the same name. */
function classificationChoices(context: ImportContext): readonly Choice[] {
  return context.classifications.map((level) => {
    const own = new Set([level.value, ...level.words].map(fold))
    const like = likeLevels.find((words) => words.some((word) => own.has(fold(word)))) ?? []
    const taken = new Set(context.classifications.flatMap((other) => (other === level ? [] : [other.value, ...other.words].map(fold))))
    return { value: level.value, words: [...level.words, ...like.filter((word) => !taken.has(fold(word)))] }
  })
}

const classificationOf = new WeakMap<ImportContext, readonly Choice[]>()

function classificationsIn(context: ImportContext): readonly Choice[] {
  let known = classificationOf.get(context)
  if (!known) {
    known = classificationChoices(context)
    classificationOf.set(context, known)
  }
  return known
}

function fields(context: ImportContext): readonly ImportField[] {
  const classification: ImportField = {
    name: 'classification',
    label: 'Classification',
    kind: 'choice',
    choices: classificationsIn(context),
    headers: ['Classification', 'Information Classification', 'Security Classification', 'Data Classification', 'Confidentiality Level', 'Klassifizierung', 'Klassifikation', 'Vertraulichkeitsstufe', 'Schutzklasse', 'Vertraulichkeitsklasse', 'Informationsklasse'],
  }
  return [...baseFields, classification]
}

/**
 * Turns the rows of an asset list into drafts. A single criticality stays what it is: it is not copied into values of
 * confidentiality, integrity and availability nobody stated.
 */
function interpret(table: Table, mapping: Mapping, context: ImportContext): InterpretedRow<AssetDraft>[] {
  const resolve = ownerResolver(context.people, context.roles)
  const known = new Map(context.assets.flatMap((asset) => [...(asset.ref ? [[fold(asset.ref), asset.id] as const] : []), [fold(asset.name), asset.id] as const]))
  const classifications = classificationsIn(context)
  return interpretEach(table, mapping, context, (reader, row) => {
    const name = reader.text('name')
    if (name === null) reader.say('error', 'import.name_missing', 'name', 'The asset has no name')
    const type = reader.choice('type', assetTypes)
    if (type === null && reader.columnsOf('type').length === 0) {
      reader.say('note', 'import.type_not_stated', 'type', 'The file does not say what kind of asset this is')
    }
    const classification = reader.choice('classification', classifications, false)
    if (classification && classification.value === null) sayUnknownLevel(reader, classification.text, context)
    const reliesOn = splitList(reader.text('reliesOn') ?? '', true).map((text) => ({ text, assetId: known.get(fold(text)) ?? null }))
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
  const message = levels === '' ? `No classification scheme is set up yet; ${quote(text)} is kept as text` : `${quote(text)} is no level of the classification scheme (${levels}); it is kept as text`
  reader.say('warning', 'import.value_unknown', 'classification', message, { value: text })
}

/** Lists without a column for the kind of asset can be given one kind as a whole. */
function askForType(guess: GuessedMapping): GuessedMapping {
  if (guess.mapping.columns['type']) return guess
  const question: Question = {
    about: 'defaults.type',
    code: 'import.type_not_stated',
    message: 'No column says what kind of asset each row is. Choose one for all rows, or set it later',
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
  sheetNames: ['Asset Inventory', 'Asset Register', 'Assets', 'Inventory', 'Assetregister', 'Werte', 'Inventar', 'Strukturanalyse'],
  fields,
  required: [['name']],
  telling: ['type', 'classification', 'criticality', 'confidentiality', 'integrity', 'availability', 'custodian'],
  refine: askForType,
  interpret,
}
