import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import { addDays, dateAt } from '#kernel/time.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { sqlBuilder, statement } from '#platform/db/database.ts'
import { like, type Page, page } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { artefactItem, artefactView, evidence } from '../contract.ts'
import type { Artefact } from '../domain/artefact.ts'
import { evidenceLines } from '../domain/evidence-lines.ts'
import { dueSoonDaysByDefault, type Freshness, freshness } from '../domain/freshness.ts'
import { describeRecord } from './record-directory.ts'
import { artefactRecord } from './records.ts'
import { evidenceUses } from './uses.ts'

type Item = z.output<typeof artefactItem>
type View = z.output<typeof artefactView>
type Person = NonNullable<View['owner']>

interface Row extends Artefact {
  readonly ownerName: string | null
  readonly ownerActive: boolean | null
  readonly classificationName: string | null
  readonly classificationRank: number | null
}

interface FullRow extends Row {
  readonly collectorName: string | null
  readonly collectorActive: boolean | null
  readonly intervieweeName: string | null
  readonly intervieweeActive: boolean | null
  readonly concluderName: string | null
  readonly concluderActive: boolean | null
}

/** Who asks: what they may do, and who they are in the directory. */
export interface Asker {
  readonly can: Can
  readonly me: Id<'person'> | null
}

// The same rule as the domain’s `freshness` without a frequency; a test compares them.
const freshnessFilters = (today: string, soon: string): Readonly<Record<Freshness, RawBuilder<boolean>>> => {
  const undated = sql`(a.kind = 'file' and a.period_to is null and a.effective_on is null and a.valid_until is null)`
  return {
    stale: sql`a.valid_until < ${today}`,
    dueSoon: sql`a.valid_until between ${today} and ${soon}`,
    undated: sql`${undated}`,
    fresh: sql`(a.valid_until > ${soon} or (a.valid_until is null and not ${undated}))`,
  }
}

/** A page of the register. Two statements. */
export async function listArtefacts(tx: Tx, query: QueryOf<typeof evidence.list>, asker: Asker): Promise<Page<Item>> {
  const today = dateAt(tx.now, tx.org.timeZone)
  let rows = sqlBuilder
    .selectFrom('artefact as a')
    .leftJoin('person as o', (join) => join.onRef('o.orgId', '=', 'a.orgId').onRef('o.id', '=', 'a.ownerId'))
    .leftJoin('classificationLevel as l', (join) =>
      join.onRef('l.orgId', '=', 'a.orgId').onRef('l.id', '=', 'a.classificationId'),
    )
    .selectAll('a')
    .select([
      'o.name as ownerName',
      sql<boolean>`o.status <> 'left' and o.withdrawn_at is null`.as('ownerActive'),
      'l.name as classificationName',
      'l.rank as classificationRank',
    ])
    .where('a.orgId', '=', tx.org.id)
    .where('a.withdrawnAt', query.withdrawn === true ? 'is not' : 'is', null)
  if (query.kind) rows = rows.where('a.kind', '=', query.kind)
  if (query.ownerId) rows = rows.where('a.ownerId', '=', query.ownerId)
  if (query.freshness) rows = rows.where(freshnessFilters(today, addDays(today, dueSoonDaysByDefault))[query.freshness])
  if (query.controlId) rows = rows.where(attached(sql`and l.control_id = ${query.controlId}`))
  if (query.unattached !== undefined) {
    rows = rows.where(query.unattached ? sql<boolean>`not ${attached(sql``)}` : attached(sql``))
  }
  if (query.q) {
    const pattern = like(query.q)
    rows = rows.where(
      sql<boolean>`(a.ref ilike ${pattern} or a.title ilike ${pattern} or a.description ilike ${pattern}
        or a.source ilike ${pattern} or a.population ilike ${pattern} or a.file_name ilike ${pattern}
        or a.url ilike ${pattern} or o.name ilike ${pattern} or a.sha256 = ${query.q.trim().toLowerCase()})`,
    )
  }
  const found = await page<Row>(tx, rows, query, {
    by: {
      ref: { sql: sql`a.ref collate people` },
      title: { sql: sql`a.title collate people` },
      kind: { sql: sql`a.kind` },
      collectedAt: { sql: sql`a.collected_at` },
      effectiveOn: { sql: sql`coalesce(a.period_to, a.effective_on)` },
      validUntil: { sql: sql`a.valid_until` },
      owner: { sql: sql`o.name collate people` },
      bytes: { sql: sql`a.bytes` },
    },
    id: sql`a.id`,
    first: 'ref',
  })
  const controls = await controlRefs(
    tx,
    found.items.map((row) => row.id),
  )
  return { ...found, items: found.items.map((row) => item(tx, row, controls.get(row.id) ?? [], asker)) }
}

