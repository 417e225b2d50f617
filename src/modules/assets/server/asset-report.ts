import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { columns } from '#platform/render/register-columns.ts'
import { codeFilter, personFilter } from '#platform/render/register-filter.ts'
import {
  everyRow,
  printing,
  type Register,
  type RegisterColumn,
  registerExportUseCase,
} from '#platform/render/register-report.ts'
import { coded } from '#platform/render/words.ts'
import { type assetItem, assets } from '../contract.ts'
import type { AssetValue } from '../domain/asset.ts'
import { listAssets } from './views.ts'

type Item = z.output<typeof assetItem>
interface PrintedAsset extends Item {
  readonly reliesOn: readonly { readonly ref: string; readonly name: string }[]
}

const kind = coded<Item['kind']>({
  en: {
    information: 'Information',
    data: 'Data',
    software: 'Software',
    hardware: 'Hardware',
    service: 'Service',
    people: 'People',
    site: 'Site',
    intangible: 'Intangible',
  },
  de: {
    information: 'Information',
    data: 'Daten',
    software: 'Software',
    hardware: 'Hardware',
    service: 'Dienst',
    people: 'Personen',
    site: 'Standort',
    intangible: 'Immateriell',
  },
})
const lifeCycle = coded<Item['lifeCycle']>({
  en: { planned: 'Planned', inUse: 'In use', retired: 'Retired' },
  de: { planned: 'Geplant', inUse: 'In Nutzung', retired: 'Außer Betrieb' },
})
const level = coded<`${NonNullable<AssetValue>}`>({
  en: { 1: 'Low', 2: 'Moderate', 3: 'High', 4: 'Critical' },
  de: { 1: 'Gering', 2: 'Mittel', 3: 'Hoch', 4: 'Kritisch' },
})
const personalData = coded<Item['personalData']>({
  en: { yes: 'Yes', no: 'No', notStated: '' },
  de: { yes: 'Ja', no: 'Nein', notStated: '' },
})
const gap = coded<Item['gaps'][number]>({
  en: {
    noOwner: 'No owner',
    ownerUnresolved: 'Owner not clear',
    ownerLeft: 'Owner has left',
    notClassified: 'Not classified',
    notValued: 'Not valued',
    neverVerified: 'Never verified',
  },
  de: {
    noOwner: 'Kein Eigentümer',
    ownerUnresolved: 'Eigentümer unklar',
    ownerLeft: 'Eigentümer ausgeschieden',
    notClassified: 'Nicht klassifiziert',
    notValued: 'Nicht bewertet',
    neverVerified: 'Nie geprüft',
  },
})

const valueColumn = (
  key: 'confidentiality' | 'integrity' | 'availability' | 'criticality',
  en: string,
  de: string,
): RegisterColumn<PrintedAsset> => ({
  key,
  title: { en, de },
  kind: 'text',
  width: 0.9,
  cell: (one, language) => level(one[key] === null ? null : `${one[key]}`, language),
})

const column = columns<PrintedAsset>()

