import type { Stated } from '#modules/controls/domain/control.ts'

/** One row of the statement: who owns the control, how it is done, why it is there beside risks and obligations. */
export interface DemoControl {
  readonly owner: string
  readonly how: string
  /** Reason of the business, where neither risk nor obligation asks for it. */
  readonly business?: string
  /** Justification of an exclusion. */
  readonly excluded?: string
  /** What was stated first; with `later` what was stated from a day on. */
  readonly stated?: Stated
  readonly later?: readonly [number, Stated]
  readonly provider?: readonly ['provider' | 'shared', string]
  readonly planned?: number
}

const it = 'it-lead'
const hr = 'hr-lead'
const isms = 'isms-manager'
const cto = 'cto'
const eng = 'engineer'
const fin = 'finance-lead'
const good = 'Customers ask for it in their questionnaires.'
const sound = 'Part of sound operation that we want whatever the single risk.'

/** What the second version changed: data masking was excluded while nobody needed it. */
export const formerExclusion = {
  ref: 'A.8.11',
  justification:
    'No system shows personal data to people who do not need it in the clear; test data are generated, so there is nothing to mask.',
} as const

export const statement: Readonly<Record<string, DemoControl>> = {
  'A.5.1': {
    owner: isms,
    how: 'Information security policy and nine topic policies, approved by top management, reviewed each January, read and confirmed by everybody in the personnel system.',
  },
  'A.5.2': {
    owner: isms,
    how: 'Ten roles described in the management system, each assigned by name and accepted by its holder.',
    business: 'Nobody acts on what nobody is responsible for.',
  },
  'A.5.3': {
    owner: it,
    how: 'Changes to production need a second person; payments two signatories; administrators of the cloud do not administer the log store.',
    business: 'Limits what one mistake or one person can do.',
  },
  'A.5.4': {
    owner: cto,
    how: 'Management sets the yearly objectives, takes part in the training, and puts security on the agenda of the monthly round.',
  },
  'A.5.5': {
    owner: isms,
    how: 'List of authorities with numbers and deadlines in the incident handbook, checked twice a year.',
  },
  'A.5.6': {
    owner: isms,
    how: 'Membership in the security circle of the logistics association; mailing lists of the national authority.',
    business: 'Learn early what hits others in the sector.',
  },
  'A.5.7': {
    owner: isms,
    how: 'Weekly reading of three sources; what concerns us becomes a ticket with an assessment within two days.',
  },
  'A.5.8': {
    owner: cto,
    how: 'Each project answers ten questions on security at its start; those that answer yes to one get a review before release.',
    business: good,
  },
  'A.5.9': {
    owner: it,
    how: 'Inventory in this system, fed from device management and the cloud accounts, verified twice a year.',
    business: 'What is not known cannot be protected.',
  },
  'A.5.10': {
    owner: isms,
    how: 'Rules of use for devices, data, private use and AI assistants, two pages, confirmed on joining.',
  },
  'A.5.11': {
    owner: hr,
    how: 'Leaver checklist with devices, badges and keys; People closes it only when IT has confirmed the return.',
    business: 'Devices are expensive and hold data.',
  },
  'A.5.12': { owner: isms, how: 'Four classes; the owner of an asset decides, default is Internal.', business: good },
  'A.5.13': {
    owner: isms,
    how: 'Templates carry the class in the footer; mail to outside is marked by the sender.',
    business: 'A class nobody sees changes nothing.',
    stated: 'partial',
  },
  'A.5.14': {
    owner: it,
    how: 'Customer interfaces use SFTP or TLS only; files for people go through the share with expiry, never as attachment above Internal.',
    business: 'Customers hand us their orders over these ways.',
  },
  'A.5.15': {
    owner: it,
    how: 'Access by role; rules per system approved by its owner; nothing without single sign-on is bought.',
    business: good,
  },
  'A.5.16': {
    owner: it,
    how: 'One identity per person, created from the personnel system; service accounts have a named owner.',
  },
  'A.5.17': {
    owner: it,
    how: 'Passwords of 14 characters checked against known leaks; shared secrets in the password manager only.',
  },
  'A.5.18': {
    owner: it,
    how: 'Access is granted on request of the manager and reviewed each quarter by the owner of the system.',
  },
  'A.5.19': {
    owner: fin,
    how: 'Suppliers in three classes; for the upper two a questionnaire before the contract and each year.',
  },
  'A.5.20': { owner: fin, how: 'Security annex and processing agreement in all contracts of the upper two classes.' },
  'A.5.21': {
    owner: eng,
    how: 'Packages come through our own mirror after seven days; images are built from signed bases only.',
  },
  'A.5.22': {
    owner: fin,
    how: 'Reports of the upper class are read each year; changes of hosting or subcontractors are assessed when announced.',
  },
  'A.5.23': {
    owner: it,
    how: 'Register of cloud services with owner and exit; accounts are created from a checked template.',
    provider: ['shared', 'Stratopoint Cloud'],
  },
  'A.5.24': {
    owner: it,
    how: 'Incident handbook with roles, severities, deadlines for customers and authorities; on call around the clock.',
  },
  'A.5.25': {
    owner: it,
    how: 'Two people judge an event within one hour against five criteria; the decision is noted in the ticket.',
  },
  'A.5.26': { owner: it, how: 'Runbooks for seven kinds of incident; a scribe keeps the time line.' },
  'A.5.27': {
    owner: isms,
    how: 'Review within ten days after each incident of severity 1 or 2; actions are tracked to their end.',
    business: 'The same incident should not happen twice.',
  },
  'A.5.28': {
    owner: isms,
    how: 'Rules for securing traces are drafted with the external forensics firm.',
    business: 'Claims against the insurer need proof.',
    stated: 'planned',
    planned: 500,
  },
  'A.5.29': {
    owner: it,
    how: 'Recovery runbook keeps access rules and encryption in force during an emergency.',
    stated: 'planned',
    later: [208, 'implemented'],
  },
  'A.5.30': {
    owner: it,
    how: 'Recovery time of four hours measured for booking; yard and portal follow this winter.',
    stated: 'partial',
  },
  'A.5.31': {
    owner: fin,
    how: 'Register of obligations with owner and review date, twice a year with the lawyer.',
    business: 'Laws bind us whether we list them or not.',
  },
  'A.5.32': { owner: cto, how: 'Licence check in the build; list of components shipped with each release.' },
  'A.5.33': {
    owner: fin,
    how: 'Accounting records in a system with audit trail; retention table with eleven kinds of record.',
  },
  'A.5.34': {
    owner: isms,
    how: 'Register of processing, external data protection officer, erasure periods per kind of data.',
  },
  'A.5.35': {
    owner: isms,
    how: 'Yearly review by the internal auditor who runs nothing that is reviewed; an outside look every second year.',
  },
  'A.5.36': {
    owner: isms,
    how: 'Owners confirm each half-year that the rules are kept; samples by the internal auditor.',
  },
  'A.5.37': {
    owner: eng,
    how: '63 runbooks beside the code; those for restore and failover are rehearsed.',
    stated: 'planned',
    later: [294, 'implemented'],
  },
  'A.6.1': {
    owner: hr,
    how: 'References and identity for everybody; certificate of conduct for those with access to production, as far as the law of the country allows.',
    business: good,
  },
  'A.6.2': {
    owner: hr,
    how: 'Duties of security and confidentiality are part of every contract of employment.',
    business: 'Duties must be agreed before they can be asked for.',
  },
  'A.6.3': {
    owner: hr,
    how: 'Training on the first day and yearly; four phishing exercises a year; extra course for engineers.',
  },
  'A.6.4': {
    owner: hr,
    how: 'Graduated procedure agreed with the works council.',
    business: 'Fair and known consequences.',
  },
  'A.6.5': {
    owner: hr,
    how: 'Leavers are reminded of what continues to bind them; accounts end at six o’clock on the last day.',
  },
  'A.6.6': {
    owner: fin,
    how: 'Confidentiality agreements with all suppliers, freelancers and visitors of engineering.',
  },
  'A.6.7': {
    owner: it,
    how: 'Managed laptops, encrypted disk, private line or company hotspot; no printing at home.',
    business: 'Half of us work from home three days a week.',
  },
  'A.6.8': { owner: isms, how: 'A button in the mail program and a channel; every report is answered the same day.' },
  'A.7.1': {
    owner: hr,
    how: 'Both offices are closed units; doors shut by themselves.',
    business: 'Protects people and devices.',
  },
  'A.7.2': {
    owner: hr,
    how: 'Badge reader at every entrance; visitors are met, listed and accompanied.',
    stated: 'planned',
    later: [180, 'implemented'],
  },
  'A.7.3': {
    owner: hr,
    how: 'Meeting rooms and the network cabinet are locked; glass is frosted up to eye level.',
    business: 'Talks with customers take place there.',
  },
  'A.7.4': {
    owner: hr,
    how: 'Cameras of the landlord at both entrances, alarm with a guard service at night.',
    business: 'The insurer of the office contents asks for it.',
    provider: ['provider', 'Hafenwacht Objektschutz'],
  },
  'A.7.5': {
    owner: hr,
    how: 'Smoke detection, extinguishers checked yearly, nothing below the second floor in Hamburg.',
    business: 'The Hamburg office stands by the water.',
  },
  'A.7.6': {
    owner: hr,
    how: '',
    excluded:
      'There are no secure areas: nothing is hosted in the offices and no room needs rules beyond those of the office itself.',
  },
  'A.7.7': {
    owner: hr,
    how: 'Screens lock after five minutes; desks are clear at night; privacy filters for those who travel.',
  },
  'A.7.8': {
    owner: it,
    how: 'Network equipment stands in locked cabinets away from windows and kitchens.',
    business: sound,
  },
  'A.7.9': {
    owner: it,
    how: 'Devices outside are encrypted, locatable and never left in cars.',
    business: 'Sales and consultants travel weekly.',
  },
  'A.7.10': {
    owner: it,
    how: 'Removable media are blocked on laptops; two encrypted sticks exist for gate terminals.',
    business: 'Media get lost.',
  },
  'A.7.11': {
    owner: it,
    how: '',
    excluded:
      'No system of ours runs in the offices: power, water or cooling there fail without effect on the service, and people work from home.',
  },
  'A.7.12': {
    owner: it,
    how: '',
    excluded:
      'The offices use wireless networks only; the cables up to the cabinet belong to the landlord and carry encrypted traffic alone.',
  },
  'A.7.13': {
    owner: it,
    how: 'Laptops are replaced after four years; firewalls are under contract with next-day exchange.',
    business: sound,
  },
  'A.7.14': {
    owner: it,
    how: 'Disks are erased cryptographically and the devices handed to a certified recycler with a record of serial numbers.',
    business: 'Old devices held customer data.',
    provider: ['shared', 'Kreislauf IT Verwertung'],
  },
  'A.8.1': {
    owner: it,
    how: 'All laptops are enrolled: encryption, screen lock, updates within seven days, remote wipe.',
    business: 'Work happens on laptops.',
  },
  'A.8.2': {
    owner: it,
    how: 'Privileged roles are taken on request for four hours, with reason; nobody holds them permanently.',
  },
  'A.8.3': {
    owner: it,
    how: 'Shares and tools are open to teams, not to all; customer data only to support and the owning team.',
    business: good,
  },
  'A.8.4': { owner: cto, how: 'Repositories by team; changes to protected branches only through review.' },
  'A.8.5': { owner: it, how: 'Multi-factor sign-in for everybody, security keys for production.' },
  'A.8.6': {
    owner: eng,
    how: 'Load is forecast each quarter from the bookings of customers; scaling rules with a third in reserve.',
  },
  'A.8.7': {
    owner: it,
    how: 'Endpoint protection with isolation on all laptops; attachments are opened in a sandbox first.',
  },
  'A.8.8': {
    owner: eng,
    how: 'Images and packages are scanned daily; critical findings within seven days, high within thirty.',
  },
  'A.8.9': {
    owner: it,
    how: 'Configuration as code; organization-wide rules refuse public storage and open ports; drift is reported daily.',
  },
  'A.8.10': {
    owner: eng,
    how: 'Jobs erase drivers and gate pictures by period; exports still have to be erased by hand.',
    stated: 'partial',
  },
  'A.8.11': {
    owner: eng,
    how: 'Tool for masked copies of single bookings is being built.',
    stated: 'planned',
    planned: 455,
  },
  'A.8.12': {
    owner: it,
    how: 'Detection of personal data in outgoing mail is on trial with support.',
    business: 'Lists of drivers have been mailed by mistake.',
    stated: 'planned',
    planned: 520,
  },
  'A.8.13': {
    owner: it,
    how: 'Daily copies in the second region, locked for 35 days; restore rehearsed each quarter.',
  },
  'A.8.14': {
    owner: it,
    how: 'Three zones, two instances of each service, standby database with automatic switch.',
    provider: ['shared', 'Stratopoint Cloud'],
  },
  'A.8.15': {
    owner: it,
    how: 'Sign-in, administration and changes of rights are logged into an account of its own for ninety days.',
  },
  'A.8.16': {
    owner: it,
    how: 'Detection rules watched around the clock by a service provider; alerts reach on-call within fifteen minutes.',
    stated: 'planned',
    later: [218, 'implemented'],
  },
  'A.8.17': {
    owner: it,
    how: 'All systems take their time from two sources of the cloud provider; offset is monitored.',
    business: 'Times in logs must match.',
  },
  'A.8.18': { owner: it, how: 'Administrative tools run on the jump host only and are logged.', business: sound },
  'A.8.19': {
    owner: eng,
    how: 'Only signed images start in production; on laptops software comes from the catalogue.',
  },
  'A.8.20': {
    owner: it,
    how: 'Firewalls in both offices, guests apart, no way from the office into production.',
    business: sound,
  },
  'A.8.21': {
    owner: it,
    how: 'Connections of both offices with agreed availability; the provider’s mail and DNS services are hardened.',
    business: 'Support depends on the connection.',
  },
  'A.8.22': {
    owner: it,
    how: 'Separate accounts and networks for production, staging, backup and logs.',
    business: good,
  },
  'A.8.23': {
    owner: it,
    how: 'Requests from laptops pass a filter for known malicious sites.',
    business: 'First defence against phishing pages.',
    provider: ['provider', 'Gatewell'],
  },
  'A.8.24': {
    owner: eng,
    how: 'TLS 1.2 or later everywhere, disks and backups encrypted, keys in the key service, rotated yearly.',
  },
  'A.8.25': {
    owner: cto,
    how: 'Described way from idea to operation with review, tests, scan and approval.',
    business: good,
  },
  'A.8.26': {
    owner: cto,
    how: 'Requirements on tenants, sign-in and logging for each service; the check in the gateway covers 23 of 31 services.',
    stated: 'partial',
  },
  'A.8.27': {
    owner: cto,
    how: 'Nine principles, among them separate tenants and least rights; deviations are decided in the architecture round.',
    business: sound,
  },
  'A.8.28': { owner: cto, how: 'Rules per language, static analysis in the build, review by a second person.' },
  'A.8.29': {
    owner: cto,
    how: 'Automatic tests per change, yearly penetration test by a third party, findings tracked.',
  },
  'A.8.30': {
    owner: cto,
    how: '',
    excluded:
      'No development is outsourced: the single freelance engineer works in our repositories under our process and our supervision.',
  },
  'A.8.31': {
    owner: eng,
    how: 'Separate cloud accounts; deployments to production by the pipeline only.',
    business: sound,
  },
  'A.8.32': {
    owner: eng,
    how: 'Each change is a merge request with review, tests and a way back; urgent ones are reviewed the next day.',
    business: good,
  },
  'A.8.33': {
    owner: eng,
    how: 'Staging is filled by a generator; copies of real data need the approval of the data protection coordinator.',
  },
  'A.8.34': {
    owner: isms,
    how: 'Audits and scans of production are agreed with on-call and run in read-only roles.',
    business: 'An audit must not cause the outage it looks for.',
  },
}