// The pair belongs to both modules: its rules are in this module’s domain, its rows are written by controls.
const attached = (further: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`exists (select from control_evidence l where l.org_id = a.org_id and l.artefact_id = a.id and l.live ${further})`

async function controlRefs(
  tx: Tx,
  ids: readonly Id<'artefact'>[],
): Promise<ReadonlyMap<Id<'artefact'>, readonly string[]>> {
  const links = await tx.rows<{ artefactId: Id<'artefact'>; refs: string[] }>(
    statement(
      `select l.artefact_id, array_agg(c.ref order by c.ref collate people) as refs
       from control_evidence l
       join control c on c.org_id = l.org_id and c.id = l.control_id and c.withdrawn_at is null
       where l.org_id = $1 and l.artefact_id = any($2) and l.live group by l.artefact_id`,
      [tx.org.id, ids],
    ),
  )
  return new Map(links.map(({ artefactId, refs }) => [artefactId, refs]))
}

const fullRow = `select a.*,
    o.name as owner_name, o.status <> 'left' and o.withdrawn_at is null as owner_active,
    c.name as collector_name, c.status <> 'left' and c.withdrawn_at is null as collector_active,
    i.name as interviewee_name, i.status <> 'left' and i.withdrawn_at is null as interviewee_active,
    b.name as concluder_name, b.status <> 'left' and b.withdrawn_at is null as concluder_active,
    l.name as classification_name, l.rank as classification_rank
  from artefact a
  left join person o on o.org_id = a.org_id and o.id = a.owner_id
  left join person c on c.org_id = a.org_id and c.id = a.collector_id
  left join person i on i.org_id = a.org_id and i.id = a.interviewee_id
  left join person b on b.org_id = a.org_id and b.id = a.concluded_by
  left join classification_level l on l.org_id = a.org_id and l.id = a.classification_id
  where a.org_id = $1 and a.id = $2`

/** One artefact, where it is used and what it is worth there. Refuses with `artefact.not_found`. Five statements. */
export async function showArtefact(tx: Tx, id: Id<'artefact'>, asker: Asker): Promise<View> {
  const [row, controls, uses, copies] = await Promise.all([
    tx.first<FullRow>(statement(fullRow, [tx.org.id, id])),
    controlRefs(tx, [id]),
    evidenceUses(tx, id, asker.can),
    tx.rows<View['copies'][number]>(
      statement(
        `select c.id, c.ref, c.title from artefact a
         join artefact c on c.org_id = a.org_id and c.sha256 = a.sha256 and c.id <> a.id and c.withdrawn_at is null
         where a.org_id = $1 and a.id = $2 order by c.ref collate people limit 20`,
        [tx.org.id, id],
      ),
    ),
  ])
  if (!row) {
    throw new RefusalError({
      code: 'artefact.not_found',
      message: `There is no such artefact in ${tx.org.name}.`,
      facts: {},
    })
  }
  const { recordType, recordId } = row
  return {
    ...item(tx, row, controls.get(id) ?? [], asker),
    description: row.description,
    collector: person(row.collectorId, row.collectorName, row.collectorActive),
    population: row.population,
    populationCount: row.populationCount,
    record:
      recordType !== null && recordId !== null ? await describeRecord(tx, { recordType, recordId }, asker.can) : null,
    interviewee: person(row.intervieweeId, row.intervieweeName, row.intervieweeActive),
    intervieweeText: row.intervieweeText,
    conclusion: row.conclusion,
    concludedBy: person(row.concludedBy, row.concluderName, row.concluderActive),
    concludedOn: row.concludedOn,
    uses: uses.map((use) => ({ ...use, can: { detach: use.can.detach && row.withdrawnAt === null } })),
    copies,
  }
}

function item(tx: Tx, row: Row, controls: readonly string[], { can, me }: Asker): Item {
  const zone = tx.org.timeZone
  const question = { today: dateAt(tx.now, zone), zone, frequency: null, understanding: false, ownerId: null }
  const [line] = evidenceLines([{ artefact: row, assurance: false }], question)
  const owners = artefactRecord.owners(row)
  const live = row.withdrawnAt === null
  const { sha256, bytes, fileName, mediaType } = row
  return {
    id: row.id,
    ref: row.ref,
    version: row.version,
    kind: row.kind,
    title: row.title,
    source: row.source,
    collectedBy: row.collectedBy,
    collectedAt: row.collectedAt,
    periodFrom: row.periodFrom,
    periodTo: row.periodTo,
    effectiveOn: row.effectiveOn,
    validUntil: row.validUntil,
    owner: person(row.ownerId, row.ownerName, row.ownerActive),
    classification:
      row.classificationId === null
        ? null
        : { id: row.classificationId, name: row.classificationName ?? '', rank: row.classificationRank ?? 0 },
    url: row.url,
    file:
      sha256 === null || bytes === null || fileName === null || mediaType === null
        ? null
        : { sha256, bytes, name: fileName, mediaType },
    outcome: row.outcome,
    verdict: row.verdict,
    freshness: freshness(row, question),
    weakness: line?.why ?? null,
    controls: [...controls],
    withdrawnAt: row.withdrawnAt,
    can: {
      edit: live && can('evidence.edit', owners),
      withdraw: live && can('evidence.withdraw', owners),
      // To some control at least: which ones, the controls themselves say.
      attach: live && can('control.edit', [me]),
    },
  }
}

const person = (id: Id<'person'> | null, name: string | null, active: boolean | null): Person | null =>
  id === null ? null : { id, name: name ?? '', active: active ?? false }
