import { fold, words } from '#kernel/import/text.ts'
import type { Choice, ImportContext, ImportField, ImportMethod } from '#kernel/import.ts'
import { dimensionName, type HeadingStage, headingStages } from './risk-heading.ts'
import { actionStatusWords, levelNames, optionWords, riskStatusWords } from './risk-words.ts'

const stageLabels: Readonly<Record<HeadingStage, string>> = {
  assessed: '',
  inherent: 'inherent ',
  current: 'current ',
  residual: 'residual ',
  target: 'target ',
}

const textFields: readonly ImportField[] = [
  {
    name: 'ref',
    label: 'Reference',
    kind: 'ref',
    key: true,
    headers: words(`
      ID; Risk ID; Ref; Reference; Risk Ref; Risk No; Risk Number; No; Nr; Lfd Nr; Lfd. Nr.; Nummer; Risiko-ID;
      Risiko Nr; Risikonummer; Kennung; Referenz
    `),
  },
  {
    name: 'title',
    label: 'Title',
    kind: 'name',
    key: true,
    headers: words(`
      Risk; Risk Title; Title; Risk Name; Name; Risk Statement; Summary; Risk Summary; Scenario; Risk Scenario;
      Risiko; Risikotitel; Titel; Risikobezeichnung; Bezeichnung; Szenario; Risikoszenario; Kurzbeschreibung
    `),
    not: ['owner', 'id', 'category', 'level', 'score', 'rating', 'Eigentümer', 'Kategorie', 'Stufe'],
  },
  {
    name: 'description',
    label: 'Description',
    kind: 'longText',
    key: true,
    headers: words(`
      Description; Risk Description; Details; Risk Details; Scenario Description; Beschreibung;
      Risikobeschreibung; Erläuterung; Szenariobeschreibung
    `),
  },
  {
    name: 'category',
    label: 'Category',
    kind: 'text',
    headers: words(`
      Category; Risk Category; Type; Risk Type; Area; Domain; Kategorie; Risikokategorie; Risikoart;
      Risikobereich; Bereich; Department
    `),
  },
  {
    name: 'assets',
    label: 'Assets',
    kind: 'text',
    many: true,
    headers: words(`
      Asset; Assets; Asset / Process; Affected Asset; Affected Assets; Asset Name; Information Asset;
      Related Assets; Process; Affected Systems; System; Betroffene Werte; Betroffenes Asset; Betroffene Assets;
      Asset / Prozess; Prozess; Wert; Werte; Zielobjekt; Betroffene Systeme
    `),
  },
  {
    name: 'threat',
    label: 'Threat',
    kind: 'text',
    headers: words(`
      Threat; Threats; Threat Source; Threat Event; Cause; Risk Source; Bedrohung; Bedrohungen; Gefährdung;
      Gefährdungen; Ursache; Risikoquelle
    `),
  },
  {
    name: 'vulnerability',
    label: 'Vulnerability',
    kind: 'text',
    headers: words(`
      Vulnerability; Vulnerabilities; Weakness; Weaknesses; Schwachstelle; Schwachstellen; Verwundbarkeit;
      Schwäche
    `),
  },
  {
    name: 'owner',
    label: 'Risk owner',
    kind: 'person',
    headers: words(`
      Owner; Risk Owner; Responsible; Accountable; Eigentümer; Risikoeigentümer; Risikoeigner;
      Risikoverantwortlicher; Verantwortlich; Verantwortlicher; Risk Responsible; Risikoinhaber
    `),
    not: ['action', 'measure', 'treatment', 'control', 'Maßnahme', 'Maßnahmenverantwortlicher', 'asset'],
  },
  {
    name: 'properties',
    label: 'Affected properties (C/I/A)',
    kind: 'text',
    headers: words(`
      CIA; C/I/A; Affected Property; Security Property; Security Objective; Protection Goal; Protection Goals;
      Schutzziel; Schutzziele; Betroffene Schutzziele; Betroffenes Schutzziel; Grundwerte; Grundwert; VIV;
      CIA Impact; CIA affected
    `),
  },
  {
    name: 'confidentiality',
    label: 'Confidentiality',
    kind: 'yesNo',
    headers: words(`
      Confidentiality; Vertraulichkeit; C; Loss of Confidentiality; Impact Confidentiality; Impact C;
      Impact on Confidentiality; Auswirkung Vertraulichkeit; Schaden Vertraulichkeit; Confidentiality Impact
    `),
  },
  {
    name: 'integrity',
    label: 'Integrity',
    kind: 'yesNo',
    headers: words(`
      Integrity; Integrität; I; Loss of Integrity; Impact Integrity; Impact I; Impact on Integrity;
      Auswirkung Integrität; Schaden Integrität; Integrity Impact
    `),
  },
  {
    name: 'availability',
    label: 'Availability',
    kind: 'yesNo',
    headers: words(`
      Availability; Verfügbarkeit; A; Loss of Availability; Impact Availability; Impact A;
      Impact on Availability; Auswirkung Verfügbarkeit; Schaden Verfügbarkeit; Availability Impact
    `),
  },
  {
    name: 'existingControls',
    label: 'Existing controls',
    kind: 'longText',
    headers: words(`
      Existing Controls; Current Controls; Controls in Place; Existing Measures; Current Measures;
      Implemented Controls; Existing Safeguards; Vorhandene Kontrollen; Bestehende Maßnahmen;
      Vorhandene Maßnahmen; Bestehende Kontrollen; Umgesetzte Maßnahmen; Existing Security Controls
    `),
  },
  {
    name: 'controls',
    label: 'Annex A controls',
    kind: 'controls',
    many: true,
    headers: words(`
      Controls; Control; Control Reference; Annex A Control; Annex A Controls; Annex A; ISO 27001 Control;
      ISO Controls; ISO 27001 Controls; Control ID; Related Controls; Kontrollen; Kontrolle; Annex-A-Kontrolle;
      Anhang A; Maßnahme Anhang A; ISO Control; SoA Control; Planned Controls; Geplante Kontrollen
    `),
  },
  {
    name: 'decision',
    label: 'Treatment option',
    kind: 'choice',
    choices: optionWords,
    combines: true,
    headers: words(`
      Treatment Decision; Risk Treatment; Treatment Option; Treatment; Risk Response; Response; Strategy;
      Treatment Strategy; Risk Strategy; Decision; Option; Behandlungsentscheidung; Behandlung;
      Behandlungsoption; Risikobehandlung; Risikostrategie; Strategie; Entscheidung; Umgang; Behandlungsart;
      Risk Treatment Option; Handling
    `),
  },
  {
    name: 'measures',
    label: 'Actions',
    kind: 'longText',
    many: true,
    headers: words(`
      Mitigation Measures; Mitigation; Measures; Treatment Plan; Treatment Measures; Treatment Actions; Actions;
      Action; Action Plan; Mitigation Plan; Mitigation Actions; Planned Measures; Planned Actions;
      Additional Controls; Recommended Controls; Proposed Controls; Risk Treatment Plan; Maßnahmen; Maßnahme;
      Geplante Maßnahmen; Behandlungsmaßnahmen; Behandlungsplan; Maßnahmenplan; Zusätzliche Maßnahmen;
      Empfohlene Maßnahmen
    `),
    not: ['existing', 'vorhandene', 'bestehende'],
  },
  {
    name: 'measureOwner',
    label: 'Action owner',
    kind: 'person',
    headers: words(`
      Action Owner; Treatment Owner; Measure Owner; Action Responsible; Assigned To; Mitigation Owner;
      Implementation Owner; Maßnahmenverantwortlicher; Umsetzungsverantwortlicher; Verantwortlich für Maßnahme;
      Maßnahmenverantwortung
    `),
  },
  {
    name: 'measureDue',
    label: 'Action due',
    kind: 'date',
    headers: words(`
      Due Date; Due; Target Date; Deadline; Target Completion; Completion Date; Implementation Date; Fällig;
      Fälligkeit; Fällig am; Frist; Termin; Zieldatum; Zieltermin; Umsetzung bis; Umsetzungstermin
    `),
  },
  {
    name: 'measureStatus',
    label: 'Action status',
    kind: 'choice',
    choices: actionStatusWords,
    headers: words(`
      Action Status; Treatment Status; Measure Status; Implementation Status; Mitigation Status; Maßnahmenstatus;
      Umsetzungsstatus; Behandlungsstatus; Status der Maßnahme
    `),
  },
  {
    name: 'cost',
    label: 'Cost',
    kind: 'money',
    headers: words(`
      Cost; Costs; Budget; Treatment Cost; Estimated Cost; Kosten; Aufwand in EUR; Budget EUR
    `),
  },
  {
    name: 'status',
    label: 'Status',
    kind: 'choice',
    choices: riskStatusWords,
    headers: ['Status', 'Risk Status', 'State', 'Risikostatus', 'Zustand'],
  },
  {
    name: 'rationale',
    label: 'Rationale',
    kind: 'longText',
    headers: words(`
      Rationale; Justification; Assessment Rationale; Reasoning; Consequence; Consequences; Impact Description;
      Begründung; Bewertungsbegründung; Auswirkungsbeschreibung; Beschreibung der Auswirkung; Folgen
    `),
  },
  {
    name: 'identifiedOn',
    label: 'Identified on',
    kind: 'date',
    headers: words(`
      Date Identified; Identified; Date; Date Raised; Created; Date Added; Assessment Date; Identified on;
      Erfasst am; Identifiziert am; Datum; Erstellt am; Bewertungsdatum; Aufnahmedatum
    `),
  },
  {
    name: 'reviewOn',
    label: 'Next review',
    kind: 'date',
    headers: words(`
      Review Date; Next Review; Next Review Date; Review; Due for Review; Last Review; Last Reviewed;
      Nächste Überprüfung; Überprüfung; Review am; Nächstes Review; Wiedervorlage; Überprüfungsdatum
    `),
  },
  {
    name: 'remarks',
    label: 'Remarks',
    kind: 'longText',
    headers: words(`
      Remarks; Comments; Comment; Notes; Note; Bemerkung; Bemerkungen; Kommentar; Anmerkung; Notizen
    `),
  },
]

