import { approvedScope } from '#modules/organization/server/reader.ts'
import { openRoles } from '#modules/people/server/reader.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import { useCase } from '#platform/http/use-case.ts'
import { canonicalHash } from '#platform/ledger/content.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { controls } from '../contract.ts'
import { issueSoa, proposeSoa, type SoaRow, type SoaVersion, soaGaps, soaMaterial, withdrawSoa } from '../domain/soa.ts'
import { soaRecord } from './records.ts'
import { listStatements, showRedline, showStatement, workingRows } from './soa-views.ts'
import { languageOf } from './views.ts'

/** SHA-256 of a statement: everything a reader of the issued document sees. */
export const soaHash = (rows: readonly SoaRow[]): string => canonicalHash(soaMaterial(rows))

export const listStatementsUseCase = useCase(controls.statements, async ({ tx, can }) => ({
  items: await listStatements(tx, can),
  can: { propose: can('soa.propose') },
}))

/** What proposing or issuing the statement would leave open. None of it is refused; whoever signs shall know it. */
export const soaGapsUseCase = useCase(controls.gaps, async ({ tx }) => {
  const [scope, roles, rows] = await Promise.all([
    approvedScope(tx),
    openRoles(tx),
    workingRows(tx, languageOf(tx.org.language)),
  ])
  return {
    scope:
      scope === null
        ? ('none' as const)
        : scope.judgement.state === 'current'
          ? ('approved' as const)
          : ('changed' as const),
    scopeChanges: scope?.judgement.changes.length ?? 0,
    roles: { open: roles.open, mandates: [...roles.mandates] },
    controls: soaGaps(rows).map(({ code, severity, refs }) => ({ code, severity, count: refs.length })),
  }
})

export const showStatementUseCase = useCase(controls.statement, ({ tx, params, can }) =>
  showStatement(tx, params.soaId, can),
)

export const redlineUseCase = useCase(controls.redline, ({ tx, params, query }) =>
  showRedline(tx, params.soaId, query.to),
)

export const proposeSoaUseCase = useCase(controls.propose, async ({ tx, permission, actor, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  const language = body.language ?? languageOf(tx.org.language)
  const versions = await tx.rows<Pick<SoaVersion, 'number' | 'status'>>(
    statement('select number, status from soa_version where org_id = $1 for update', [tx.org.id]),
  )
  const open = versions.find((version) => version.status === 'proposed')
  if (open) {
    throw new RefusalError({
      code: 'soa.proposed_already',
      message: `Version ${open.number} is waiting for approval: issue or withdraw it before proposing another.`,
      facts: { number: open.number },
    })
  }
  const rows = await workingRows(tx, language)
  const number = versions.reduce((last, version) => Math.max(last, version.number), 0) + 1
  const key = { id: tx.newId<'soa'>(), orgId: tx.org.id, number }
  const by = { personId: actor.personId, now: tx.now }
  await tx.commit(grant, proposeSoa(key, { rows, hash: soaHash(rows), language, note: body.note }, by))
  return showStatement(tx, key.id, can)
})

export const issueSoaUseCase = useCase(controls.issue, async ({ tx, permission, actor, params, can }) => {
  const { row, grant } = await tx.lock(permission, soaRecord, params.soaId)
  if (actor.personId === null) {
    throw new RefusalError({
      code: 'soa.nobody',
      message:
        'A statement is approved by a person: ask an administrator to link your account to your entry in the directory.',
      facts: {},
    })
  }
  const [issued, rows] = await Promise.all([
    tx.first<SoaVersion>(
      statement(`select * from soa_version where org_id = $1 and status = 'issued' for update`, [tx.org.id]),
    ),
    workingRows(tx, languageOf(row.language)),
  ])
  const by = { personId: actor.personId, now: tx.now }
  await tx.commit(grant, orRefuse(issueSoa(row, issued, by, soaHash(rows))))
  return showStatement(tx, row.id, can)
})

export const withdrawSoaUseCase = useCase(controls.withdrawProposal, async ({ tx, permission, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, soaRecord, params.soaId)
  await tx.commit(grant, withdrawSoa(row, tx.now, body.reason))
  return showStatement(tx, row.id, can)
})
