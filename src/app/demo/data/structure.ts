import type { PlaceableKind } from '#modules/organization/domain/placeable.ts'

/** A part of the company, and where it lies; without a place it is one nobody has placed. */
export interface DemoPart {
  readonly kind: PlaceableKind
  readonly name: string
  readonly description: string
  readonly owner: string
  readonly outside?: string
}

/** What the company consists of when its scope is drawn. */
export const parts: readonly DemoPart[] = [
  {
    kind: 'unit',
    name: 'Technology',
    description: 'Designs, builds and operates the products: product engineering, platform, IT and operations.',
    owner: 'cto',
  },
  {
    kind: 'unit',
    name: 'Customer support and success',
    description: 'Connects customers, trains them and helps when something does not work.',
    owner: 'Rafael Pinto',
  },
  {
    kind: 'unit',
    name: 'People, finance and legal',
    description: 'Personnel, payroll, accounting, purchasing, contracts.',
    owner: 'hr-lead',
  },
  {
    kind: 'unit',
    name: 'Sales and marketing',
    description: 'Finds customers and prepares offers.',
    owner: 'Stefan Kroll',
    outside:
      'Works with contact data in the system of a supplier, without access to the products or to bookings; what it hands over is recorded as an interface.',
  },
  {
    kind: 'site',
    name: 'Office Hamburg',
    description: 'Headquarters at Speicherkai 14; all units.',
    owner: 'it-lead',
  },
  {
    kind: 'site',
    name: 'Office Lisbon',
    description: 'Rua do Cais 27: product engineering and support.',
    owner: 'it-lead',
  },
  {
    kind: 'site',
    name: 'Working from home',
    description: 'About half of all working days, inside the EU, on managed laptops.',
    owner: 'hr-lead',
  },
  {
    kind: 'site',
    name: 'Shared office Munich',
    description: 'Two desks for salespeople, rented by the month.',
    owner: 'Stefan Kroll',
    outside: 'Sales only: nobody with access to the products works there, and nothing is stored there.',
  },
  {
    kind: 'service',
    name: 'Operation of the products',
    description: 'Hosting, monitoring, backup and recovery for all customers.',
    owner: 'it-lead',
  },
  {
    kind: 'service',
    name: 'Customer support',
    description: 'First and second level support in English, German and Portuguese.',
    owner: 'Rafael Pinto',
  },
  {
    kind: 'product',
    name: 'Tidelane Slot Booking',
    description: 'Booking of loading and unloading slots, with the carrier portal.',
    owner: 'cto',
  },
  {
    kind: 'product',
    name: 'Tidelane Yard',
    description: 'Gate and yard control with number plate recognition.',
    owner: 'cto',
  },
  {
    kind: 'product',
    name: 'Driver app',
    description: 'Mobile app for drivers on their way to the gate.',
    owner: 'cto',
  },
]

/** What crosses the boundary. */
export const crossings = [
  {
    kind: 'dependency',
    name: 'Hosting of the products',
    description: 'Computing, storage and managed databases in two regions of the EU.',
    counterpart: 'Cloud provider',
    controls: ['A.5.19', 'A.5.20', 'A.5.23'],
    owner: 'it-lead',
  },
  {
    kind: 'dependency',
    name: 'Warehouse and transport systems of customers',
    description: 'Slots and gate events are exchanged over interfaces of the integration hub.',
    counterpart: 'Customers',
    controls: ['A.5.14', 'A.8.21', 'A.8.26'],
    owner: 'cto',
  },
  {
    kind: 'interface',
    name: 'Contact data from sales',
    description: 'Names and addresses of new customers are handed over when a contract is signed.',
    counterpart: 'Sales and marketing',
    controls: ['A.5.14', 'A.5.34'],
    owner: 'cto',
  },
] as const

/** What is left out beside whole units and sites. */
export const leftOut = [
  {
    name: 'Systems run by customers themselves',
    justification:
      'Customers run their warehouse, transport and gate systems under their own responsibility; the interfaces to them lie inside, and what customers have to do is agreed in the contract.',
  },
] as const

/** What has come since and nobody has placed: the approved scope is out of date. */
export const addedSince: DemoPart = {
  kind: 'site',
  name: 'Office Rotterdam',
  description: 'Opened in the autumn for support of customers in the Netherlands; six people.',
  owner: 'it-lead',
}

/** The words of the first version. */
export const scopeWords = {
  statement:
    'Development, operation and support of Tidelane Slot Booking, Tidelane Yard and the driver app by Tidelane Systems GmbH, at its offices in Hamburg and Lisbon and from the homes of its employees.',
  considerations:
    'Customers depend on the products at their gates, and drivers leave names, phone numbers and number plates in them (4.2): everything that handles bookings or gate events lies inside. Work from home and the dependency on one cloud provider (4.1) made working from home a site of its own and hosting a dependency. Sales reaches neither and lies outside.',
} as const
