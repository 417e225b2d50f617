import type { MethodWords } from './default-method-words.ts'

/** The default method in German. */
export const german: MethodWords = {
  methodName: (year) => `Jährlich ${year}`,
  likelihoodNames: ['Sehr unwahrscheinlich', 'Unwahrscheinlich', 'Möglich', 'Wahrscheinlich', 'Sehr wahrscheinlich'],
  likelihood: [
    'Käme völlig überraschend: seltener als einmal in zehn Jahren, auch aus vergleichbaren Organisationen nicht bekannt.',
    'Denkbar: etwa einmal in fünf bis zehn Jahren oder aus wenigen vergleichbaren Organisationen bekannt.',
    'Damit ist zu rechnen: etwa einmal in einem bis fünf Jahren oder regelmäßig aus der Branche berichtet.',
    'Naheliegend: etwa einmal im Jahr, oder Versuche werden bereits beobachtet und meist abgewehrt.',
    'Üblich: mehrmals im Jahr, oder es geschieht gerade.',
  ],
  consequenceNames: ['Vernachlässigbar', 'Gering', 'Spürbar', 'Schwerwiegend', 'Existenzbedrohend'],
  dimensions: {
    financial: {
      name: 'Finanziell',
      definitions: [
        'Weniger als 0,1 % des Jahresumsatzes; aus dem laufenden Budget eines Teams zu tragen.',
        '0,1 bis 0,5 % des Jahresumsatzes; ein Budget muss umgeschichtet werden.',
        '0,5 bis 2 % des Jahresumsatzes; im Jahresergebnis sichtbar.',
        '2 bis 10 % des Jahresumsatzes; Investitionen werden gestoppt oder ein Kredit wird nötig.',
        'Mehr als 10 % des Jahresumsatzes; der Fortbestand der Organisation steht in Frage.',
      ],
    },
    operational: {
      name: 'Betrieblich',
      definitions: [
        'Wenige Personen behelfen sich einige Stunden; Kunden merken nichts.',
        'Ein Team ist bis zu einem Tag aufgehalten; interne Termine verschieben sich.',
        'Ein Dienst fällt einen Tag aus oder läuft eine Woche schlecht; Kunden beschweren sich.',
        'Mehrere Dienste fallen tagelang aus; zugesagte Leistungen werden verfehlt.',
        'Das Kerngeschäft steht länger als eine Woche still oder benötigte Daten sind endgültig verloren.',
      ],
    },
    reputation: {
      name: 'Ansehen',
      definitions: [
        'Wird nur intern bekannt.',
        'Einzelne Kunden oder Partner fragen nach und geben sich mit einer Antwort zufrieden.',
        'Mehrere Kunden verlangen Erklärungen; Lokal- oder Fachpresse erwähnt es.',
        'Wichtige Kunden gehen oder pausieren; überregionale Presse berichtet tagelang.',
        'Vertrauen ist auf Jahre verloren; Kunden gehen in großer Zahl, neue bleiben aus.',
      ],
    },
    legal: {
      name: 'Rechtlich und vertraglich',
      definitions: [
        'Formfehler ohne Folgen.',
        'Verwarnung oder vertragliche Mahnung; ohne Hilfe von außen zu beheben.',
        'Meldung an eine Behörde nötig, oder eine Vertragsstrafe wird gefordert.',
        'Verfahren mit erheblichem Bußgeld, oder ein wichtiger Vertrag wird gekündigt.',
        'Untersagung der Tätigkeit, Verlust einer Zulassung oder persönliche Haftung der Leitung.',
      ],
    },
    safety: {
      name: 'Personen und ihre Sicherheit',
      definitions: [
        'Niemand erleidet mehr als ein Ärgernis.',
        'Unannehmlichkeit für wenige Personen; keine Verletzung, kein bleibender Nachteil.',
        'Leichte Verletzung, oder ein Nachteil, den Betroffene mit Mühe überwinden.',
        'Schwere Verletzung, oder ein erheblicher, bleibender Nachteil für Betroffene.',
        'Lebensgefahr, oder ein nicht umkehrbarer Schaden für viele Menschen.',
      ],
    },
  },
  bands: { low: 'Niedrig', moderate: 'Mittel', high: 'Hoch', critical: 'Kritisch' },
  triggers: [
    'Ein schwerer Sicherheitsvorfall, bei uns oder bei einem wichtigen Lieferanten',
    'Ein neuer oder wesentlich geänderter Dienst, Standort, Lieferant oder ein neues System',
    'Eine neue oder geänderte gesetzliche oder vertragliche Anforderung',
    'Eine Änderung des Anwendungsbereichs des Managementsystems',
    'Hinweise auf eine Bedrohung oder Schwachstelle, die eingesetzte Systeme oder Dienste betrifft',
  ],
}
