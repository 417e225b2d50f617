import { words } from '#kernel/import/text.ts'
import type { Choice, ImportField } from '#kernel/import.ts'

/** Where a person stands, as staff lists and directories say it. */
export const personStates: readonly Choice[] = [
  {
    value: 'planned',
    words: words(`
      Planned; Joining; Onboarding; Pending; Invited; Future; Geplant; Eintritt geplant; Zukünftig
    `),
  },
  {
    value: 'active',
    words: words(`
      Active; Employed; Current; Enabled; Yes; Aktiv; Beschäftigt; Angestellt; Ja; True; Probation; Probezeit
    `),
  },
  {
    value: 'absent',
    words: words(`
      On leave; Leave; Parental leave; Maternity leave; Sabbatical; Suspended; Elternzeit; Mutterschutz;
      Beurlaubt; Abwesend; Ruhend
    `),
  },
  {
    value: 'left',
    words: words(`
      Left; Leaver; Terminated; Inactive; Former; Resigned; Disabled; Offboarded; No; Ausgeschieden; Ehemalig;
      Inaktiv; Gekündigt; Ausgetreten; Nein; False
    `),
  },
]

/** Kinds of employment. */
export const employments: readonly Choice[] = [
  {
    value: 'employee',
    words: words(`
      Employee; Permanent; Full-time; Full time; Part-time; Part time; Internal; Fixed term; Apprentice; Trainee;
      Intern; Working Student; Angestellt; Festangestellt; Mitarbeiter; Vollzeit; Teilzeit; Befristet;
      Unbefristet; Auszubildende; Auszubildender; Azubi; Praktikant; Praktikantin; Werkstudent; Werkstudentin;
      Intern beschäftigt
    `),
  },
  {
    value: 'contractor',
    words: words(`
      Contractor; Freelancer; Freelance; Consultant; Temporary; Temp; Agency; Freiberufler; Freiberuflich; Freie Mitarbeit;
      Freier Mitarbeiter; Berater; Leiharbeit; Zeitarbeit
    `),
  },
  {
    value: 'external',
    words: words(`
      External; Third Party; Supplier; Partner; Guest; Extern; Externer; Externe; Dienstleister; Gast
    `),
  },
]

/** Every field a column of a staff list can feed. */
export const peopleFields: readonly ImportField[] = [
  {
    name: 'name',
    label: 'Name',
    kind: 'name',
    key: true,
    headers: words(`
      Name; Full Name; Display Name; Employee; Employee Name; Person; Staff; Staff Member; Member; User;
      Mitarbeiter; Mitarbeiterin; Mitarbeitername; Vollständiger Name; Anzeigename; Mitarbeitende
    `),
    not: ['number', 'nr', 'id', 'manager', 'vorgesetzter'],
  },
  {
    name: 'firstName',
    label: 'First name',
    kind: 'text',
    key: true,
    headers: ['First Name', 'Given Name', 'Forename', 'Vorname', 'Rufname'],
  },
  {
    name: 'lastName',
    label: 'Last name',
    kind: 'text',
    key: true,
    headers: ['Last Name', 'Surname', 'Family Name', 'Nachname', 'Familienname'],
  },
  {
    name: 'email',
    label: 'E-mail',
    kind: 'email',
    key: true,
    headers: words(`
      E-mail; Email; Mail; Email Address; E-Mail Address; Work Email; Business Email; E-Mail-Adresse;
      Mailadresse; User Principal Name; UPN; Primary Email
    `),
  },
  {
    name: 'ref',
    label: 'Personnel number',
    kind: 'ref',
    headers: words(`
      Employee ID; ID; Personnel Number; Employee Number; Staff ID; Person ID; User ID; Personalnummer;
      Personal-Nr; Pers Nr; Mitarbeiternummer; Mitarbeiter-ID; Mitarbeiter Nr; PNr
    `),
  },
  {
    name: 'jobTitle',
    label: 'Job title',
    kind: 'text',
    headers: words(`
      Job Title; Title; Role; Position; Function; Job; Job Role; Designation; Funktion; Stelle; Rolle;
      Stellenbezeichnung; Tätigkeit; Berufsbezeichnung
    `),
  },
  {
    name: 'team',
    label: 'Team',
    kind: 'text',
    headers: words(`
      Department; Team; Unit; Division; Business Unit; Organizational Unit; Org Unit; Group; Abteilung; Bereich;
      Organisationseinheit; Fachbereich; Gruppe; OE
    `),
  },
  {
    name: 'location',
    label: 'Location',
    kind: 'text',
    headers: words(`
      Location; Office; Site; Work Location; Standort; Dienstort; Arbeitsort; Büro; Dienstsitz
    `),
  },
  {
    name: 'manager',
    label: 'Manager',
    kind: 'person',
    headers: words(`
      Manager; Line Manager; Reports to; Supervisor; Reporting Manager; Manager Name; Manager Email;
      Vorgesetzter; Vorgesetzte; Vorgesetzte/r; Führungskraft; Disziplinarischer Vorgesetzter; Berichtet an;
      Teamleiter
    `),
  },
  {
    name: 'employment',
    label: 'Works here as',
    kind: 'choice',
    choices: employments,
    headers: words(`
      Employment Type; Employee Type; Contract Type; Type; Worker Type; Beschäftigungsart; Vertragsart; Art;
      Mitarbeitertyp; Anstellungsart; Beschäftigungsverhältnis
    `),
  },
  {
    name: 'status',
    label: 'Status',
    kind: 'choice',
    choices: personStates,
    headers: words(`
      Status; Active; Employment Status; Account Status; Enabled; Aktiv; Beschäftigungsstatus; Mitarbeiterstatus
    `),
  },
  {
    name: 'startDate',
    label: 'Started',
    kind: 'date',
    headers: words(`
      Start Date; Hire Date; Joined; Date of Joining; Entry Date; Start; Employment Start; Eintritt;
      Eintrittsdatum; Startdatum; Beginn; Beschäftigt seit; Einstellungsdatum
    `),
  },
  {
    name: 'endDate',
    label: 'Last day',
    kind: 'date',
    headers: words(`
      End Date; Leaving Date; Termination Date; Last Day; Left; Exit Date; End; Austritt; Austrittsdatum;
      Enddatum; Ende; Letzter Arbeitstag; Vertragsende
    `),
  },
]
