import type { ImportContext, ImportControl, ImportMethod } from '#kernel/import.ts'
import type { LocalDate } from '#kernel/time.ts'

const levels = (...names: string[]) => names.map((name, i) => ({ value: i + 1, name }))
const consequences = levels('Negligible', 'Minor', 'Noticeable', 'Severe', 'Ruinous')

/** Five by five, product, bands at 4, 9 and 15. */
export const fiveByFive: ImportMethod = {
  name: 'Annual 2026',
  likelihood: levels('Remote', 'Unlikely', 'Possible', 'Likely', 'Expected'),
  dimensions: [
    { key: 'financial', name: 'Financial', levels: consequences },
    { key: 'legal', name: 'Legal', levels: consequences },
  ],
  bands: [
    { key: 'low', name: 'Low' },
    { key: 'moderate', name: 'Moderate' },
    { key: 'high', name: 'High' },
    { key: 'critical', name: 'Critical' },
  ],
  levelOf: (likelihood, impact) => {
    const on = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 5
    if (!on(likelihood) || !on(impact)) return null
    const score = likelihood * impact
    const band = score <= 4 ? 0 : score <= 9 ? 1 : score <= 15 ? 2 : 3
    return fiveByFive.bands[band] ?? null
  },
}

const control = (ref: string, en: string, de: string | null, ...predecessors: [string, string][]): ImportControl => ({
  ref,
  titles: de === null ? { en } : { en, de },
  predecessors: predecessors.map(([old, title]) => ({ ref: old, title })),
})

/** A dozen controls with what went into them. */
export const someControls: readonly ImportControl[] = [
  control(
    'A.5.1',
    'Policies for information security',
    'Informationssicherheitsrichtlinien',
    ['A.5.1.1', 'Policies for information security'],
    ['A.5.1.2', 'Review of the policies for information security'],
  ),
  control('A.5.2', 'Information security roles and responsibilities', null, [
    'A.6.1.1',
    'Information security roles and responsibilities',
  ]),
  control('A.5.3', 'Segregation of duties', null, ['A.6.1.2', 'Segregation of duties']),
  control('A.5.9', 'Inventory of information and other associated assets', null, ['A.8.1.1', 'Inventory of assets']),
  control('A.5.10', 'Acceptable use of information and other associated assets', null, [
    'A.8.1.3',
    'Acceptable use of assets',
  ]),
  control(
    'A.5.15',
    'Access control',
    null,
    ['A.9.1.1', 'Access control policy'],
    ['A.9.1.2', 'Access to networks and network services'],
  ),
  control('A.5.16', 'Identity management', null, ['A.9.2.1', 'User registration and de-registration']),
  control('A.5.17', 'Authentication information', null, [
    'A.9.2.4',
    'Management of secret authentication information of users',
  ]),
  control('A.6.1', 'Screening', 'Sicherheitsüberprüfung', ['A.7.1.1', 'Screening']),
  control(
    'A.7.10',
    'Storage media',
    null,
    ['A.8.3.1', 'Management of removable media'],
    ['A.8.3.2', 'Disposal of media'],
  ),
  control('A.8.5', 'Secure authentication', null, ['A.9.4.2', 'Secure log-on procedures']),
  control('A.8.13', 'Information backup', null, ['A.12.3.1', 'Information backup']),
  control('A.8.15', 'Logging', null, ['A.12.4.1', 'Event logging']),
]

/** What an organization has before its first import: four people, two roles, a few controls, a method. */
export function importContext(changes: Partial<ImportContext> = {}): ImportContext {
  const person = (id: string, name: string, jobTitle: string | null, leftOn: string | null = null) => ({
    id,
    name,
    email: `${id}@example.org`,
    jobTitle,
    leftOn: leftOn as LocalDate | null,
  })
  return {
    today: '2026-04-15' as LocalDate,
    language: 'en',
    people: [
      person('mira', 'Mira Anders', 'Head of IT'),
      person('jon', 'Jon Berg', 'Engineer'),
      person('eva', 'Eva Berg', 'Engineer'),
      person('old', 'Otto Alt', 'Warehouse Manager', '2025-12-31'),
    ],
    roles: [
      { name: 'Information Security Officer', aliases: [], holderIds: ['mira'] },
      { name: 'Data Protection Officer', aliases: [], holderIds: [] },
    ],
    controls: someControls,
    assets: [
      { id: 'asset-erp', ref: 'A-7', name: 'ERP system' },
      { id: 'asset-files', ref: 'A-8', name: 'File server (main site)' },
    ],
    risks: [
      { id: 'risk-1', ref: 'R-1', name: 'Fire in the server room' },
      { id: 'risk-2', ref: 'R-2', name: 'Phishing' },
    ],
    existing: [],
    classifications: [
      { value: 'public', words: ['Public'] },
      { value: 'internal', words: ['Internal'] },
      { value: 'confidential', words: ['Confidential'] },
      { value: 'secret', words: ['Strictly confidential'] },
    ],
    method: fiveByFive,
    ...changes,
  }
}
