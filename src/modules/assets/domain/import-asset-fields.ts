import { fold, words } from '#kernel/import/text.ts'
import type { Choice, ImportContext, ImportField } from '#kernel/import.ts'
import { assetCriticalities, assetStates, assetTypes, protectionLevels } from './import-asset-words.ts'

const protection = (name: string, label: string, words: readonly string[]): ImportField => ({
  name,
  label,
  kind: 'choice',
  choices: protectionLevels,
  headers: [
    ...words,
    ...words.map((word) => `Schutzbedarf ${word}`),
    ...words.map((word) => `${word} value`),
    ...words.map((word) => `${word} rating`),
  ],
})

const baseFields: readonly ImportField[] = [
  {
    name: 'ref',
    label: 'Reference',
    kind: 'ref',
    key: true,
    headers: words(`
      ID; Asset ID; Ref; Reference; Asset Ref; Asset No; Asset Number; Inventory No; Inventory Number; Asset Tag;
      No; Nr; Lfd Nr; Nummer; Asset Nr; Inventarnummer; Inventar Nr; Kennung; Referenz
    `),
  },
  {
    name: 'name',
    label: 'Name',
    kind: 'name',
    key: true,
    headers: words(`
      Asset; Asset Name; Name; Asset Description; Information Asset; Asset Title; Title; Information Asset Name;
      System; System Name; Bezeichnung; Assetname; Asset Bezeichnung; Wert; Informationswert; Unternehmenswert;
      Zielobjekt; Benennung
    `),
    not: ['owner', 'type', 'id', 'value', 'lifespan', 'Eigentümer', 'Typ'],
  },
  {
    name: 'type',
    label: 'Kind',
    kind: 'choice',
    choices: assetTypes,
    headers: words(`
      Type; Asset Type; Kind; Asset Class; Class; Typ; Assettyp; Asset-Typ; Art; Assetart; Werttyp
    `),
  },
  {
    name: 'category',
    label: 'Category',
    kind: 'text',
    headers: words(`
      Category; Asset Category; Group; Asset Group; Sub Category; Subtype; Kategorie; Assetkategorie; Gruppe;
      Assetgruppe; Unterkategorie
    `),
  },
  {
    name: 'description',
    label: 'Description',
    kind: 'longText',
    headers: words(`
      Description; Details; Purpose; Use; Beschreibung; Zweck; Erläuterung; Asset Beschreibung
    `),
  },
  {
    name: 'owner',
    label: 'Owner',
    kind: 'person',
    headers: words(`
      Owner; Asset Owner; Information Owner; Responsible; Responsible Person; Accountable; Business Owner;
      Eigentümer; Asset-Eigentümer; Verantwortlich; Verantwortlicher; Verantwortliche Person;
      Informationseigentümer; Inhaber; Wertverantwortlicher; Asset Verantwortlicher; Zuständig
    `),
  },
  {
    name: 'custodian',
    label: 'Custodian',
    kind: 'person',
    headers: words(`
      Custodian; Asset Custodian; Administrator; Operator; Technical Owner; IT Owner; Maintained by; Managed by;
      Verwalter; Betreuer; Betreuung; Betreiber; Administration; Technisch Verantwortlicher; Betriebsverantwortlicher
    `),
  },
  {
    name: 'location',
    label: 'Location',
    kind: 'text',
    headers: words(`
      Location; Site; Place; Hosting; Storage Location; Physical Location; Standort; Ort; Ablageort; Speicherort;
      Lagerort; Aufbewahrungsort
    `),
  },
  {
    name: 'environment',
    label: 'Environment',
    kind: 'text',
    headers: ['Environment', 'Umgebung', 'Stage', 'Systemumgebung'],
  },
  {
    name: 'criticality',
    label: 'Overall value',
    kind: 'choice',
    choices: assetCriticalities,
    headers: words(`
      Criticality; Value; Asset Value; Business Value; Importance; Value (Criticality); Business Criticality;
      Kritikalität; Wichtigkeit; Bedeutung; Schutzbedarf; Schutzbedarf gesamt; Asset Wert; Gesamtschutzbedarf;
      Overall value; Schutzbedarf insgesamt
    `),
  },
  protection('confidentiality', 'Confidentiality', ['Confidentiality', 'Vertraulichkeit', 'C']),
  protection('integrity', 'Integrity', ['Integrity', 'Integrität', 'I']),
  protection('availability', 'Availability', ['Availability', 'Verfügbarkeit', 'A', 'V']),
  {
    name: 'personalData',
    label: 'Personal data',
    kind: 'yesNo',
    headers: words(`
      Personal Data; PII; Contains PII; GDPR; GDPR relevant; Contains personal data; Personenbezogene Daten;
      Personenbezug; pbD; DSGVO; DSGVO relevant; Personenbezogen
    `),
  },
  {
    name: 'supplier',
    label: 'Supplier',
    kind: 'text',
    headers: words(`
      Supplier; Vendor; Provider; Manufacturer; Service Provider; Lieferant; Anbieter; Hersteller; Dienstleister
    `),
  },
  {
    name: 'status',
    label: 'Life cycle',
    kind: 'choice',
    choices: assetStates,
    headers: words(`
      Status; Lifecycle; Lifecycle Status; State; Asset Status; Lebenszyklus; Zustand
    `),
  },
  {
    name: 'reliesOn',
    label: 'Relies on',
    kind: 'text',
    many: true,
    headers: words(`
      Dependencies; Depends on; Relies on; Dependent on; Related Assets; Supporting Assets; Underlying Systems;
      Abhängigkeiten; Abhängig von; Benötigt; Unterstützende Werte; Verknüpfte Assets; Stützt sich auf
    `),
  },
  {
    name: 'lastVerified',
    label: 'Last verified',
    kind: 'date',
    headers: words(`
      Last Updated; Last Verified; Last Review; Last Reviewed; Last Checked; Review Date; Verified on;
      Letzte Aktualisierung; Zuletzt geprüft; Letzte Prüfung; Letzte Überprüfung; Stand; Geprüft am
    `),
  },
  {
    name: 'lifespan',
    label: 'Lifespan',
    kind: 'text',
    headers: words(`
      Lifespan; Asset Lifespan; Retention; Life; Useful life; Lebensdauer; Nutzungsdauer; Aufbewahrung
    `),
  },
  {
    name: 'controls',
    label: 'Security controls',
    kind: 'longText',
    headers: words(`
      Security Controls; Controls; Protection Measures; Safeguards; Measures; Sicherheitsmaßnahmen; Maßnahmen;
      Kontrollen; Schutzmaßnahmen
    `),
  },
  {
    name: 'remarks',
    label: 'Remarks',
    kind: 'longText',
    headers: words(`
      Remarks; Comments; Comment; Notes; Note; Bemerkung; Bemerkungen; Kommentar; Kommentare; Anmerkung; Notizen
    `),
  },
]

