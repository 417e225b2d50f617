import { words } from '#kernel/import/text.ts'
import type { Choice } from '#kernel/import.ts'

/** Kinds of asset with the words files use for them. */
export const assetTypes: readonly Choice[] = [
  {
    value: 'information',
    words: words(`
      Information; Information Asset; Document; Documents; Records; Dokument; Dokumente; Informationen;
      Informationswert; Primary Asset
    `),
  },
  { value: 'data', words: ['Data', 'Database', 'Data Asset', 'Dataset', 'Daten', 'Datenbank', 'Datenbestand'] },
  {
    value: 'software',
    words: words(`
      Software; Application; App; System; IT System; Anwendung; Applikation; Programm; Source Code; Quellcode;
      Operating System; Betriebssystem
    `),
  },
  {
    value: 'hardware',
    words: words(`
      Hardware; Device; Equipment; Server; Endpoint; Laptop; Network; Network Device; Physical; Physical Asset;
      Gerät; Endgerät; Netzwerk; Netzwerkgerät; Netzkomponente; IT-System; Mobile Device; Mobilgerät; Storage;
      Datenträger
    `),
  },
  {
    value: 'service',
    words: words(`
      Service; Cloud Service; SaaS; IaaS; PaaS; Cloud; Dienst; Dienstleistung; Cloud-Dienst; Cloud Dienst;
      IT Service; Utility; Outsourced Service
    `),
  },
  {
    value: 'people',
    words: words(`
      People; Person; Personnel; Staff; Employees; Human; Human Resources; Personal; Personen; Mitarbeiter;
      Mitarbeitende
    `),
  },
  {
    value: 'site',
    words: words(`
      Site; Facility; Building; Location; Premises; Room; Office; Einrichtung; Gebäude; Standort; Raum;
      Räumlichkeit; Liegenschaft; Infrastruktur; Infrastructure
    `),
  },
  {
    value: 'intangible',
    words: words(`
      Intangible; Intangible Asset; Brand; Reputation; Goodwill; Image; Ruf; Firmenwert; Trademark; Patent; IP; Intellectual Property; Immateriell;
      Immaterieller Wert; Marke; Geistiges Eigentum; Know-how
    `),
  },
]

/** How critical an asset is, as one word. */
export const assetCriticalities: readonly Choice[] = [
  { value: 'low', words: ['Low', 'Niedrig', 'Gering', 'Very Low', 'Sehr niedrig', 'Sehr gering', 'Minor'] },
  { value: 'medium', words: ['Moderate', 'Medium', 'Mittel', 'Normal', 'Med'] },
  { value: 'high', words: ['High', 'Hoch', 'Important', 'Wichtig'] },
  {
    value: 'critical',
    words: words(`
      Critical; Kritisch; Very High; Sehr hoch; Vital; Mission Critical; Geschäftskritisch
    `),
  },
]

/** Need for protection of one property, as words or on a scale of three or four; figures are left to the value map. */
export const protectionLevels: readonly Choice[] = [
  { value: 'low', words: ['Low', 'Niedrig', 'Gering', 'L'] },
  { value: 'medium', words: ['Moderate', 'Medium', 'Mittel', 'Normal', 'M'] },
  { value: 'high', words: ['High', 'Hoch', 'H'] },
  { value: 'critical', words: ['Critical', 'Very High', 'Sehr hoch', 'Kritisch', 'VH'] },
]

/** Where an asset is in its life. */
export const assetStates: readonly Choice[] = [
  {
    value: 'planned',
    words: words(`
      Planned; Ordered; Geplant; Bestellt; In Procurement; In Beschaffung; New; Neu
    `),
  },
  {
    value: 'inUse',
    words: words(`
      In Use; Active; Live; Operational; In Operation; Deployed; Aktiv; In Betrieb; In Nutzung; Produktiv;
      Im Einsatz
    `),
  },
  {
    value: 'retired',
    words: words(`
      Retired; Inactive; Decommissioned; Disposed; Archived; Obsolete; Sold; Lost; Inaktiv; Außer Betrieb;
      Stillgelegt; Entsorgt; Archiviert; Ausgemustert; Verloren
    `),
  },
]
