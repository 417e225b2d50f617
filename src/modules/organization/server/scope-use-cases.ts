import { defined } from '#kernel/change.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import { useCase } from '#platform/http/use-case.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { scope } from '../contract-scope.ts'
import { approveScope, changeDraft, discardDraft, startDraft } from '../domain/scope-statement.ts'
import { statementRecord } from './records.ts'
import { listStatements, loadContent, loadCurrent, showScope, showStatement, stateHashOf } from './scope-views.ts'

export const showScopeUseCase = useCase(scope.show, ({ tx, can }) => showScope(tx, can))

export const listStatementsUseCase = useCase(scope.statements, async ({ tx, query, can }) => ({
  ...(await listStatements(tx, query, can)),
  can: { create: can('scope.edit') },
}))

export const showStatementUseCase = useCase(scope.statement, ({ tx, params, can }) =>
  showStatement(tx, params.statementId, can),
)

export const startDraftUseCase = useCase(scope.start, async ({ tx, permission, actor, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  const { approved, draft } = await loadCurrent(tx)
  const words = {
    statement: body.statement ?? approved?.statement ?? '',
    considerations: body.considerations ?? approved?.considerations ?? '',
  }
  const key = { id: tx.newId<'scope'>(), orgId: tx.org.id }
  await tx.commit(grant, startDraft(key, words, actor.personId, draft))
  return showStatement(tx, key.id, can)
})

export const changeDraftUseCase = useCase(scope.change, async ({ tx, permission, params, body, version, can }) => {
  const { row, grant } = await tx.lock(permission, statementRecord, params.statementId, version)
  await tx.commit(grant, changeDraft(row, defined(body)))
  return showStatement(tx, row.id, can)
})

export const discardDraftUseCase = useCase(scope.discard, async ({ tx, permission, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, statementRecord, params.statementId)
  await tx.commit(grant, discardDraft(row, body.reason))
  return showStatement(tx, row.id, can)
})

export const approveScopeUseCase = useCase(scope.approve, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, statementRecord, params.statementId)
  const [{ approved }, content, last] = await Promise.all([
    loadCurrent(tx),
    loadContent(tx),
    tx.first<{ number: number }>(
      statement('select coalesce(max(number), 0) as number from scope_statement where org_id = $1', [tx.org.id]),
    ),
  ])
  const changes = approveScope(row, content, approved, {
    by: { isPerson: actor.kind === 'person', personId: actor.personId, name: actor.name },
    now: tx.now,
    seen: body.stateHash,
    stateHash: stateHashOf(row, content),
    number: (last?.number ?? 0) + 1,
  })
  await tx.commit(grant, orRefuse(changes))
  return showStatement(tx, row.id, can)
})
