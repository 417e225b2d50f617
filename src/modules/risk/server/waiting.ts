import type { Id } from '#kernel/id.ts'
import { addDays, type LocalDate } from '#kernel/time.ts'
import { statement } from '#platform/db/database.ts'
import type { Waiting, WaitingFor, WaitingSource } from '#platform/waiting/waiting-source.ts'
import { refuseAcceptance } from '../domain/accept-residual.ts'
import { refusePlanApproval } from '../domain/approve-plan.ts'
import { approvalActs } from '../domain/authority.ts'
import type { RiskMethod } from '../domain/method.ts'
import { riskStatus } from '../domain/risk-status.ts'
import { refuseAuthority } from '../domain/sign-authority.ts'
import { validateMethod } from '../domain/validate-method.ts'
import { loadRegister, riskRows } from './load.ts'

/** How long before its date an action is told. */
const aheadDays = 30

/** What goes no further in the register before somebody has signed or acted (6.1.2, 6.1.3 e and f). Nine statements. */
export const riskWaiting: readonly WaitingSource[] = [
  {
    kinds: ['approveMethod'],
    list: async ({ tx, can }) => {
      if (!can('method.approve')) return []
      const drafts = await tx.rows<RiskMethod>(
        statement(`select * from risk_method where org_id = $1 and status = 'draft' and withdrawn_at is null`, [
          tx.org.id,
        ]),
      )
      return drafts
        .filter((draft) => validateMethod(draft).length === 0)
        .map(({ name }) => ({
          kind: 'approveMethod',
          rank: 'document',
          ref: '',
          title: name,
          path: '/risks/method',
          on: null,
        }))
    },
  },
  {
    kinds: ['approvePlan', 'acceptResidual', 'signAuthority', 'chooseTreatment', 'completePlan', 'setControlsLive'],
    list: signatures,
  },
  { kinds: ['carryOut'], list: actionsDue },
]

async function signatures({ tx, actor, can, today }: WaitingFor): Promise<Waiting[]> {
  // Nobody else can be asked for anything: owners, and whoever holds a role that a signed act still needs.
  const ids = await tx.rows<{ id: Id<'risk'> }>(
    statement(
      `select r.id from risk r where r.org_id = $1 and r.withdrawn_at is null and r.closed_at is null and (r.owner_id = $2
         or $3 and exists (select from risk_approval v where v.org_id = r.org_id and v.risk_id = r.id
           and v.ended_at is null and v.needs <> '[]'))`,
      [tx.org.id, actor.personId, can('risk.sign')],
    ),
  )
  if (ids.length === 0) return []
  const rows = await riskRows(
    tx,
    ids.map((one) => one.id),
  )
  const { risks } = await loadRegister(tx, rows)
  const by = { personId: actor.personId ?? ('' as Id<'person'>), roles: actor.roles }
  return risks.flatMap(({ row, dossier }): Waiting[] => {
    const step = riskStatus(dossier, today).next?.step
    const owners = [row.ownerId]
    const isOwner = row.ownerId !== null && row.ownerId === actor.personId
    const one = { rank: 'signature', ref: row.ref, title: row.title, path: `/risks/${row.ref}`, on: null } as const
    switch (step) {
      case 'approvePlan':
        return isOwner && can('risk.approvePlan', owners) && refusePlanApproval(dossier, by) === null
          ? [{ ...one, kind: step }]
          : []
      case 'acceptResidual':
        return isOwner && can('risk.accept', owners) && refuseAcceptance(dossier, by, today) === null
          ? [{ ...one, kind: step }]
          : []
      case 'signAuthority':
        return can('risk.sign') && approvalActs.some((act) => refuseAuthority(dossier, act, by, today) === null)
          ? [{ ...one, kind: step }]
          : []
      case 'chooseTreatment':
      case 'completePlan':
      case 'setControlsLive':
        return isOwner && can('risk.treat', owners) ? [{ ...one, kind: step, rank: 'work' }] : []
      default:
        return []
    }
  })
}

async function actionsDue({ tx, actor, today }: WaitingFor): Promise<Waiting[]> {
  if (actor.personId === null) return []
  const rows = await tx.rows<{ ref: string; title: string; riskRef: string; dueOn: LocalDate }>(
    statement(
      `select a.ref, a.title, r.ref as risk_ref, a.due_on from risk_action a
       join risk r on r.org_id = a.org_id and r.id = a.risk_id
       where a.org_id = $1 and a.owner_id = $2 and a.status in ('planned', 'inProgress') and a.due_on <= $3
         and r.withdrawn_at is null
       order by a.due_on, a.ref collate people`,
      [tx.org.id, actor.personId, addDays(today, aheadDays)],
    ),
  )
  return rows.map(({ ref, title, riskRef, dueOn }) => ({
    kind: 'carryOut',
    rank: 'work',
    ref,
    title,
    path: `/risks/${riskRef}`,
    on: dueOn,
  }))
}
