import { type Change, changed, type RecordRow } from '#kernel/change.ts'
import type { Actor, Grant } from '#platform/access/policy.ts'
import { beginBulkWrite } from '#platform/db/bulk-write.ts'
import { camel, statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { type ImportOccasion, type ImportTarget, importOccasion } from './import-target.ts'
import type { ImportRun } from './records.ts'

interface Entry {
  readonly recordType: string
  readonly recordId: string
  /** State before the import; null when the import created the record. */
  readonly before: Readonly<Record<string, unknown>> | null
}

const changesAtOnce = 1000

/**
 * Takes back what an import wrote: created records are withdrawn, links switched off, changed records get back what they
 * said before, all as new entries. Refused when a later entry concerns or mentions one of them, naming what was built on it.
 */
export async function undoImport(
  { tx, grant, actor }: { readonly tx: Tx; readonly grant: Grant; readonly actor: Actor },
  target: ImportTarget,
  run: ImportRun,
  reason: string,
): Promise<ImportRun> {
  if (run.status === 'undone') {
    throw new RefusalError({
      code: 'import.undone',
      message: `${run.ref} has been undone already.`,
      facts: { ref: run.ref },
    })
  }
  await target.lock(tx)
  await refuseIfBuiltOn(tx, run)
  const why = `Undo of import ${run.ref}${reason.trim() === '' ? '' : `: ${reason.trim()}`}`
  const at = importOccasion(tx, actor, run.fileName, run.ref)
  // The first entry of each record says what there was before; the last written is taken back first.
  const entries = await tx.rows<Entry>(
    statement(
      `select record_type, record_id, before from (
         select distinct on (record_id) record_type, record_id, before, seq from ledger_entry
         where org_id = $1 and seq between $2 and $3 order by record_id, seq) e
       order by seq desc`,
      [tx.org.id, run.ledgerFrom, run.ledgerTo],
    ),
  )
  await beginBulkWrite(tx)
  for (let i = 0; i < entries.length; i += changesAtOnce) {
    const part = entries.slice(i, i + changesAtOnce)
    const rows = await currentRows(tx, part)
    const changes = part.map((entry): Change => {
      const row = rows.get(entry.recordId)
      if (!row) throw new Error(`A ${entry.recordType} of ${run.ref} is gone.`)
      const patch = entry.before === null ? withdrawal(entry.recordType, row, target, at) : restored(entry.before)
      return changed(entry.recordType, row, patch, 'import.undone', why)
    })
    await tx.commit(grant, changes)
  }
  const undone = changed(
    'import_run',
    run,
    { status: 'undone', undoneAt: tx.now, undoneBy: actor.name },
    'import.undone',
    why,
  )
  await tx.commit(grant, undone)
  return undone.after
}

/** A later entry that concerns or mentions what the import wrote. */
interface Later {
  readonly recordId: string
  /** What people call its record; null of a link, which has no name of its own. */
  readonly name: string | null
  /** Every id it holds. */
  readonly ids: readonly string[]
  /** The import it came with. */
  readonly importRef: string | null
}

const namedBy = (image: string): string => `coalesce(${image} ->> 'ref', ${image} ->> 'name', ${image} ->> 'title')`

async function refuseIfBuiltOn(tx: Tx, run: ImportRun): Promise<void> {
  const later = await tx.rows<Later>(
    statement(
      `with mine as (
         select distinct record_id::text as id from ledger_entry where org_id = $1 and seq between $2 and $3)
       select l.record_id, ${namedBy('l.after')} as name,
         (select array_agg(v.value) from jsonb_each_text(l.after) v
          where v.key <> 'org_id' and v.value ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$') as ids,
         (select u.ref from import_run u
          where u.org_id = $1 and l.seq between u.ledger_from and u.ledger_to limit 1) as import_ref
       from ledger_entry l
       where l.org_id = $1 and l.seq > $3 and l.record_type <> 'import_run'
         and exists (select from jsonb_each_text(l.after) v where v.value in (select id from mine))
         -- What a later import brought and took back again is no obstacle.
         and l.action <> 'import.undone' and not exists (
           select from import_run u
           where u.org_id = $1 and u.status = 'undone' and l.seq between u.ledger_from and u.ledger_to)
       order by l.seq
       limit 60`,
      [tx.org.id, run.ledgerFrom, run.ledgerTo],
    ),
  )
  if (later.length === 0) return
  const known = await namesOf(tx, run, later)
  const referring = new Set<string>()
  const changed = new Set<string>()
  for (const { recordId, name, ids, importRef } of later) {
    const from = importRef === null ? '' : ` (${importRef})`
    if (name !== null) (known.get(recordId)?.mine ? changed : referring).add(`${name}${from}`)
    else {
      // A link is told by the record at its other end; one within the import changes what the import brought.
      const ends = ids.flatMap((id) => known.get(id) ?? [])
      const others = ends.filter(({ mine }) => !mine)
      for (const end of others) referring.add(`${end.name}${from}`)
      if (others.length === 0) for (const end of ends) changed.add(`${end.name}${from}`)
    }
  }
  if (referring.size > 0) {
    const records = [...referring].slice(0, 10)
    throw new RefusalError({
      code: 'import.built_on',
      message: `${run.ref} cannot be undone, because later records refer to what it brought: ${records.join(', ')}${referring.size > 10 ? ' and more' : ''}. Withdraw these first, or undo the import they came with (in brackets).`,
      facts: { ref: run.ref, records },
    })
  }
  const records = [...changed].slice(0, 10)
  throw new RefusalError({
    code: 'import.changed_since',
    message: `${run.ref} cannot be undone, because somebody has worked on what it brought since then: ${records.join(', ')}${changed.size > 10 ? ' and more' : ''}. Undo the later import (in brackets) first, or withdraw single records.`,
    facts: { ref: run.ref, records },
  })
}

/** What the records at the ends of later entries are called, and whether the import wrote them. */
async function namesOf(
  tx: Tx,
  run: ImportRun,
  later: readonly Later[],
): Promise<ReadonlyMap<string, { readonly name: string; readonly mine: boolean }>> {
  const found = await tx.rows<{ recordId: string; name: string; mine: boolean }>(
    statement(
      `select distinct on (e.record_id) e.record_id, ${namedBy('e.after')} as name,
         exists (select from ledger_entry m
           where m.org_id = $1 and m.record_id = e.record_id and m.seq between $3 and $4) as mine
       from ledger_entry e
       where e.org_id = $1 and e.record_id = any($2::uuid[]) and ${namedBy('e.after')} is not null
       order by e.record_id, e.seq desc`,
      [tx.org.id, [...new Set(later.flatMap(({ ids }) => ids))], run.ledgerFrom, run.ledgerTo],
    ),
  )
  return new Map(found.map((one) => [one.recordId, one]))
}

async function currentRows(tx: Tx, entries: readonly Entry[]): Promise<Map<string, RecordRow>> {
  const rows = new Map<string, RecordRow>()
  for (const [type, some] of Map.groupBy(entries, (entry) => entry.recordType)) {
    if (!/^[a-z_]+$/.test(type)) throw new Error(`“${type}” is no table.`)
    const found = await tx.rows<RecordRow>(
      statement(`select * from ${type} where org_id = $1 and id = any($2) for update`, [
        tx.org.id,
        some.map((entry) => entry.recordId),
      ]),
    )
    for (const row of found) rows.set(row.id, row)
  }
  return rows
}

// Row images have the names of columns.
function restored(before: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const row = Object.fromEntries(Object.entries(before).map(([column, value]) => [camel(column), value]))
  delete row['version']
  return row
}

function withdrawal(
  type: string,
  row: RecordRow,
  { takeBack }: ImportTarget,
  at: ImportOccasion,
): Record<string, unknown> {
  const patch: Record<string, unknown> = { ...takeBack[type]?.(at) }
  if ('live' in row) patch['live'] = false
  if ('withdrawnAt' in row) patch['withdrawnAt'] = at.now
  // The reference is free again, so that the corrected file can be imported under its own.
  if ('ref' in row && typeof row.ref === 'string') patch['ref'] = `${row.ref} (${at.ref})`
  if (Object.keys(patch).length === 0) throw new Error(`Nothing says how a ${type} is taken back.`)
  return patch
}
