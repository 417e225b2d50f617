/** Interested parties: key, name, kind, what they want. */
export const parties: readonly (readonly [string, string, 'internal' | 'external', string])[] = [
  [
    'shippers',
    'Shippers and warehouse operators',
    'external',
    'Bookings that are right, available around the clock, and seen by nobody else.',
  ],
  [
    'carriers',
    'Carriers and their drivers',
    'external',
    'Short waiting times; names and phone numbers of drivers stay with those who need them.',
  ],
  [
    'retail',
    'Nordhaven Retail Group (largest customer)',
    'external',
    'Certified information security, 99.8 % availability, notice of incidents within 24 hours.',
  ],
  [
    'authority',
    'Data protection authorities',
    'external',
    'Lawful processing, notification of breaches in time, answers to inquiries.',
  ],
  ['staff', 'Employees', 'internal', 'Clear rules, tools that work, fair treatment of their own data.'],
  [
    'owners',
    'Shareholders',
    'internal',
    'No loss of major customers through an incident; certification by the end of the year.',
  ],
  [
    'insurer',
    'Cyber insurer',
    'external',
    'Multi-factor sign-in, offline backups and tested recovery as conditions of cover.',
  ],
  [
    'cloud',
    'Cloud and hosting providers',
    'external',
    'Use within the terms; secure configuration of the customer’s share.',
  ],
]

/** An obligation and the controls it asks for. */
export interface DemoObligation {
  readonly title: string
  readonly kind: 'law' | 'regulation' | 'contract' | 'interestedParty'
  readonly source: string
  readonly clause?: string
  readonly party: string
  readonly requirement: string
  readonly owner: string
  /** Day of the story on which it is to be reviewed next. */
  readonly review: number
  readonly controls: readonly string[]
}

