import type { z } from 'zod'
import type { QueryOf } from '#platform/contract/route.ts'
import { columns } from '#platform/render/register-columns.ts'
import { codeFilter, personFilter } from '#platform/render/register-filter.ts'
import { everyRow, printing, type Register, registerExportUseCase } from '#platform/render/register-report.ts'
import { coded } from '#platform/render/words.ts'
import { organization } from '../contract.ts'
import { type PlaceableKind, placeableKinds } from '../domain/placeable.ts'
import { listPlaceables } from './structure.ts'

type View = z.output<(typeof organization)['units']['show']['response']>
interface Part extends View {
  readonly kind: PlaceableKind
}

const kinds = coded<PlaceableKind>({
  en: { unit: 'Units', site: 'Sites', service: 'Services', product: 'Products' },
  de: { unit: 'Einheiten', site: 'Standorte', service: 'Dienste', product: 'Produkte' },
})
const placement = coded<View['placement']>({
  en: { in: 'Inside', out: 'Outside', undecided: 'Not placed' },
  de: { in: 'Innerhalb', out: 'Außerhalb', undecided: 'Nicht zugeordnet' },
})

const column = columns<Part>()

const register: Register<Part> = {
  key: 'structure',
  title: { en: 'Units, sites, services and products', de: 'Einheiten, Standorte, Dienste und Produkte' },
  subtitle: { en: 'ISO/IEC 27001:2022, clause 4.3', de: 'ISO/IEC 27001:2022, Abschnitt 4.3' },
  group: { title: { en: 'Kind', de: 'Art' }, of: (one, language) => kinds(one.kind, language) },
  columns: [
    column.ref('ref', { en: 'Reference', de: 'Nr.' }),
    column.text('name', { en: 'Name', de: 'Name' }, { width: 2 }),
    column.text('description', { en: 'Description', de: 'Beschreibung' }, { width: 3 }),
    column.named('owner', { en: 'Owner', de: 'Verantwortlich' }, { width: 1.5 }),
    column.code('placement', { en: 'Scope', de: 'Anwendungsbereich' }, placement, { width: 1.2 }),
    column.text('placementReason', { en: 'Reason', de: 'Begründung' }, { width: 2 }),
  ],
  filters: {
    placement: codeFilter({ en: 'Scope', de: 'Anwendungsbereich' }, placement),
    ownerId: personFilter({ en: 'Owner', de: 'Verantwortlich' }, (one) => one.owner),
  },
  data: ({ can: _can, id: _id, version: _version, owner, ...row }) => ({ ...row, owner: owner?.name ?? null }),
}

/** What the organization consists of as a document, one kind after the other. */
export const printStructure = printing<Part, Omit<QueryOf<typeof organization.exportStructure>, 'format'>>(
  register,
  async (tx, query, can) => {
    const parts = await Promise.all(
      placeableKinds.map(async (kind) => {
        const rows = await everyRow((paged) => listPlaceables(tx, kind, paged, can), query)
        return rows.map((row): Part => ({ ...row, kind }))
      }),
    )
    return parts.flat()
  },
)

export const exportStructureUseCase = registerExportUseCase(organization.exportStructure, printStructure)
