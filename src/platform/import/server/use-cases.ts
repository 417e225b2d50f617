import { readFile } from 'node:fs/promises'
import type { Change } from '#kernel/change.ts'
import { changed, created } from '#kernel/change.ts'
import type { Sheet } from '#kernel/import.ts'
import { mutable } from '#kernel/mutable.ts'
import { type Actor, grantForNew, type Permission } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import {
  stepsUseCase,
  type UploadCall,
  type UseCase,
  uploadUseCase,
  useCase,
  type WithTx,
} from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { importRoutes } from '../contract.ts'
import { inReadingTurn } from '../reading-turn.ts'
import { confirmImport } from './confirm-import.ts'
import { type ImportTarget, importOccasion } from './import-target.ts'
import { lookAt } from './look-at-file.ts'
import { prepareImport } from './prepare-import.ts'
import { type ImportMapping, type ImportRun, importRecord } from './records.ts'
import { undoImport } from './undo-import.ts'
import {
  dropUpload,
  findUpload,
  type ImportServices,
  keepUpload,
  loadUpload,
  noteProgress,
  noUpload,
  readSheets,
  type Upload,
  waitingUploads,
  withUpload,
} from './uploads.ts'
import { previewView } from './view-preview.ts'
import { pendingView, runView } from './view-run.ts'

