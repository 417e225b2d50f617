import type { Role } from '#platform/access/roles.ts'

/** The company of the demo. Its addresses end in `.example`, which nobody can own. */
export const company = {
  name: 'Tidelane Systems GmbH',
  sector: 'software',
  size: '51-250',
  language: 'en',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
} as const

/** Somebody who may sign in. Those with `title` are personas, whom a visitor may act as. */
export interface DemoMember {
  readonly key: string
  readonly name: string
  readonly job: string
  readonly team: string
  readonly roles: readonly Role[]
  readonly title: string | null
  readonly external?: boolean
}

/** In the order in which the sign-in page offers them. */
export const members: readonly DemoMember[] = [
  {
    key: 'isms-manager',
    name: 'Judith Amsel',
    job: 'Information Security Manager',
    team: 'Security',
    roles: ['ismsManager'],
    title: 'ISMS manager: runs the management system',
  },
  {
    key: 'cto',
    name: 'Henrik Solberg',
    job: 'Chief Technology Officer',
    team: 'Management',
    roles: ['topManagement', 'owner'],
    title: 'CTO: top management, approves method and statement, owns product risks',
  },
  {
    key: 'it-lead',
    name: 'Priya Raman',
    job: 'Head of IT and Operations',
    team: 'IT and Operations',
    roles: ['owner'],
    title: 'Head of IT: owns infrastructure, its risks and controls',
  },
  {
    key: 'hr-lead',
    name: 'Marlene Voss',
    job: 'Head of People',
    team: 'People and Office',
    roles: ['owner'],
    title: 'Head of People: owns personnel risks and controls',
  },
  {
    key: 'engineer',
    name: 'Tomás Ibarra',
    job: 'Senior Platform Engineer',
    team: 'Platform',
    roles: ['contributor'],
    title: 'Engineer: carries out actions, supplies evidence',
  },
  {
    key: 'internal-auditor',
    name: 'Oskar Lindqvist',
    job: 'Quality and Internal Audit',
    team: 'Management',
    roles: ['internalAuditor'],
    title: 'Internal auditor: reads everything, verifies assets',
  },
  {
    key: 'external-auditor',
    name: 'Ines Caldwell',
    job: 'Lead Auditor, Northmark Certification',
    team: '',
    roles: ['externalAuditor'],
    title: 'External auditor: reads, until the end of the audit',
    external: true,
  },
  {
    key: 'employee',
    name: 'Lena Brandt',
    job: 'Customer Support Specialist',
    team: 'Customer Support',
    roles: ['employee'],
    title: 'Employee: sees what concerns everybody',
  },
  {
    key: 'administrator',
    name: 'Jonas Weller',
    job: 'IT Administrator',
    team: 'IT and Operations',
    roles: ['administrator'],
    title: 'Administrator: members, roles, settings',
  },
  {
    key: 'finance-lead',
    name: 'Daniel Kosta',
    job: 'Head of Finance',
    team: 'Finance and Legal',
    roles: ['owner'],
    title: null,
  },
]

/** Teams with their leads (keys of members or names) and the team above. */
export const teams: readonly { readonly name: string; readonly lead: string; readonly parent?: string }[] = [
  { name: 'Management', lead: 'Annika Thorsen' },
  { name: 'Security', lead: 'Judith Amsel', parent: 'Management' },
  { name: 'Technology', lead: 'Henrik Solberg', parent: 'Management' },
  { name: 'IT and Operations', lead: 'Priya Raman', parent: 'Technology' },
  { name: 'Platform', lead: 'Yusuf Demir', parent: 'Technology' },
  { name: 'Product Engineering', lead: 'Carla Menezes', parent: 'Technology' },
  { name: 'Product and Design', lead: 'Elin Sandberg', parent: 'Technology' },
  { name: 'Customer Support', lead: 'Rafael Pinto', parent: 'Management' },
  { name: 'Customer Success', lead: 'Nadia Haddad', parent: 'Management' },
  { name: 'Sales and Marketing', lead: 'Stefan Kroll', parent: 'Management' },
  { name: 'People and Office', lead: 'Marlene Voss', parent: 'Management' },
  { name: 'Finance and Legal', lead: 'Daniel Kosta', parent: 'Management' },
]

