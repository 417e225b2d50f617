import { sql } from 'kysely'
import type { z } from 'zod'
import { type Id, toWireId } from '#kernel/id.ts'
import { type PersonRef, peopleById } from '#modules/people/server/reader.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { sqlBuilder, statement } from '#platform/db/database.ts'
import { like, type Page, page } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import { canonicalHash } from '#platform/ledger/content.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { scope, scopeView, statementItem, statementView } from '../contract-scope.ts'
import type { ScopeExclusion, ScopeInterface } from '../domain/boundary.ts'
import { type Placeable, type PlaceableKind, placeableKinds } from '../domain/placeable.ts'
import {
  assembleContent,
  contentChanges,
  judgeScope,
  type ScopeChange,
  type ScopeContent,
  type ScopeItem,
} from '../domain/scope-content.ts'
import {
  approvalObstacles,
  approvedState,
  type ScopeStatement,
  type StatementFields,
  statementSteps,
} from '../domain/scope-statement.ts'
import { exclusionRecord, interfaceRecord, placeableRecords } from './records.ts'

type Item = z.output<typeof statementItem>
type View = z.output<typeof statementView>
type WireContent = View['content']

/** What the records say about the scope now, or at the date asked about. Three statements. */
export async function loadContent(tx: Tx): Promise<ScopeContent> {
  const columns = 'id, ref, name, placement, placement_reason, withdrawn_at'
  const kinds = placeableKinds.map((kind) => `select '${kind}' as kind, ${columns} from ${kind} where org_id = $1`)
  const [entries, interfaces, exclusions] = await Promise.all([
    tx.rows<Placeable & { kind: PlaceableKind }>(statement(kinds.join(' union all '), [tx.org.id])),
    tx.rows<ScopeInterface>(statement('select * from scope_interface where org_id = $1', [tx.org.id])),
    tx.rows<ScopeExclusion>(statement('select * from scope_exclusion where org_id = $1', [tx.org.id])),
  ])
  return assembleContent(entries, interfaces, exclusions)
}

/** The approved version and the draft, where there are such. One statement. */
export async function loadCurrent(
  tx: Tx,
): Promise<{ readonly approved: ScopeStatement | null; readonly draft: ScopeStatement | null }> {
  const rows = await tx.rows<ScopeStatement>(
    statement(`select * from scope_statement where org_id = $1 and status = any($2)`, [
      tx.org.id,
      ['approved', 'draft'],
    ]),
  )
  const find = (status: ScopeStatement['status']): ScopeStatement | null =>
    rows.find((row) => row.status === status) ?? null
  return { approved: find('approved'), draft: find('draft') }
}

/** What an approval of these words together with this content is bound to. */
export const stateHashOf = (words: StatementFields, content: ScopeContent): string =>
  canonicalHash(approvedState(words, content))

/** The scope as a whole. Five statements. */
export async function showScope(tx: Tx, can: Can): Promise<z.output<typeof scopeView>> {
  const [{ approved, draft }, content] = await Promise.all([loadCurrent(tx), loadContent(tx)])
  const people = await peopleOf(tx, [approved, draft])
  const judgement = judgeScope(approved?.content ?? null, content)
  const obstacles = draft === null ? [] : approvalObstacles(draft, content)
  const blocked = obstacles.some((one) => one.severity === 'blocks')
  return {
    approved: approved && itemOf(approved, people, can),
    draft: draft && itemOf(draft, people, can),
    content: contentOf(content),
    judgement: {
      state: judgement.state,
      changes: judgement.changes.map(changeOf),
      notPlaced: judgement.notPlaced.map(scopeItemOf),
    },
    obstacles: [...obstacles],
    stateHash: draft === null ? null : stateHashOf(draft, content),
    can: {
      edit: can('scope.edit'),
      startDraft: draft === null && can('scope.edit'),
      approve: draft !== null && !blocked && can('scope.approve'),
    },
  }
}