// Headings are those the import knows: what is exported can be read in again.
export const assetRegister: Register<PrintedAsset> = {
  key: 'assets',
  title: { en: 'Asset inventory', de: 'Inventar der Werte' },
  subtitle: { en: 'ISO/IEC 27001:2022, control A.5.9', de: 'ISO/IEC 27001:2022, Maßnahme A.5.9' },
  columns: [
    column.ref('ref', { en: 'Reference', de: 'Referenz' }),
    column.text('name', { en: 'Name', de: 'Name' }, { width: 4 }),
    column.code('kind', { en: 'Kind', de: 'Art' }, kind),
    column.text('category', { en: 'Category', de: 'Kategorie' }, { under: 'kind' }),
    column.text('description', { en: 'Description', de: 'Beschreibung' }, { under: 'name' }),
    column.named('owner', { en: 'Owner', de: 'Eigentümer' }, { width: 1.8 }, (one) => one.ownerText),
    column.named('custodian', { en: 'Custodian', de: 'Betreuung' }, { under: 'owner' }, (one) => one.custodianText),
    column.named('classification', { en: 'Classification', de: 'Klassifizierung' }, { width: 1.2 }),
    valueColumn('confidentiality', 'Confidentiality', 'Vertraulichkeit'),
    valueColumn('integrity', 'Integrity', 'Integrität'),
    valueColumn('availability', 'Availability', 'Verfügbarkeit'),
    { ...valueColumn('criticality', 'Overall value', 'Schutzbedarf insgesamt'), under: 'classification' },
    column.text('valueReason', { en: 'Why this value', de: 'Begründung' }, { under: 'name' }),
    column.text('location', { en: 'Location', de: 'Ort' }, { under: 'name' }),
    column.text('environment', { en: 'Environment', de: 'Umgebung' }, { under: 'name' }),
    column.text('supplier', { en: 'Supplier', de: 'Lieferant' }, { under: 'name' }),
    column.code('personalData', { en: 'Personal data', de: 'Personenbezug' }, personalData, {
      under: 'classification',
    }),
    column.code('lifeCycle', { en: 'Life cycle', de: 'Lebenszyklus' }, lifeCycle),
    {
      key: 'reliesOn',
      title: { en: 'Relies on', de: 'Stützt sich auf' },
      kind: 'list',
      under: 'name',
      cell: (one) => one.reliesOn.map(({ ref }) => ref),
    },
    column.date('verifiedOn', { en: 'Last verified', de: 'Zuletzt geprüft' }),
    column.text('note', { en: 'Note', de: 'Anmerkung' }, { under: 'name' }),
  ],
  filters: {
    kind: codeFilter({ en: 'Kind', de: 'Art' }, kind),
    ownerId: personFilter({ en: 'Owner', de: 'Eigentümer' }, (one) => one.owner),
    classificationId: {
      title: { en: 'Classification', de: 'Klassifizierung' },
      word: (id, _language, rows) => rows.find((one) => one.classification?.id === id)?.classification?.name ?? '–',
    },
    lifeCycle: codeFilter({ en: 'Life cycle', de: 'Lebenszyklus' }, lifeCycle),
    gap: codeFilter({ en: 'Missing', de: 'Fehlt' }, gap),
  },
  data: ({ can: _can, id: _id, version: _version, owner, custodian, classification, reliesOn, ...row }) => ({
    ...row,
    owner: owner?.name ?? row.ownerText,
    ownerAsImported: owner === null && row.ownerText !== '',
    custodian: custodian?.name ?? row.custodianText,
    custodianAsImported: custodian === null && row.custodianText !== '',
    classification: classification?.name ?? null,
    reliesOn: reliesOn.map(({ ref, name }) => ({ ref, name })),
  }),
}

/** The inventory as a document, with the filter of its list. */
export const printAssets = printing<PrintedAsset, Omit<QueryOf<typeof assets.export>, 'format'>>(
  assetRegister,
  async (tx, query, can) => {
    const rows = await everyRow((paged) => listAssets(tx, paged, can), query)
    const links = await dependencies(tx)
    return rows.map((row) => ({ ...row, reliesOn: links.get(row.id) ?? [] }))
  },
)

async function dependencies(tx: Tx): Promise<ReadonlyMap<Id<'asset'>, { ref: string; name: string }[]>> {
  const rows = await tx.rows<{ assetId: Id<'asset'>; ref: string; name: string }>(
    statement(
      `select d.asset_id, a.ref, a.name from asset_dependency d
       join asset a on a.org_id = d.org_id and a.id = d.relies_on_id
       where d.org_id = $1 and d.live order by a.ref collate people`,
      [tx.org.id],
    ),
  )
  return Map.groupBy(rows, (row) => row.assetId)
}

export const exportAssetsUseCase = registerExportUseCase(assets.export, printAssets)