/** Everybody who does not sign in, by team: name, job title. */
export const staff: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  Management: [['Annika Thorsen', 'Chief Executive Officer']],
  Security: [['Mikkel Aaen', 'Security Engineer']],
  'IT and Operations': [
    ['Beatriz Falcão', 'Systems Administrator'],
    ['Florian Huth', 'Network Administrator'],
    ['Sanna Virtanen', 'IT Support'],
    ['Diogo Reis', 'IT Support'],
  ],
  Platform: [
    ['Yusuf Demir', 'Platform Lead'],
    ['Agnes Wolter', 'Site Reliability Engineer'],
    ['Miguel Antunes', 'Site Reliability Engineer'],
    ['Pavel Horak', 'Database Engineer'],
    ['Ronja Lübke', 'Platform Engineer'],
  ],
  'Product Engineering': [
    ['Carla Menezes', 'Engineering Manager'],
    ['Björn Ahlgren', 'Lead Engineer Slot Booking'],
    ['Inês Cardoso', 'Lead Engineer Yard'],
    ['Matthias Greve', 'Lead Engineer Integrations'],
    ['Olga Petrenko', 'Senior Engineer'],
    ['Tiago Moura', 'Senior Engineer'],
    ['Hanna Reuter', 'Senior Engineer'],
    ['Lukas Brandes', 'Engineer'],
    ['Sofia Matos', 'Engineer'],
    ['Emre Yildiz', 'Engineer'],
    ['Klara Benning', 'Engineer'],
    ['João Valente', 'Engineer'],
    ['Nils Petersen', 'Engineer'],
    ['Marta Esteves', 'Engineer'],
    ['Jakob Thiele', 'Engineer'],
    ['Rita Sequeira', 'Test Engineer'],
    ['Anton Falk', 'Test Engineer'],
    ['Helena Duarte', 'Mobile Engineer'],
    ['Simon Krüger', 'Mobile Engineer'],
  ],
  'Product and Design': [
    ['Elin Sandberg', 'Head of Product'],
    ['Vasco Teixeira', 'Product Manager Carrier Portal'],
    ['Merle Jansen', 'Product Manager Yard'],
    ['Catarina Lobo', 'Designer'],
    ['Finn Oltmann', 'Designer'],
    ['Greta Hollander', 'Technical Writer'],
  ],
  'Customer Support': [
    ['Rafael Pinto', 'Head of Support'],
    ['Aylin Kaya', 'Support Specialist'],
    ['Duarte Neves', 'Support Specialist'],
    ['Theresa Mohn', 'Support Specialist'],
    ['Bruno Salgado', 'Support Specialist'],
    ['Wiebke Carstens', 'Support Specialist'],
  ],
  'Customer Success': [
    ['Nadia Haddad', 'Head of Customer Success'],
    ['Peter Ziegler', 'Implementation Consultant'],
    ['Leonor Barros', 'Implementation Consultant'],
    ['Malte Siemers', 'Implementation Consultant'],
    ['Francisca Prado', 'Customer Success Manager'],
    ['Ole Martens', 'Customer Success Manager'],
  ],
  'Sales and Marketing': [
    ['Stefan Kroll', 'Head of Sales'],
    ['Isabel Quintas', 'Account Executive'],
    ['Torben Ravn', 'Account Executive'],
    ['Jasmin Adler', 'Account Executive'],
    ['Hugo Serrano', 'Account Executive'],
    ['Birte Lorenzen', 'Bid Manager'],
    ['Mariana Coelho', 'Marketing Manager'],
    ['Kai Steffens', 'Content Editor'],
  ],
  'People and Office': [
    ['Silke Baumann', 'People Partner'],
    ['Teresa Vilar', 'Office Manager Lisbon'],
    ['Gesa Wulf', 'Office Manager Hamburg'],
    ['Andreia Fonseca', 'Recruiter'],
  ],
  'Finance and Legal': [
    ['Corinna Lenz', 'Legal Counsel and Data Protection Coordinator'],
    ['Pedro Amaral', 'Controller'],
    ['Ulrike Stamm', 'Accountant'],
    ['Marco Beltrão', 'Purchasing'],
  ],
  Contractors: [
    ['Ewa Zielinska', 'Penetration tester, Clearbrook Assurance'],
    ['Rolf Hagedorn', 'External Data Protection Officer'],
    ['Nuno Cabral', 'Freelance front-end engineer'],
    ['Saskia Timm', 'Freelance technical translator'],
  ],
}

/** Those of the staff who work for Tidelane without being employed. */
export const contractorTeam = 'Contractors'
