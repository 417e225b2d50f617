import type { Mandate } from './role.ts'

interface Wording {
  readonly name: string
  readonly responsibilities: string
  readonly authorities: string
}

/** A role most organizations need; offered, never demanded. */
export interface StandardRole {
  readonly key: string
  readonly mandate: Mandate | null
  readonly en: Wording
  readonly de: Wording
}

/**
 * The roles offered to a new organization, in our own wording. The first two carry the assignments 5.3 makes mandatory;
 * everything else is common practice.
 */
export const standardRoles: readonly StandardRole[] = [
  {
    key: 'ismsManager',
    mandate: 'conformity',
    en: {
      name: 'ISMS manager',
      responsibilities:
        'Sees to it that the management system meets the standard: keeps scope, risk method, Statement of Applicability and treatment plan current, prepares audits and reviews, follows corrective action to its end.',
      authorities:
        'May ask every unit in scope for information and records, set due dates for ISMS work, and bring unresolved matters to top management directly.',
    },
    de: {
      name: 'ISMS-Manager',
      responsibilities:
        'Sorgt dafür, dass das Managementsystem der Norm entspricht: hält Anwendungsbereich, Risikomethode, Erklärung zur Anwendbarkeit und Behandlungsplan aktuell, bereitet Audits und Bewertungen vor, verfolgt Korrekturmaßnahmen bis zum Abschluss.',
      authorities:
        'Darf von jeder Einheit im Anwendungsbereich Auskünfte und Aufzeichnungen verlangen, Termine für ISMS-Aufgaben setzen und Ungelöstes unmittelbar der obersten Leitung vorlegen.',
    },
  },
  {
    key: 'performanceReporter',
    mandate: 'reporting',
    en: {
      name: 'Reporter of ISMS performance',
      responsibilities:
        'Tells top management at the agreed intervals how the management system performs: results of measurements and audits, state of risks and objectives, incidents, what needs a decision.',
      authorities:
        'Reports to top management without going through the units reported on. May ask for any figure needed.',
    },
    de: {
      name: 'Berichterstatter zur ISMS-Leistung',
      responsibilities:
        'Berichtet der obersten Leitung in vereinbarten Abständen, wie das Managementsystem wirkt: Ergebnisse von Messungen und Audits, Stand der Risiken und Ziele, Vorfälle, anstehende Entscheidungen.',
      authorities:
        'Berichtet der obersten Leitung, ohne den Weg über die betrachteten Einheiten zu nehmen. Darf jede benötigte Kennzahl anfordern.',
    },
  },
  {
    key: 'topManagement',
    mandate: null,
    en: {
      name: 'Top management',
      responsibilities:
        'Decides on policy, objectives and resources, approves scope and Statement of Applicability, holds the management review, answers for what the management system achieves.',
      authorities:
        'Releases money and people, accepts risks above the authority of their owners, assigns every other role.',
    },
    de: {
      name: 'Oberste Leitung',
      responsibilities:
        'Entscheidet über Politik, Ziele und Mittel, gibt Anwendungsbereich und Erklärung zur Anwendbarkeit frei, führt die Managementbewertung durch, ist für die Wirksamkeit des Managementsystems verantwortlich.',
      authorities:
        'Gibt Geld und Personal frei, akzeptiert Risiken, für die die Befugnis der Risikoeigentümer nicht ausreicht, weist alle übrigen Rollen zu.',
    },
  },
  {
    key: 'riskOwner',
    mandate: null,
    en: {
      name: 'Risk owner',
      responsibilities:
        'Knows the risks assigned, judges them with the agreed method, approves their treatment and accepts what remains.',
      authorities:
        'Decides on treatment within the budget of the unit; may accept a risk up to the limit of the method.',
    },
    de: {
      name: 'Risikoeigentümer',
      responsibilities:
        'Kennt die zugewiesenen Risiken, beurteilt sie nach der vereinbarten Methode, genehmigt ihre Behandlung und akzeptiert das Restrisiko.',
      authorities:
        'Entscheidet im Rahmen des Budgets der Einheit über die Behandlung; darf Risiken bis zur Grenze der Methode akzeptieren.',
    },
  },
  {
    key: 'controlOwner',
    mandate: null,
    en: {
      name: 'Control owner',
      responsibilities:
        'Puts a control into practice, keeps it working, says how it is done here and provides the evidence for it.',
      authorities: 'Sets the working rules a control needs in the systems and processes it covers.',
    },
    de: {
      name: 'Maßnahmenverantwortlicher',
      responsibilities:
        'Setzt eine Maßnahme um, hält sie wirksam, beschreibt die Umsetzung und liefert die Nachweise dazu.',
      authorities: 'Legt die Arbeitsregeln fest, die eine Maßnahme in den betroffenen Systemen und Abläufen braucht.',
    },
  },
  {
    key: 'assetOwner',
    mandate: null,
    en: {
      name: 'Asset owner',
      responsibilities:
        'Classifies an asset, says who may use it and how, checks that the inventory still describes it, arranges its disposal.',
      authorities: 'Grants and withdraws access to the asset.',
    },
    de: {
      name: 'Werteeigentümer',
      responsibilities:
        'Klassifiziert einen Wert, legt fest, wer ihn wie nutzen darf, prüft, ob das Inventar noch stimmt, regelt die Aussonderung.',
      authorities: 'Gewährt und entzieht den Zugang zum Wert.',
    },
  },
  {
    key: 'internalAuditor',
    mandate: null,
    en: {
      name: 'Internal auditor',
      responsibilities:
        'Plans and carries out internal audits by the programme, reports findings with their evidence, stays away from auditing own work.',
      authorities: 'Sees every record and speaks with everyone in scope while an audit runs.',
    },
    de: {
      name: 'Interner Auditor',
      responsibilities:
        'Plant und führt interne Audits nach dem Programm durch, berichtet Feststellungen mit ihren Belegen, auditiert nie die eigene Arbeit.',
      authorities: 'Sieht während eines Audits alle Aufzeichnungen und spricht mit allen im Anwendungsbereich.',
    },
  },
  {
    key: 'incidentCoordinator',
    mandate: null,
    en: {
      name: 'Incident coordinator',
      responsibilities:
        'Takes in reports of events, decides whether they are incidents, leads the response, keeps legal deadlines, sees that lessons are drawn.',
      authorities: 'May isolate systems, block accounts and call people in at any hour when an incident demands it.',
    },
    de: {
      name: 'Vorfallskoordinator',
      responsibilities:
        'Nimmt Meldungen entgegen, entscheidet, ob ein Vorfall vorliegt, leitet die Reaktion, hält gesetzliche Fristen ein, sorgt für Lehren daraus.',
      authorities:
        'Darf Systeme abtrennen, Konten sperren und jederzeit Personen hinzurufen, wenn ein Vorfall es verlangt.',
    },
  },
  {
    key: 'continuityCoordinator',
    mandate: null,
    en: {
      name: 'Continuity coordinator',
      responsibilities:
        'Keeps plans for disruptions, has them and the restoring of data exercised, follows up what the exercises show.',
      authorities: 'Sets dates for exercises and may demand that units take part.',
    },
    de: {
      name: 'Kontinuitätskoordinator',
      responsibilities:
        'Pflegt die Pläne für Störungen, lässt sie und das Wiederherstellen von Daten üben, verfolgt, was die Übungen zeigen.',
      authorities: 'Setzt Übungstermine und darf die Teilnahme der Einheiten verlangen.',
    },
  },
  {
    key: 'supplierManager',
    mandate: null,
    en: {
      name: 'Supplier manager',
      responsibilities:
        'Knows which suppliers touch our information, sees that agreements say what is needed, reviews their performance and certificates.',
      authorities: 'May hold back an order until security requirements are agreed.',
    },
    de: {
      name: 'Lieferantenverantwortlicher',
      responsibilities:
        'Weiß, welche Lieferanten mit unseren Informationen umgehen, sorgt für die nötigen Vereinbarungen, überprüft Leistung und Zertifikate.',
      authorities: 'Darf eine Bestellung zurückhalten, bis Sicherheitsanforderungen vereinbart sind.',
    },
  },
]

/** Whether a role of this name was adopted before, in either language. */
export function isAdopted(standard: StandardRole, names: ReadonlySet<string>): boolean {
  return names.has(standard.en.name.toLowerCase()) || names.has(standard.de.name.toLowerCase())
}
