import type { Change } from '#kernel/change.ts'
import { changed, created } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import {
  dateValue,
  type FactValue,
  factsOf,
  fit,
  fitLine,
  headed,
  notesOf,
  ownerFact,
  readAs,
  saidValue,
  textValue,
  wordValue,
} from '#kernel/import/planning.ts'
import { issueOf } from '#kernel/import/questions.ts'
import { isLeftOut } from '#kernel/import/rows.ts'
import { fold } from '#kernel/import/text.ts'
import type { ImportContext, InterpretedRow, Mapping, RowIssue } from '#kernel/import.ts'
import { ok } from '#kernel/result.ts'
import { dateAt } from '#kernel/time.ts'
import { importDirectory } from '#modules/people/server/import-directory.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type ImportOccasion, importTarget, type PlannedRow } from '#platform/import/server/import-target.ts'
import { loadRefBook, type RefBook, withNumbers } from '#platform/import/server/ref-book.ts'
import { type Asset, type AssetFields, type AssetValue, assetKinds, blankAsset, lifeCycles } from '../domain/asset.ts'
import type { ClassificationLevel } from '../domain/classification.ts'
import type { AssetDependency } from '../domain/dependency.ts'
import { type AssetDraft, assetImport } from '../domain/import-assets.ts'

interface State {
  readonly assets: ReadonlyMap<string, Asset>
  readonly levels: readonly ClassificationLevel[]
  readonly dependencies: readonly AssetDependency[]
  readonly refs: RefBook
}

async function load(tx: Tx): Promise<{ context: ImportContext; state: State }> {
  const [directory, assets, levels, dependencies, refs] = await Promise.all([
    importDirectory(tx),
    tx.rows<Asset>(statement('select * from asset where org_id = $1 and withdrawn_at is null', [tx.org.id])),
    tx.rows<ClassificationLevel>(
      statement('select * from classification_level where org_id = $1 and withdrawn_at is null order by rank', [
        tx.org.id,
      ]),
    ),
    tx.rows<AssetDependency>(statement('select * from asset_dependency where org_id = $1', [tx.org.id])),
    loadRefBook(tx, 'asset', 'A'),
  ])
  const known = withNumbers(
    assets.map(({ id, ref, name }) => ({ id, ref, name })),
    'A',
  )
  const context: ImportContext = {
    today: dateAt(tx.now, tx.org.timeZone),
    language: tx.org.language,
    ...directory,
    controls: [],
    assets: known,
    risks: [],
    existing: known,
    classifications: levels.map(({ id, name }) => ({ value: id, words: [name] })),
    method: null,
  }
  const byId = new Map(assets.map((asset) => [asset.id, asset]))
  return { context, state: { assets: byId, levels, dependencies, refs } }
}

const values: Readonly<Record<string, AssetValue>> = { low: 1, medium: 2, high: 3, critical: 4 }
const valueOf = (value: string | null | undefined): AssetValue => (value ? (values[value] ?? null) : null)

/** The inventory of assets, with what relies on what. */
export const assetTarget = importTarget<AssetDraft, State>({
  register: assetImport,
  action: 'asset.import',
  load,
  plan({ rows, mapping, context, state, at }) {
    const inFile = new Map<string, number>()
    const leftOut = new Map<string, number>()
    for (const { becomes, line } of rows) {
      const among = isLeftOut(line, mapping) ? leftOut : inFile
      for (const key of becomes ? [fold(becomes.name), fold(becomes.ref ?? '')] : [])
        if (key !== '') among.set(key, line)
    }
    const planned = rows.map((row) => planRow(row, { state, at, inFile, leftOut, mapping, context }))
    const ids = new Map(planned.map(({ row, id }) => [row.line, id]))
    return ok({
      before: [],
      rows: planned.map(({ row }) => row),
      after: dependenciesOf(rows, ids, planned, state, at),
      books: [state.refs],
    })
  },
})

/** What all rows of a file are planned against. */
interface Ground {
  readonly state: State
  readonly at: ImportOccasion
  /** Lines of the file by name and reference, folded: those that are read, and those somebody leaves out. */
  readonly inFile: ReadonlyMap<string, number>
  readonly leftOut: ReadonlyMap<string, number>
  readonly mapping: Mapping
  readonly context: ImportContext
}

