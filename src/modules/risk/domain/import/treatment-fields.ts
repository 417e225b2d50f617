import { words } from '#kernel/import/text.ts'
import type { ImportField } from '#kernel/import.ts'
import { actionStatusWords } from './risk-words.ts'

/** Every field a column of a treatment plan can feed. */
export const treatmentFields: readonly ImportField[] = [
  {
    name: 'ref',
    label: 'Reference',
    kind: 'ref',
    key: true,
    headers: words(`
      ID; RTP Ref; RTP ID; Action ID; Ref; Reference; No; Nr; Plan ID; Treatment ID; Maßnahmen-ID; Maßnahmen Nr;
      Maßnahmennummer; Lfd Nr; Kennung
    `),
    not: ['risk', 'risiko', 'control'],
  },
  {
    name: 'risks',
    label: 'Risk',
    kind: 'text',
    key: true,
    headers: words(`
      Risk ID; Risk No; Risk; Risk Ref; Risk Reference; Risk Number; Related Risk; Risks; Risiko-ID; Risiko Nr;
      Risiko; Risikonummer; Zugehöriges Risiko; Risiken
    `),
  },
  {
    name: 'action',
    label: 'Action',
    kind: 'longText',
    key: true,
    headers: words(`
      Action; Treatment Measures; Treatment; Treatment Action; Measure; Measures; Planned Treatments;
      Planned Action; Risk Treatment; Task; Mitigation; Mitigation Action; Activity; Title; Maßnahme; Maßnahmen;
      Behandlungsmaßnahme; Aktion; Aufgabe; Titel; Risikobehandlung
    `),
    not: ['owner', 'id', 'status', 'verantwortlich'],
  },
  {
    name: 'description',
    label: 'Description',
    kind: 'longText',
    headers: words(`
      Description; Risk Summary; Details; Risk Description; Summary; Beschreibung; Risikobeschreibung; Erläuterung
    `),
  },
  {
    name: 'controls',
    label: 'Controls',
    kind: 'controls',
    many: true,
    headers: words(`
      Control Reference; Annex A Control; Annex A Controls; Control; Controls; Annex A; ISO Control;
      ISO 27001 Control; Control ID; Control Ref; Annex-A-Kontrolle; Kontrolle; Kontrollen; Anhang A;
      Annex-A-Referenz; ISO-27001-Kontrolle
    `),
  },
  {
    name: 'owner',
    label: 'Responsible',
    kind: 'person',
    headers: words(`
      Assigned Lead; Owner; Action Owner; Responsible; Assigned To; Assignee; Responsible Person; Lead;
      Verantwortlich; Verantwortlicher; Zuständig; Umsetzungsverantwortlicher; Maßnahmenverantwortlicher;
      Bearbeiter
    `),
    not: ['risk', 'risiko'],
  },
  {
    name: 'riskOwner',
    label: 'Risk owner',
    kind: 'person',
    headers: ['Risk Owner', 'Risikoeigentümer', 'Risikoeigner', 'Risikoverantwortlicher'],
  },
  {
    name: 'startDate',
    label: 'Start',
    kind: 'date',
    headers: words(`
      Start Date; Start; Begin; Planned Start; Startdatum; Beginn; Start am; Geplanter Beginn
    `),
  },
  {
    name: 'dueDate',
    label: 'Due',
    kind: 'date',
    headers: words(`
      Due Date; Due; Target Completion; Target Date; Deadline; Planned Completion; End Date; Planned End; Fällig;
      Fälligkeit; Fällig am; Fälligkeitsdatum; Frist; Termin; Zieldatum; Zieltermin; Umsetzung bis; Enddatum
    `),
  },
  {
    name: 'completedOn',
    label: 'Completed on',
    kind: 'date',
    headers: words(`
      Actual Completion; Completed; Completion Date; Completed On; Date Completed; Closed On; Abgeschlossen am;
      Erledigt am; Abschlussdatum; Tatsächlicher Abschluss; Umgesetzt am
    `),
  },
  {
    name: 'cost',
    label: 'Cost',
    kind: 'money',
    headers: words(`
      Budget; Cost; Costs; Estimated Cost; Budget (EUR); Treatment Cost; Kosten; Geschätzte Kosten; Kosten EUR
    `),
  },
  {
    name: 'resources',
    label: 'Resources',
    kind: 'text',
    headers: words(`
      Resources; Required Resources; Effort; Ressourcen; Mittel; Aufwand; Benötigte Ressourcen; Personentage
    `),
  },
  {
    name: 'status',
    label: 'Status',
    kind: 'choice',
    choices: actionStatusWords,
    headers: words(`
      Status; Status Update; Action Status; Implementation Status; Progress; State; Umsetzungsstatus;
      Maßnahmenstatus; Fortschritt; Bearbeitungsstand
    `),
  },
  {
    name: 'verification',
    label: 'Verification',
    kind: 'longText',
    headers: words(`
      Verification; Verification Method; Effectiveness Check; Evidence; Success Criteria; Verifikation;
      Wirksamkeitsprüfung; Nachweis; Überprüfung; Erfolgskriterium
    `),
  },
  {
    name: 'promisedScore',
    label: 'Promised residual score',
    kind: 'number',
    headers: words(`
      Residual Score After; Residual Score; Residual Risk; Expected Residual Risk; Target Score;
      Residual Risk Score; Restrisikowert nach Maßnahme; Restrisikowert; Restrisiko; Erwartetes Restrisiko;
      Zielrisikowert
    `),
  },
  {
    name: 'department',
    label: 'Department',
    kind: 'text',
    headers: ['Department', 'Area', 'Unit', 'Abteilung', 'Bereich'],
  },
  {
    name: 'remarks',
    label: 'Remarks',
    kind: 'longText',
    headers: words(`
      Remarks; Comments; Comment; Notes; Bemerkung; Bemerkungen; Kommentar; Anmerkung
    `),
  },
]