const methodBands = new WeakMap<ImportMethod, readonly Choice[]>()

/** A method's risk levels with the words that commonly mean them; empty without a method. */
function bandChoices(method: ImportMethod | null): readonly Choice[] {
  if (!method) return []
  let choices = methodBands.get(method)
  if (!choices) {
    const own = new Set(method.bands.flatMap((band) => [fold(band.name), fold(band.key)]))
    choices = method.bands.map((band) => {
      const like =
        levelNames.find((names) =>
          names.some((name) => fold(name) === fold(band.name) || fold(name) === fold(band.key)),
        ) ?? []
      return { value: band.key, words: [band.name, ...like.filter((name) => !own.has(fold(name)))] }
    })
    methodBands.set(method, choices)
  }
  return choices
}

/** Measures are recognised by grammar; they are listed so that a person can choose them. */
function measureFields(context: ImportContext): ImportField[] {
  const dimensions =
    context.method?.dimensions.map((d) => [d.key, d.name] as const) ??
    ['financial', 'operational', 'reputation', 'legal', 'safety'].map((key) => [key, dimensionName(key)] as const)
  const levels = bandChoices(context.method)
  return headingStages.flatMap((stage): ImportField[] => {
    const label = (what: string): string => `${stageLabels[stage]}${what}`.replace(/^./, (c) => c.toUpperCase())
    return [
      { name: `${stage}.likelihood`, label: label('likelihood'), kind: 'scale', headers: [] },
      { name: `${stage}.impact`, label: label('overall impact'), kind: 'scale', headers: [] },
      ...dimensions.map(
        ([key, name]): ImportField => ({
          name: `${stage}.impact.${key}`,
          label: `${label('impact')}: ${name}`,
          kind: 'scale',
          headers: [],
        }),
      ),
      { name: `${stage}.score`, label: label('score'), kind: 'number', headers: [] },
      { name: `${stage}.level`, label: label('risk level'), kind: 'choice', choices: levels, headers: [] },
    ]
  })
}

const perContext = new WeakMap<ImportContext, readonly ImportField[]>()

/** Every field a column of a risk register can feed. */
export function riskFields(context: ImportContext): readonly ImportField[] {
  let fields = perContext.get(context)
  if (!fields) {
    fields = [...textFields, ...measureFields(context)]
    perContext.set(context, fields)
  }
  return fields
}