function fieldsOf(
  draft: AssetDraft,
  known: Asset | undefined,
  issues: RowIssue[],
  { inFile, mapping }: Ground,
): AssetFields {
  const heading = headed(mapping)
  const short = (text: string | null, field: string, max = 200): string =>
    fitLine((text ?? '').replaceAll('\n', ', '), max, field, issues)
  const open = (owner: AssetDraft['owner'], field: string): string =>
    owner && owner.personId === null ? short(owner.text, field) : ''
  const kind = assetKinds.find((one) => one === draft.type?.value)
  if (!kind && draft.type) {
    issues.push(issueOf('note', 'import.kind_assumed', 'type', { text: draft.type.text }))
  }
  return {
    ...blankAsset,
    name: short(draft.name, 'name'),
    // The widest kind: whatever it is, it matters for the information in it.
    kind: kind ?? 'information',
    category: short(draft.category, 'category'),
    description: fit(draft.description ?? '', 20_000, 'description', issues),
    ownerId: (draft.owner?.personId ?? null) as Id<'person'> | null,
    ownerText: open(draft.owner, 'owner'),
    custodianId: (draft.custodian?.personId ?? null) as Id<'person'> | null,
    custodianText: open(draft.custodian, 'custodian'),
    classificationId: (draft.classification?.value ?? null) as Id<'classification'> | null,
    confidentiality: valueOf(draft.confidentiality?.value),
    integrity: valueOf(draft.integrity?.value),
    availability: valueOf(draft.availability?.value),
    criticality: valueOf(draft.criticality?.value),
    location: short(draft.location, 'location', 500),
    environment: short(draft.environment, 'environment'),
    supplier: short(draft.supplier, 'supplier'),
    personalData: draft.personalData === null ? 'notStated' : draft.personalData ? 'yes' : 'no',
    lifeCycle: lifeCycles.find((one) => one === draft.status?.value) ?? 'inUse',
    // What the file says and no field holds stays readable.
    note: fit(
      [
        draft.remarks ?? '',
        notesOf([
          [heading('type', 'Kind'), draft.type && !kind ? draft.type.text : null],
          [heading('classification', 'Classification'), unread(draft.classification)],
          [heading('criticality', 'Overall value'), unread(draft.criticality)],
          [heading('confidentiality', 'Confidentiality'), unread(draft.confidentiality)],
          [heading('integrity', 'Integrity'), unread(draft.integrity)],
          [heading('availability', 'Availability'), unread(draft.availability)],
          [heading('personalData', 'Personal data'), draft.personalData === null ? draft.personalDataText : null],
          [heading('status', 'Life cycle'), unread(draft.status)],
          [heading('lifespan', 'Lifespan'), draft.lifespan],
          [heading('controls', 'Security controls'), draft.controls],
          [
            heading('lastVerified', 'Last verified'),
            isNews(draft.lastVerified, known) ? draft.lastVerified?.text : null,
          ],
          [
            heading('reliesOn', 'Relies on'),
            draft.reliesOn
              .filter((one) => one.assetId === null && !inFile.has(fold(one.text)))
              .map((one) => one.text)
              .join(', '),
          ],
        ]),
      ]
        .filter((part) => part !== '')
        .join('\n'),
      20_000,
      'remarks',
      issues,
    ),
  }
}

const protectionFact = (stated: AssetDraft['criticality'], value: AssetValue | null): FactValue | string | undefined =>
  value === null ? stated?.text : wordValue('assets:levels', String(value))

/** The file's word where it could not be read. */
const unread = (choice: { readonly text: string; readonly value: string | null } | null): string | null =>
  choice !== null && choice.value === null ? choice.text : null

// A day the inventory knows already is nothing to note down.
const isNews = (verified: AssetDraft['lastVerified'], known: Asset | undefined): boolean =>
  verified !== null && (known === undefined || verified.date !== known.verifiedOn)

