import { words } from '#kernel/import/text.ts'
import type { Choice, ImportField } from '#kernel/import.ts'

/** Implementation statuses with the words files use. Everything implemented is a claim. */
export const soaStatusWords: readonly Choice[] = [
  {
    value: 'notAssessed',
    words: words(`
      Not assessed; Pending; Unknown; To be assessed; Not reviewed; Open; TBD; Ausstehend; Nicht bewertet;
      Noch nicht bewertet; Offen; Unbekannt; Not determined; Nicht ermittelt
    `),
  },
  {
    value: 'notImplemented',
    words: words(`
      Not implemented; Absent; Missing; None; Not started; Non-existent; Not in place; No; Nicht umgesetzt;
      Nicht implementiert; Fehlt; Nicht vorhanden; Nicht begonnen; Nein
    `),
  },
  {
    value: 'planned',
    words: words(`
      Planned; To be implemented; Scheduled; Approved; Geplant; In Planung; Vorgesehen
    `),
  },
  {
    value: 'partial',
    words: words(`
      Partially implemented; In Progress; Partial; Partly implemented; Partially; Initial; Ongoing; In Umsetzung;
      Teilweise; Teilweise umgesetzt; Teilweise implementiert; In Bearbeitung; Begonnen; In Arbeit;
      Zum Teil umgesetzt
    `),
  },
  {
    value: 'implemented',
    words: words(`
      Implemented; Fully implemented; Established; Operational; Advanced; Complete; Completed; Done; In place;
      Compliant; Effective; Managed; Optimized; Optimised; Defined; Yes; Umgesetzt; Vollständig umgesetzt;
      Implementiert; Vorhanden; Erfüllt; Etabliert; Abgeschlossen; Ja; Wirksam; Claimed, not evidenced;
      Behauptet, ohne Nachweis
    `),
  },
  {
    value: 'notApplicable',
    words: words(`
      Not Applicable; N/A; NA; Excluded; Out of scope; Nicht anwendbar; Nicht zutreffend; Entfällt;
      Ausgeschlossen; n. a.; n.z.
    `),
  },
]