/** The routes of one register. `all` are the registers of the installation: a file may hold another one than was asked for. */
export function importUseCases(target: ImportTarget, all: readonly ImportTarget[]): UseCase<ImportServices>[] {
  const routes = importRoutes(target.register.name, target.action)
  const register = target.register.name

  const upload = uploadUseCase(routes.upload, async (call: UploadCall<typeof routes.upload, ImportServices>) => {
    const { fileName } = call.query
    return withUpload(call, fileName, async ({ path, sha256 }) => {
      const sheets = orRefuse(await readSheets(path, fileName))
      const content = await readFile(path)
      return call.withTx('write', async ({ tx }) => {
        const id = await keepUpload(tx, register, fileName, { content, sha256 })
        return lookAt(tx, target, all, sheets, { id, fileName, sha256 })
      })
    })
  })

  // The name is looked up first: what is large is loaded in the turn alone, and let go once the sheets are read.
  const withWaiting = async <T>(
    withTx: WithTx,
    id: ImportRun['id'],
    check: (tx: Tx, id: ImportRun['id']) => Promise<void>,
    work: (file: Upload & { readonly sheets: readonly Sheet[] }) => Promise<T>,
  ): Promise<T> => {
    const { fileName } = await withTx('read', async ({ tx }) => {
      await check(tx, id)
      return (await findUpload(tx, register, id)) ?? noUpload(tx)
    })
    const read = async () => {
      const { content, ...file } = await withTx('read', ({ tx }) => loadUpload(tx, register, id))
      return { ...file, sheets: orRefuse(await readSheets(content, fileName)) }
    }
    return inReadingTurn(fileName, async () => work(await read()))
  }

  const look = stepsUseCase(routes.look, ({ params, withTx }) =>
    withWaiting(withTx, params.importId, refuseConfirmed, (file) =>
      withTx('read', ({ tx }) => lookAt(tx, target, all, file.sheets, file)),
    ),
  )

  const preview = stepsUseCase(routes.preview, ({ params, body, actor, withTx }) =>
    withWaiting(
      withTx,
      params.importId,
      async () => undefined,
      ({ sheets, fileName }) =>
        withTx('read', async ({ tx }) => {
          const open = await target.open(tx)
          const at = importOccasion(tx, actor, fileName, 'I-0')
          const prepared = orRefuse(prepareImport(target, open, sheets, body.mapping, at))
          return previewView(target, open.context, prepared, body)
        }),
    ),
  )

  const confirm = stepsUseCase(routes.confirm, ({ params, body, actor, withTx }) => {
    const { importId: id } = params
    const progress = (done: number | null, total: number | null): Promise<unknown> =>
      withTx('write', ({ tx }) => noteProgress(tx, id, done, total))
    return withWaiting(withTx, id, refuseConfirmed, async ({ sha256, fileName, sheets }) => {
      try {
        return await withTx('write', async ({ tx, permission }) => {
          await lockUpload(tx, id)
          await refuseConfirmed(tx, id)
          if ((await findUpload(tx, register, id)) === undefined) noUpload(tx)
          const given = givenFor(tx, permission, actor)
          const { run } = await confirmImport(given, target, { id, fileName, sha256, sheets }, body.mapping, progress)
          await dropUpload(tx, id)
          return runView(run)
        })
      } catch (error) {
        // Rolled back whole: the file waits as before. When even that cannot be written, it shows its last progress.
        await progress(null, null).catch(() => undefined)
        throw error
      }
    })
  })

  const show = useCase(routes.show, async ({ tx, params }) => {
    const run = await tx.find(importRecord, params.importId)
    if (run?.register === register) return runView(run)
    const waiting = run ? undefined : await findUpload(tx, register, params.importId)
    if (waiting) return pendingView(waiting)
    throw notHere(tx)
  })

  const list = useCase(routes.list, async ({ tx }) => {
    const runs = await tx.rows<ImportRun>(
      statement(
        'select * from import_run where org_id = $1 and register = $2 order by imported_at desc, id desc limit 100',
        [tx.org.id, register],
      ),
    )
    return { items: runs.map(runView), waiting: await waitingUploads(tx, register) }
  })

  const discard = useCase(routes.discard, async ({ tx, params }) => {
    await lockUpload(tx, params.importId)
    await refuseConfirmed(tx, params.importId)
    if ((await findUpload(tx, register, params.importId)) === undefined) noUpload(tx)
    await dropUpload(tx, params.importId)
    return { waiting: await waitingUploads(tx, register) }
  })

  const undo = useCase(routes.undo, async ({ tx, permission, actor, params, body }) => {
    const { row } = await tx.lock(permission, importRecord, params.importId)
    if (row.register !== register) throw notHere(tx)
    return runView(await undoImport(givenFor(tx, permission, actor), target, row, body.reason))
  })

  const mappings = useCase(routes.mappings, async ({ tx }) => {
    const saved = await tx.rows<ImportMapping>(
      statement(
        `select * from import_mapping where org_id = $1 and register = $2 and withdrawn_at is null
         order by name collate people limit 200`,
        [tx.org.id, register],
      ),
    )
    return mutable({ items: saved.map(({ id, name, mapping }) => ({ id, name, mapping })) })
  })

  const saveMapping = useCase(routes.saveMapping, async ({ tx, permission, body }) => {
    const grant = orRefuse(grantForNew(permission))
    const { name } = body
    // Decisions about single rows belong to the one file they were made for.
    const mapping = { ...body.mapping, register, rows: {} }
    const known = await tx.first<ImportMapping>(
      statement(
        `select * from import_mapping
         where org_id = $1 and register = $2 and lower(name) = lower($3) and withdrawn_at is null for update`,
        [tx.org.id, register, name],
      ),
    )
    const change: Change<ImportMapping> = known
      ? changed('import_mapping', known, { name, mapping }, 'import.mapping_changed')
      : created(
          'import_mapping',
          { id: tx.newId<'importMapping'>(), orgId: tx.org.id, version: 1, register, name, mapping, withdrawnAt: null },
          'import.mapping_saved',
        )
    await tx.commit(grant, change)
    return mutable({ id: change.after.id, name, mapping })
  })

  return [upload, look, list, discard, show, preview, confirm, undo, mappings, saveMapping]
}

const givenFor = (tx: Tx, permission: Permission, actor: Actor) => ({
  tx,
  actor,
  grant: orRefuse(grantForNew(permission)),
})

// Of confirming and discarding one file, and of confirming it twice, the second waits and then finds it done. Progress is
// written beside this lock.
const lockUpload = (tx: Tx, id: ImportRun['id']): Promise<unknown> =>
  tx.rows(statement('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`import ${id}`]))

async function refuseConfirmed(tx: Tx, id: ImportRun['id']): Promise<void> {
  const run = await tx.find(importRecord, id)
  if (!run) return
  throw new RefusalError({
    code: 'import.confirmed',
    message: `This file was imported already as ${run.ref}; upload it again to import it once more.`,
    facts: { ref: run.ref },
  })
}

// An import of another register does not exist at this address.
const notHere = (tx: Tx): RefusalError =>
  new RefusalError({
    code: 'import_run.not_found',
    message: `There is no such import in ${tx.org.name}; files that were not confirmed are kept for a day.`,
    facts: {},
  })
