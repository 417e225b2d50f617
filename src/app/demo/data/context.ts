import type { PlaceableKind } from '#modules/organization/domain/placeable.ts'

/** A unit, site, service or product of the company, and where it lies. */
export interface DemoPart {
  readonly kind: PlaceableKind
  readonly name: string
  readonly about: string
  readonly owner: string
  /** Why it lies outside; without one it lies inside. */
  readonly outside?: string
}

export const parts: readonly DemoPart[] = [
  {
    kind: 'unit',
    name: 'Technology',
    about: 'Builds and runs the products: platform, product engineering, IT and operations.',
    owner: 'cto',
  },
  {
    kind: 'unit',
    name: 'Customer Support and Success',
    about: 'Answers customers around the clock, sets up new ones, sees their bookings to do so.',
    owner: 'Rafael Pinto',
  },
  {
    kind: 'unit',
    name: 'People and Office',
    about: 'Hires people, keeps their files, runs both offices.',
    owner: 'hr-lead',
  },
  {
    kind: 'unit',
    name: 'Finance and Legal',
    about: 'Contracts, purchasing, accounts, data protection.',
    owner: 'finance-lead',
  },
  {
    kind: 'unit',
    name: 'Sales and Marketing',
    about: 'Wins customers. Works with the CRM and with demonstration data, never with bookings of customers.',
    owner: 'Stefan Kroll',
  },
  { kind: 'site', name: 'Hamburg', about: 'Head office, 46 desks, no servers.', owner: 'hr-lead' },
  { kind: 'site', name: 'Lisbon', about: 'Second office, 24 desks, most of the support team.', owner: 'hr-lead' },
  {
    kind: 'site',
    name: 'Homes of employees',
    about: 'About a third of the working time is worked at home, on laptops of the company.',
    owner: 'it-lead',
  },
  {
    kind: 'site',
    name: 'Shared desks in Porto',
    about: 'Four rented desks for the sales team, network of the landlord.',
    owner: 'Stefan Kroll',
    outside:
      'Only sales people work there, without access to customer data; what they use is reached as from any café.',
  },
  {
    kind: 'service',
    name: 'Slot booking as a service',
    about: 'Carriers book loading slots at warehouses; hosted for 310 shippers in one region of the EU.',
    owner: 'cto',
  },
  {
    kind: 'service',
    name: 'Customer support',
    about: 'Desk, telephone and remote help for shippers, warehouses and drivers.',
    owner: 'Rafael Pinto',
  },
  {
    kind: 'service',
    name: 'On-site installation of gate terminals',
    about: 'Mounting and wiring at warehouses.',
    owner: 'Rafael Pinto',
    outside: 'Done by the customer’s electricians; Tidelane delivers the terminal with its software and checks it.',
  },
  { kind: 'product', name: 'Tidelane Slot Booking', about: 'Booking of loading slots.', owner: 'cto' },
  { kind: 'product', name: 'Tidelane Yard', about: 'Movements of trucks between gate and ramp.', owner: 'cto' },
  { kind: 'product', name: 'Driver app', about: 'Arrival, ramp and waiting time on the driver’s phone.', owner: 'cto' },
]

/** What came when the system was a year old: placed for the second version of the statement. */
export const laterPart: DemoPart = {
  kind: 'product',
  name: 'Carrier portal',
  about: 'Self-service for carriers: fleets, drivers, standing bookings. In use by customers since summer.',
  owner: 'cto',
}

/** Started after the second version was approved, and placed by nobody yet: the statement says so by itself. */
export const unplacedPart: DemoPart = {
  kind: 'service',
  name: 'Rental of gate terminals',
  about: 'Terminals stay property of Tidelane, are maintained remotely and come back with data of drivers on them.',
  owner: 'Rafael Pinto',
}

/** What crosses the boundary: kind, name, who is on the other side, what it is, controls on it, owner. */
export const crossings: readonly {
  readonly kind: 'interface' | 'dependency'
  readonly name: string
  readonly counterpart: string
  readonly about: string
  readonly controls: readonly string[]
  readonly owner: string
}[] = [
  {
    kind: 'dependency',
    name: 'Cloud region',
    counterpart: 'Cloud provider',
    about: 'Computing, storage and the managed database; identity, configuration and data stay the company’s part.',
    controls: ['A.5.23', 'A.8.9', 'A.8.14'],
    owner: 'it-lead',
  },
  {
    kind: 'interface',
    name: 'Bookings of customer systems',
    counterpart: 'Warehouse and transport management systems of customers',
    about: 'Messages in both directions through the integration hub, one credential per customer.',
    controls: ['A.5.14', 'A.8.5', 'A.8.24'],
    owner: 'cto',
  },
  {
    kind: 'dependency',
    name: 'Payroll',
    counterpart: 'Payroll bureau',
    about: 'Monthly hand-over of working times and master data over the bureau’s portal.',
    controls: ['A.5.14', 'A.5.20'],
    owner: 'hr-lead',
  },
  {
    kind: 'interface',
    name: 'Sales and Marketing',
    counterpart: 'Sales and Marketing, partly at Porto',
    about: 'Contracts and contacts pass through the CRM; demonstrations run on synthetic data.',
    controls: ['A.5.15', 'A.8.31'],
    owner: 'Stefan Kroll',
  },
  {
    kind: 'dependency',
    name: 'E-mail and documents',
    counterpart: 'Provider of the office suite',
    about: 'Mail, calendar, documents and sign-in of everybody.',
    controls: ['A.5.23', 'A.8.5', 'A.5.16'],
    owner: 'it-lead',
  },
]

/** What is left out beside whole parts of the company. */
export const exclusions: readonly { readonly name: string; readonly justification: string }[] = [
  {
    name: 'Machines and networks at customer sites',
    justification:
      'Gates, scanners and the network around them belong to the customer, who decides about them; the terminal’s own software lies inside.',
  },
]

/** The words of the statement, first and second version. */
export const statements = {
  first: {
    statement:
      'The information security management system of Tidelane Systems GmbH covers development, operation and support of the hosted services Tidelane Slot Booking, Tidelane Yard and Driver app, with the people, processes, information and technology they need, at the offices in Hamburg and Lisbon and at the homes of employees.',
    considerations:
      'Issues (4.1): a hosted product on rented infrastructure, two countries, a third of the work at home, growth by a few large customers. Requirements (4.2): the security annex of the largest customer names the hosted service and both offices; data protection law follows the data of drivers wherever it is worked with. Sales lies inside as an organization, its rented desks do not.',
  },
  second: {
    statement:
      'The information security management system of Tidelane Systems GmbH covers development, operation and support of the hosted services Tidelane Slot Booking, Tidelane Yard, Carrier portal and Driver app, with the people, processes, information and technology they need, at the offices in Hamburg and Lisbon and at the homes of employees.',
    considerations:
      'As in the first version. New: the Carrier portal went into use, is sold with the same promises and shares identity service and database; leaving it out would cut through both.',
  },
} as const