/** A page of versions, newest first. Two statements. */
export async function listStatements(tx: Tx, query: QueryOf<typeof scope.statements>, can: Can): Promise<Page<Item>> {
  let rows = sqlBuilder.selectFrom('scopeStatement as s').selectAll('s').where('s.orgId', '=', tx.org.id)
  if (query.status) rows = rows.where('s.status', '=', query.status)
  if (query.q) {
    const pattern = like(query.q)
    rows = rows.where(sql<boolean>`(s.statement ilike ${pattern} or s.considerations ilike ${pattern})`)
  }
  const found = await page<ScopeStatement>(tx, rows, query, {
    by: { number: { sql: sql`s.number` }, approvedAt: { sql: sql`s.approved_at` } },
    id: sql`s.id`,
    first: '-number',
  })
  const people = await peopleOf(tx, found.items)
  return { ...found, items: found.items.map((row) => itemOf(row, people, can)) }
}

interface Previous {
  readonly number: number
  readonly statement: string
  readonly considerations: string
  readonly content: ScopeContent
}

/** One version and what differs from the one before. Refuses with `scope_statement.not_found`. Six statements. */
export async function showStatement(tx: Tx, id: Id<'scope'>, can: Can): Promise<View> {
  const [row, previous, live] = await Promise.all([
    tx.first<ScopeStatement>(statement('select * from scope_statement where org_id = $1 and id = $2', [tx.org.id, id])),
    tx.first<Previous>(
      statement(
        `select p.number, p.statement, p.considerations, p.content from scope_statement p
         join scope_statement s on s.org_id = p.org_id and s.id = $2
         where p.org_id = $1 and p.number < coalesce(s.number, 2147483647) order by p.number desc limit 1`,
        [tx.org.id, id],
      ),
    ),
    loadContent(tx),
  ])
  if (!row) {
    throw new RefusalError({
      code: 'scope_statement.not_found',
      message: `There is no such version of the scope statement in ${tx.org.name}.`,
      facts: {},
    })
  }
  const people = await peopleOf(tx, [row])
  const content = row.content ?? live
  return {
    ...itemOf(row, people, can),
    content: contentOf(content),
    changes: previous ? contentChanges(previous.content, content).map(changeOf) : [],
    previous: previous
      ? { number: previous.number, statement: previous.statement, considerations: previous.considerations }
      : null,
  }
}

const peopleOf = (tx: Tx, rows: readonly (ScopeStatement | null)[]): Promise<ReadonlyMap<Id<'person'>, PersonRef>> =>
  peopleById(
    tx,
    rows.flatMap((row) => [row?.preparedBy ?? null, row?.approvedBy ?? null]),
  )

function itemOf(row: ScopeStatement, people: ReadonlyMap<Id<'person'>, PersonRef>, can: Can): Item {
  const { orgId: _orgId, content: _content, preparedBy, approvedBy, approvedByName, ...rest } = row
  const steps: readonly string[] = statementSteps[row.status]
  const edit = steps.includes('change') && can('scope.edit')
  const personOf = (id: Id<'person'> | null): { id: Id<'person'>; name: string; active: boolean } | null => {
    const person = id === null ? undefined : people.get(id)
    return person === undefined ? null : { ...person }
  }
  return {
    ...rest,
    preparedBy: personOf(preparedBy),
    approvedBy: approvedByName === null ? null : { person: personOf(approvedBy), name: approvedByName },
    can: { edit, approve: steps.includes('approve') && can('scope.approve'), withdraw: edit },
  }
}

const prefixes: Readonly<Record<string, string>> = Object.fromEntries(
  [...Object.values(placeableRecords), interfaceRecord, exclusionRecord].map(({ type, prefix }) => [type, prefix]),
)

const wireId = (type: string, id: string): string => toWireId(prefixes[type] ?? type, id as Id)

const changeOf = (change: ScopeChange): ScopeChange => ({ ...change, id: wireId(change.type, change.id) })

const scopeItemOf = (item: ScopeItem): ScopeItem => ({ ...item, id: wireId(item.kind, item.id) })

const contentOf = ({ items, interfaces, exclusions }: ScopeContent): WireContent => ({
  items: items.map(scopeItemOf),
  interfaces: interfaces.map((one) => ({
    ...one,
    id: wireId(interfaceRecord.type, one.id),
    controls: [...one.controls],
  })),
  exclusions: exclusions.map((one) => ({ ...one, id: wireId(exclusionRecord.type, one.id) })),
})