/** Every field a column of a Statement of Applicability can feed. */
export const soaFields: readonly ImportField[] = [
  {
    name: 'control',
    label: 'Control number',
    kind: 'controls',
    key: true,
    headers: words(`
      Control Number; Control ID; Control No; Control Ref; Control Reference; Annex A Reference; Annex A;
      Annex A Control; Annex A ID; ISO 27001 Control; ISO Control; Control; ID; No; Ref; Clause; Number;
      Reference Number; Section; Sec; Kontroll-ID; Kontrollnummer; Nummer; Nr; Maßnahme Nr; Anhang A;
      Referenz Anhang A; Kennung; Abschnitt; Kontrolle; Maßnahmennummer
    `),
    not: ['name', 'title', 'description', 'owner', 'titel', 'objective'],
  },
  {
    name: 'title',
    label: 'Control title',
    kind: 'name',
    key: true,
    headers: words(`
      Control Name; Control Title; Title; Name; Control Description; Control; Annex A Control; Annex A Title;
      Security Control; Controls; Requirement; Kontrollname; Titel; Bezeichnung; Maßnahme; Maßnahmenziel;
      Kontrolltitel; Kontrolle; Maßnahmenbezeichnung; Control Objective
    `),
    not: ['owner', 'status', 'id', 'number', 'implementation'],
  },
  {
    name: 'applicable',
    label: 'Applies',
    kind: 'yesNo',
    headers: words(`
      Applicable; Applicability; Is Control Applicable; Control Applicable; Applicable (Y/N); Included; Selected;
      In scope; Applicable Yes/No; Anwendbar; Anwendbarkeit; Zutreffend; Relevant; Anwendbar (Ja/Nein); Ausgewählt
    `),
    not: ['justification', 'reason', 'Begründung'],
  },
  {
    name: 'justification',
    label: 'Justification',
    kind: 'longText',
    headers: words(`
      Justification; Justification for the Inclusion/Exclusion; Justification for Inclusion;
      Justification for Inclusion or Exclusion; Reason; Rationale; Reason for Inclusion; Reason for Selection;
      Justification for Applicability; Begründung; Begründung für Aufnahme; Begründung der Anwendbarkeit;
      Begründung für Ein-/Ausschluss; Grund
    `),
  },
  {
    name: 'exclusion',
    label: 'Justification of the exclusion',
    kind: 'longText',
    headers: words(`
      Justification for Exclusion; Reason for Exclusion; Exclusion Justification; Exclusion Reason;
      Begründung für Ausschluss; Ausschlussbegründung; Begründung Nichtanwendbarkeit; Grund für Ausschluss
    `),
  },
  {
    name: 'status',
    label: 'Implementation status',
    kind: 'choice',
    choices: soaStatusWords,
    headers: words(`
      Implementation Status; Status; Implemented; Implementation Status (Drop-down); Control Status; State;
      Maturity; Implementation; Compliance Status; Umsetzungsstatus; Umgesetzt; Implementierungsstatus;
      Umsetzungsgrad; Umsetzung; Stand der Umsetzung
    `),
    not: ['description', 'beschreibung', 'date', 'datum'],
  },
  {
    name: 'description',
    label: 'How it is done here',
    kind: 'longText',
    headers: words(`
      Implementation Description; Description of Implementation; How Implemented; Implementation Details;
      Implementation Method; Current Implementation; How is it implemented; Overview of Implementation;
      Implementation Notes; Remarks (overview of implementation); Description; Umsetzungsbeschreibung;
      Beschreibung der Umsetzung; Umsetzung; Wie umgesetzt; Beschreibung; Maßnahmenbeschreibung
    `),
  },
  {
    name: 'reference',
    label: 'Documents',
    kind: 'longText',
    many: true,
    headers: words(`
      Reference; References; Document; Documents; Document Reference; Evidence; Policy; Related Documents;
      Supporting Documents; Document Ref; Referenz; Referenzen; Dokument; Dokumente; Nachweis; Nachweise;
      Richtlinie; Mitgeltende Dokumente; Dokumentenverweis
    `),
  },
  {
    name: 'owner',
    label: 'Control owner',
    kind: 'person',
    headers: words(`
      Owner; Control Owner; Responsible; Accountable; Responsibility; Eigentümer; Verantwortlich;
      Verantwortlicher; Kontrollverantwortlicher; Maßnahmenverantwortlicher; Zuständig
    `),
  },
  {
    name: 'drivers',
    label: 'Reasons (risks, law, contract)',
    kind: 'text',
    many: true,
    headers: words(`
      Drivers; Risks; Related Risks; Risk ID; Risk Reference; Legal; Contractual; Business Requirement; LR; CO;
      BR; RRA; BR/BP; Selected Controls and Reasons; Results of Risk Assessment; Legal Requirement;
      Contractual Obligation; Risikobezug; Risiken; Zugehörige Risiken; Gesetzliche Anforderung;
      Vertragliche Anforderung
    `),
  },
  {
    name: 'plannedDate',
    label: 'Planned for',
    kind: 'date',
    headers: words(`
      Planned Date; Target Date; Due Date; Implementation Date; Planned Completion; Deadline; Due; Geplant bis;
      Zieldatum; Umsetzung bis; Fällig; Termin; Umsetzungsdatum
    `),
  },
  {
    name: 'theme',
    label: 'Theme',
    kind: 'text',
    headers: words(`
      Theme; Domain; Category; Control Group; Section; Bereich; Thema; Domäne; Kategorie; Control Type; Clause
    `),
  },
  {
    name: 'remarks',
    label: 'Remarks',
    kind: 'longText',
    headers: words(`
      Comments; Comment; Remarks; Notes; Note; Additional Notes; Bemerkung; Bemerkungen; Kommentar; Kommentare;
      Anmerkung; Notizen
    `),
  },
]
