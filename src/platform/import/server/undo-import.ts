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

async function refuseIfBuiltOn(tx: Tx, run: ImportRun): Promise<void> {
  const later = await tx.rows<{ ref: string | null; recordType: string; action: string }>(
    statement(
      `with mine as (
         select distinct record_id::text as id from ledger_entry where org_id = $1 and seq between $2 and $3)
       select distinct coalesce(l.after ->> 'ref', (
           select m.after ->> 'ref' from ledger_entry m
           where m.org_id = $1 and m.seq between $2 and $3 and m.record_id::text = min(v.value)
           order by m.seq desc limit 1)) as ref, l.record_type, l.action
       from ledger_entry l, jsonb_each_text(l.after) v
       where l.org_id = $1 and l.seq > $3 and l.record_type <> 'import_run'
         and v.value in (select id from mine)
         -- What a later import brought and took back again is no obstacle.
         and l.action <> 'import.undone' and not exists (
           select from import_run u
           where u.org_id = $1 and u.status = 'undone' and l.seq between u.ledger_from and u.ledger_to)
       group by l.seq, l.after, l.record_type, l.action
       limit 21`,
      [tx.org.id, run.ledgerFrom, run.ledgerTo],
    ),
  )
  if (later.length === 0) return
  const names = [...new Set(later.map(({ ref, action }) => `${ref ?? 'a record'} (${action})`))]
  const shown = names.slice(0, 10).join(', ')
  throw new RefusalError({
    code: 'import.built_on',
    message: `${run.ref} cannot be undone: since then there were changes to what it brought, or something was built on it: ${shown}${names.length > 10 ? ' and more' : ''}. Take these back first, or withdraw single records.`,
    facts: { ref: run.ref, records: names.slice(0, 20) },
  })
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