function planRow(
  row: InterpretedRow<AssetDraft>,
  ground: Ground,
): { readonly row: PlannedRow; readonly id: Id<'asset'> | null } {
  const { state, at, context, inFile, leftOut } = ground
  const { becomes: draft, line, status } = row
  const issues: RowIssue[] = [...row.issues]
  if (!draft) return { row: { line, status, becomes: null, issues, changes: [] }, id: null }
  const known = row.existingId === null ? undefined : state.assets.get(row.existingId)
  const fields = fieldsOf(draft, known, issues, ground)
  const ref = known?.ref ?? (status === 'create' ? state.refs.take(draft.ref) : draft.ref)
  if (draft.ref !== null && status === 'create' && ref !== state.refs.ownForm(draft.ref)) {
    issues.push(issueOf('note', 'import.ref_taken', 'ref', { text: draft.ref, ref: ref ?? '' }))
  }
  for (const { text, assetId } of draft.reliesOn) {
    const line = leftOut.get(fold(text))
    if (assetId === null && line !== undefined && line !== row.line && !inFile.has(fold(text)))
      issues.push(issueOf('warning', 'import.asset_left_out', 'reliesOn', { text, line }))
  }
  const level = state.levels.find((one) => one.id === fields.classificationId)
  const becomes = {
    ref,
    title: fields.name,
    facts: factsOf({
      Kind: readAs(draft.type, wordValue('assets:kinds', fields.kind)),
      Category: fields.category,
      Description: fields.description,
      Owner: ownerFact(draft.owner, context),
      Custodian: ownerFact(draft.custodian, context),
      Classification: level?.name ?? draft.classification?.text,
      'Overall value': protectionFact(draft.criticality, fields.criticality),
      Confidentiality: protectionFact(draft.confidentiality, fields.confidentiality),
      Integrity: protectionFact(draft.integrity, fields.integrity),
      Availability: protectionFact(draft.availability, fields.availability),
      'Life cycle': draft.status && readAs(draft.status, wordValue('assets:lifeCycles', fields.lifeCycle)),
      Location: fields.location,
      Environment: fields.environment,
      Supplier: fields.supplier,
      'Personal data':
        draft.personalData === null ? draft.personalDataText : wordValue('assets:personalData', fields.personalData),
      'Relies on': draft.reliesOn.map(({ assetId, text }) =>
        assetId === null && !inFile.has(fold(text)) ? saidValue('import.fact_unknown', { text }) : textValue(text),
      ),
      'Last verified': dateValue(draft.lastVerified),
      Lifespan: draft.lifespan,
      'Security controls': draft.controls,
      Remarks: draft.remarks,
    }),
  }
  const plan = (changes: readonly Change[], id: Id<'asset'> | null) => ({
    row: { line, status, becomes, issues, changes },
    id,
  })
  if (status === 'create') {
    const id = at.newId<'asset'>()
    const asset: Asset = {
      id,
      orgId: at.orgId,
      version: 1,
      ref: ref ?? '',
      ...fields,
      verifiedOn: null,
      verifiedBy: null,
      withdrawnAt: null,
    }
    return plan([created('asset', asset, 'asset.imported')], id)
  }
  if (status !== 'update' || !known) return plan([], known?.id ?? null)
  // What the file leaves open stays as it is.
  const news = Object.entries(fields).filter(
    ([key, value]) =>
      value !== blankAsset[key as keyof typeof blankAsset] &&
      value !== known[key as keyof Asset] &&
      !(key === 'kind' && draft.type?.value == null) &&
      !(key === 'ownerText' && known.ownerId !== null) &&
      !(key === 'custodianText' && known.custodianId !== null),
  )
  if (news.length === 0) return plan([], known.id)
  return plan([changed('asset', known, Object.fromEntries(news), 'asset.imported')], known.id)
}

/** Dependencies named by reference or name, on assets of the file or of the inventory; circles are left out with a note. */
function dependenciesOf(
  rows: readonly InterpretedRow<AssetDraft>[],
  ids: ReadonlyMap<number, Id<'asset'> | null>,
  planned: readonly { readonly row: PlannedRow; readonly id: Id<'asset'> | null }[],
  { dependencies }: State,
  at: ImportOccasion,
): Change[] {
  const byName = new Map<string, Id<'asset'>>()
  for (const { row, id } of planned) {
    if (id === null || !row.becomes) continue
    byName.set(fold(row.becomes.title), id)
    if (row.becomes.ref) byName.set(fold(row.becomes.ref), id)
  }
  for (const row of rows) {
    const id = ids.get(row.line)
    if (id && row.becomes?.ref) byName.set(fold(row.becomes.ref), id)
  }
  const live = Map.groupBy(
    dependencies.filter((one) => one.live),
    (one) => one.assetId,
  ) as Map<Id<'asset'>, Pick<AssetDependency, 'reliesOnId'>[]>
  const known = new Set(dependencies.map((one) => `${one.assetId} ${one.reliesOnId}`))
  const changes: Change[] = []
  for (const row of rows) {
    const assetId = ids.get(row.line)
    if (!assetId || (row.status !== 'create' && row.status !== 'update')) continue
    for (const named of row.becomes?.reliesOn ?? []) {
      const reliesOnId = (byName.get(fold(named.text)) ?? named.assetId) as Id<'asset'> | null
      if (reliesOnId === null || reliesOnId === assetId || known.has(`${assetId} ${reliesOnId}`)) continue
      if (reaches(live, reliesOnId, assetId)) continue
      known.add(`${assetId} ${reliesOnId}`)
      live.set(assetId, [...(live.get(assetId) ?? []), { reliesOnId }])
      const link: AssetDependency = {
        id: at.newId<'asset_dependency'>(),
        orgId: at.orgId,
        version: 1,
        assetId,
        reliesOnId,
        live: true,
      }
      changes.push(created('asset_dependency', link, 'asset.imported'))
    }
  }
  return changes
}

// Over a map, since a file may name thousands of dependencies.
function reaches(
  live: ReadonlyMap<Id<'asset'>, readonly Pick<AssetDependency, 'reliesOnId'>[]>,
  from: Id<'asset'>,
  to: Id<'asset'>,
): boolean {
  const seen = new Set([from])
  for (const at of seen) {
    if (at === to) return true
    for (const link of live.get(at) ?? []) seen.add(link.reliesOnId)
  }
  return false
}