// Words for confidentiality levels that organizations name differently; a scheme's own words come first.
const likeLevels: readonly (readonly string[])[] = [
  ['public', 'öffentlich', 'offen', 'unclassified', 'unrestricted'],
  [
    'internal',
    'intern',
    'internal use only',
    'internal use',
    'for internal use only',
    'nur für den internen Gebrauch',
    'nur intern',
    'private',
  ],
  ['confidential', 'vertraulich', 'restricted', 'sensitive'],
  [
    'strictly confidential',
    'streng vertraulich',
    'highly confidential',
    'secret',
    'geheim',
    'streng geheim',
    'top secret',
    'highly restricted',
    'very confidential',
  ],
]

/** The scheme's levels with the words other schemes use for a level of the same name. */
function classificationChoices(context: ImportContext): readonly Choice[] {
  return context.classifications.map((level) => {
    const own = new Set([level.value, ...level.words].map(fold))
    const like = likeLevels.find((words) => words.some((word) => own.has(fold(word)))) ?? []
    const taken = new Set(
      context.classifications.flatMap((other) => (other === level ? [] : [other.value, ...other.words].map(fold))),
    )
    return { value: level.value, words: [...level.words, ...like.filter((word) => !taken.has(fold(word)))] }
  })
}

const classificationOf = new WeakMap<ImportContext, readonly Choice[]>()

/** Levels of the organization's classification scheme, with the words other schemes use for them. */
export function classificationsIn(context: ImportContext): readonly Choice[] {
  let known = classificationOf.get(context)
  if (!known) {
    known = classificationChoices(context)
    classificationOf.set(context, known)
  }
  return known
}

/** Every field a column of an asset list can feed. */
export function assetFields(context: ImportContext): readonly ImportField[] {
  const classification: ImportField = {
    name: 'classification',
    label: 'Classification',
    kind: 'choice',
    choices: classificationsIn(context),
    headers: words(`
      Classification; Information Classification; Security Classification; Data Classification;
      Confidentiality Level; Klassifizierung; Klassifikation; Vertraulichkeitsstufe; Schutzklasse;
      Vertraulichkeitsklasse; Informationsklasse
    `),
  }
  return [...baseFields, classification]
}
