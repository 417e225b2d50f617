import { words } from '#kernel/import/text.ts'
import type { Choice } from '#kernel/import.ts'

/** Treatment options (6.1.3 a) with the words registers use. */
export const optionWords: readonly Choice[] = [
  {
    value: 'modify',
    words: words(`
      Modify; Modification; Mitigate; Mitigation; Reduce; Reduction; Treat; Treatment; Control; Remediate;
      Minimise; Minimize; Mindern; Minderung; Vermindern; Verminderung; Reduzieren; Reduktion; Reduzierung;
      Behandeln; Behandlung; Mitigieren; Modifizieren; Maßnahmen; Senken; Risikominderung; Risikoreduktion;
      Risk Mitigation; Risk Modification; Risk Reduction
    `),
  },
  {
    value: 'retain',
    words: words(`
      Retain; Retention; Accept; Acceptance; Accepted; Tolerate; Toleration; Risk Acceptance; Risk Retention;
      Accept with monitoring; Accept and monitor; Monitor; Akzeptieren; Akzeptanz; Akzeptiert; Tragen;
      Selbst tragen; Beibehalten; Hinnehmen; Tolerieren; Risikoakzeptanz; Mit Monitoring akzeptieren;
      Akzeptieren mit Monitoring; Unter Beobachtung akzeptieren; Übernehmen
    `),
  },
  {
    value: 'share',
    words: words(`
      Share; Sharing; Transfer; Transference; Insure; Insurance; Outsource; Risk Transfer; Risk Sharing;
      Übertragen; Übertragung; Transferieren; Teilen; Verlagern; Versichern; Versicherung; Risikotransfer;
      Überwälzen; Auslagern
    `),
  },
  {
    value: 'avoid',
    words: words(`
      Avoid; Avoidance; Avoided; Eliminate; Elimination; Terminate; Termination; Risk Avoidance; Vermeiden;
      Vermeidung; Vermieden; Beenden; Eliminieren; Risikovermeidung; Ausschließen; Beseitigen
    `),
  },
]

/** What a register's status says about a risk. Everything beyond `open` is a claim until the records here show it. */
export const riskStatusWords: readonly Choice[] = [
  {
    value: 'open',
    words: words(`
      Open; New; Identified; Pending; Draft; Active; Assessed; Under Review; Not started; Registered; Offen; Neu;
      Identifiziert; Ausstehend; Aktiv; Bewertet; Erfasst; In Prüfung; Entwurf
    `),
  },
  {
    value: 'inTreatment',
    words: words(`
      In treatment; In Progress; Treating; Under Treatment; Being treated; Mitigating; Ongoing; In Behandlung;
      In Bearbeitung; In Umsetzung; Laufend; In Arbeit; Behandlung läuft
    `),
  },
  {
    value: 'treated',
    words: words(`
      Mitigated; Treated; Implemented; Controlled; Reduced; Resolved; Completed; Done; Gemindert; Behandelt;
      Umgesetzt; Implementiert; Reduziert; Erledigt; Abgeschlossen
    `),
  },
  {
    value: 'accepted',
    words: words(`
      Accepted; Tolerated; Retained; Approved; Akzeptiert; Getragen; Toleriert; Angenommen; Freigegeben
    `),
  },
  { value: 'avoided', words: ['Avoided', 'Eliminated', 'Vermieden', 'Eliminiert'] },
  {
    value: 'shared',
    words: words(`
      Transferred; Shared; Insured; Übertragen; Geteilt; Versichert; Transferiert
    `),
  },
  {
    value: 'monitored',
    words: words(`
      Monitored; Monitoring; Watch; Under Observation; Überwacht; Beobachtet; In Beobachtung; Unter Beobachtung;
      Monitor
    `),
  },
  {
    value: 'closed',
    words: words(`
      Closed; Archived; Obsolete; Geschlossen; Archiviert; Hinfällig; Beendet; Inactive
    `),
  },
]

/** Progress of an action. `done` arrives as a claim. */
export const actionStatusWords: readonly Choice[] = [
  {
    value: 'planned',
    words: words(`
      Planned; Open; New; On hold; Zurückgestellt; Pausiert; Not started; To do; Todo; Pending; Scheduled;
      Proposed; Backlog; Approved; Offen; Neu; Geplant; Nicht begonnen; Ausstehend; Vorgesehen; Genehmigt
    `),
  },
  {
    value: 'inProgress',
    words: words(`
      In progress; Ongoing; Started; Active; Doing; WIP; Delayed; Overdue; On track; At risk; In Bearbeitung;
      In Umsetzung; In Arbeit; Laufend; Begonnen; Verzögert; Überfällig; Läuft; Teilweise umgesetzt;
      Partially implemented
    `),
  },
  {
    value: 'done',
    words: words(`
      Done; Completed; Complete; Closed; Implemented; Finished; Resolved; Verified; Abgeschlossen; Erledigt;
      Umgesetzt; Geschlossen; Fertig; Implementiert; Verifiziert
    `),
  },
  {
    value: 'cancelled',
    words: words(`
      Cancelled; Canceled; Dropped; Rejected; Withdrawn; Not required; Abgebrochen; Verworfen; Abgelehnt;
      Zurückgezogen; Entfallen
    `),
  },
]

/** Risk levels by common names, for recognising a method's bands; the band's own name always counts. */
export const levelNames: readonly (readonly string[])[] = [
  ['Very Low', 'Sehr niedrig', 'Sehr gering', 'Negligible', 'Vernachlässigbar'],
  ['Low', 'Niedrig', 'Gering', 'Green', 'Grün', 'Minor'],
  ['Medium', 'Mittel', 'Moderate', 'Yellow', 'Gelb', 'Med'],
  ['High', 'Hoch', 'Orange', 'Major'],
  ['Critical', 'Kritisch', 'Very High', 'Sehr hoch', 'Extreme', 'Red', 'Rot', 'Severe', 'Catastrophic'],
]