export const obligations: readonly DemoObligation[] = [
  {
    title: 'Security of processing',
    kind: 'law',
    source: 'GDPR',
    clause: 'Art. 32',
    party: 'authority',
    requirement:
      'Measures appropriate to the risk for confidentiality, integrity, availability and resilience; regular testing of their effectiveness.',
    owner: 'isms-manager',
    review: 600,
    controls: ['A.5.34', 'A.8.24', 'A.5.29', 'A.5.35'],
  },
  {
    title: 'Notification of personal data breaches',
    kind: 'law',
    source: 'GDPR',
    clause: 'Art. 33 and 34',
    party: 'authority',
    requirement:
      'Report a breach to the authority within 72 hours and inform those concerned where the risk to them is high.',
    owner: 'isms-manager',
    review: 600,
    controls: ['A.5.24', 'A.5.26', 'A.5.5', 'A.6.8'],
  },
  {
    title: 'Processing on behalf of customers',
    kind: 'law',
    source: 'GDPR',
    clause: 'Art. 28',
    party: 'shippers',
    requirement:
      'Process only on documented instructions; bind sub-processors to the same duties; delete or return data at the end.',
    owner: 'finance-lead',
    review: 600,
    controls: ['A.5.20', 'A.8.10', 'A.6.6'],
  },
  {
    title: 'Erasure and storage limitation',
    kind: 'law',
    source: 'GDPR',
    clause: 'Art. 5(1)(e) and 17',
    party: 'carriers',
    requirement: 'Driver data is erased six months after the last visit, logs after ninety days.',
    owner: 'it-lead',
    review: 560,
    controls: ['A.8.10', 'A.5.33'],
  },
  {
    title: 'Cyber security risk management of digital providers',
    kind: 'law',
    source: 'National act implementing Directive (EU) 2022/2555',
    clause: 'Risk management measures',
    party: 'authority',
    requirement: 'Registration, risk management measures, early warning of significant incidents within 24 hours.',
    owner: 'cto',
    review: 470,
    controls: ['A.5.7', 'A.5.24', 'A.5.19', 'A.5.30'],
  },
  {
    title: 'Retention of business records',
    kind: 'law',
    source: 'Commercial and tax codes (Germany, Portugal)',
    clause: '§ 147 AO; Art. 123 CIRC',
    party: 'authority',
    requirement: 'Accounting records are kept unaltered and readable for eight to ten years.',
    owner: 'finance-lead',
    review: 410,
    controls: ['A.5.33'],
  },
  {
    title: 'Trade secret protection',
    kind: 'law',
    source: 'Directive (EU) 2016/943 as implemented',
    clause: 'Art. 2',
    party: 'owners',
    requirement: 'Source code and price lists are protected by reasonable steps, or they are not protected at all.',
    owner: 'cto',
    review: 620,
    controls: ['A.5.32', 'A.6.6', 'A.8.4'],
  },
  {
    title: 'Framework agreement: security annex',
    kind: 'contract',
    source: 'Nordhaven Retail Group, framework agreement',
    clause: 'Annex 4',
    party: 'retail',
    requirement: 'Certificate to ISO/IEC 27001, yearly penetration test by a third party, summary handed over.',
    owner: 'cto',
    review: 500,
    controls: ['A.8.29', 'A.5.36', 'A.8.8'],
  },
  {
    title: 'Framework agreement: service levels',
    kind: 'contract',
    source: 'Nordhaven Retail Group, framework agreement',
    clause: 'Annex 2',
    party: 'retail',
    requirement: '99.8 % availability per month; recovery of the service within four hours.',
    owner: 'it-lead',
    review: 500,
    controls: ['A.8.6', 'A.8.14', 'A.5.30'],
  },
  {
    title: 'Framework agreement: incident notice',
    kind: 'contract',
    source: 'Nordhaven Retail Group, framework agreement',
    clause: 'Annex 4, no. 7',
    party: 'retail',
    requirement: 'Incidents that concern the customer’s data are reported within 24 hours with what is known.',
    owner: 'isms-manager',
    review: 500,
    controls: ['A.5.26', 'A.5.25'],
  },
  {
    title: 'Conditions of the cyber insurance',
    kind: 'contract',
    source: 'Policy CY-20417',
    clause: 'Section C',
    party: 'insurer',
    requirement: 'Multi-factor sign-in for all remote access, a backup that cannot be changed, a yearly recovery test.',
    owner: 'finance-lead',
    review: 440,
    controls: ['A.8.5', 'A.8.13'],
  },
  {
    title: 'Shared responsibility with the cloud provider',
    kind: 'contract',
    source: 'Customer agreement with the cloud provider',
    clause: 'Shared responsibility',
    party: 'cloud',
    requirement: 'Identity, configuration and data are the customer’s part; the provider’s reports are to be read.',
    owner: 'it-lead',
    review: 520,
    controls: ['A.5.23', 'A.8.9'],
  },
  {
    title: 'Open source licences',
    kind: 'contract',
    source: 'Licences of the components used',
    party: 'owners',
    requirement: 'Licence texts are shipped; components with copyleft duties do not enter the mobile app.',
    owner: 'cto',
    review: 540,
    controls: ['A.5.32'],
  },
  {
    title: 'Privacy of employees',
    kind: 'interestedParty',
    source: 'Agreement with the works council on monitoring',
    party: 'staff',
    requirement: 'Logs are evaluated for security only, by two people, and never to measure performance.',
    owner: 'hr-lead',
    review: 530,
    controls: ['A.8.15', 'A.8.16', 'A.5.34'],
  },
  {
    title: 'Certification by the end of the year',
    kind: 'interestedParty',
    source: 'Resolution of the shareholders',
    party: 'owners',
    requirement: 'Certificate to ISO/IEC 27001 for both offices and the hosted service.',
    owner: 'cto',
    review: 480,
    controls: ['A.5.1', 'A.5.4', 'A.5.35', 'A.5.36'],
  },
]
