import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Action } from '#ui/action.tsx'
import { ClaimedOwner } from '#ui/claimed-owner.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { FactList } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { RecordPage, type RecordProblem } from '#ui/record-page.tsx'
import { useText } from '#ui/text.ts'
import { useApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { useOrgPath } from '#web/scope.ts'
import { risks } from '../contract.ts'
import type { ApprovalStanding } from '../domain/judge-approval.ts'
import { isUnproven } from '../domain/treatment.ts'
import { ActionsSection } from './actions-section.tsx'
import { ActsSection } from './acts-section.tsx'
import { LevelsSection } from './levels-section.tsx'
import { EndActivityDialog, ReopenDialog, WithdrawDialog } from './life-dialogs.tsx'
import { ReasonText } from './reason-text.tsx'
import { useReason } from './reasons.ts'
import styles from './risk.module.css'
import { RiskStatusBadge } from './risk-status.tsx'
import { ScenarioSection } from './scenario-section.tsx'
import { SignDialog } from './sign-dialog.tsx'
import { TreatmentSection } from './treatment-section.tsx'
import type { RiskView } from './views.ts'

export type RiskDialog = 'plan' | 'acceptance' | 'signPlan' | 'signAcceptance' | 'withdraw' | 'reopen' | 'endActivity'

/** Room for a finger. */
const roomy = { display: 'inline-block', padding: '3px 0' } as const

/** Reasons that say how things stand rather than what is wrong. */
const quiet = ['risk.accepted', 'risk.avoided', 'risk.improved', 'risk.control_improved']
const bad: readonly string[] = ['needsTreatment', 'acceptanceOutOfDate']
const warn: readonly string[] = [
  'risk.no_owner',
  'risk.owner_left',
  'risk.unexplained_reduction',
  'risk.controls_failing',
  'risk.controls_unproven',
  'risk.properties_not_stated',
]

/** The reason that decides follows the status of the risk; what stands beside it speaks for itself. */
function toneOf(code: string, status: RiskView['status'], decides: boolean): RecordProblem['tone'] {
  if (code === 'risk.actions_overdue' || (decides && bad.includes(status))) return 'bad'
  return warn.includes(code) || status !== 'inTreatment' ? 'warn' : 'info'
}

/** One risk with its treatment and the acts of its owner (6.1.2, 6.1.3, 8.3). */
export function RiskPage() {
  const { riskId = '' } = usePageParams()
  const t = useText('risk')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const { data: risk } = useApi(risks.show, { params: { riskId } })
  const { data: methods } = useApi(risks.methods, {})
  const [dialog, setDialog] = useState<RiskDialog | null>(null)
  const method = methods.items.find((one) => one.id === risk.method?.id)
  const go = (to: string) => void navigate({ to: path(to) })
  const open = risk.status !== 'withdrawn' && risk.status !== 'avoided'

  // What is late comes first, also where something else decides the status.
  const late = (one: { code: string }) => (one.code === 'risk.actions_overdue' ? 0 : 1)
  const shown = risk.why.filter((one) => !quiet.includes(one.code)).toSorted((a, b) => late(a) - late(b))
  const nextButton = <NextAction risk={risk} open={setDialog} />
  const problems: RecordProblem[] = shown.map((one, index) => ({
    key: `${one.code}-${String(index)}`,
    tone: toneOf(one.code, risk.status, index === 0),
    what: index === 0 ? <ReasonText why={one} /> : undefined,
    fix: index === 0 ? undefined : <ReasonText why={one} />,
    ...(index === 0 && risk.next !== null ? { action: nextButton } : {}),
  }))
  if (shown.length === 0 && risk.next !== null) {
    problems.push({ key: 'next', tone: 'info', what: t(`next.${risk.next.step}`), action: nextButton })
  }
  return (
    <>
      <RecordPage
        reference={risk.ref}
        title={risk.title}
        state={<RiskStatusBadge risk={risk} />}
        ownerLabel={t('fields.ownerId')}
        owner={
          risk.owner?.name ?? (risk.ownerText === null ? t('list.noOwner') : <ClaimedOwner name={risk.ownerText} />)
        }
        facts={[
          ...(risk.kind === 'informationSecurity' ? [] : [{ label: t('fields.kind'), value: t(`kind.${risk.kind}`) }]),
          ...(risk.category === null ? [] : [{ label: t('fields.category'), value: risk.category }]),
          ...(risk.assessedAt === null
            ? []
            : risk.levelOrigin === 'imported'
              ? [
                  {
                    label: t('levels.origin'),
                    value: t('levels.asImported', { date: format.shortDate(risk.assessedAt) }),
                  },
                ]
              : [{ label: t('fields.assessedAt'), value: format.shortDate(risk.assessedAt) }]),
        ]}
        actions={
          <>
            {risk.kind === 'opportunity' ? null : (
              <Action variant="default" can={risk.can.assess} onClick={() => go(`/risks/${risk.id}/assess`)}>
                {t('assess.button')}
              </Action>
            )}
            <Action variant="default" can={risk.can.edit} onClick={() => go(`/risks/${risk.id}/edit`)}>
              {t('edit')}
            </Action>
            <Menu>
              <Menu.Target>
                <Action variant="default" readOnly icon={<IconChevronDown size={14} />}>
                  {t('more')}
                </Action>
              </Menu.Target>
              <Menu.Dropdown>
                {risk.treatment.options.some((one) => one.kind === 'avoid' && one.endedOn === null) && open ? (
                  <Menu.Item disabled={!risk.can.treat} onClick={() => setDialog('endActivity')}>
                    {t('life.endActivity')}
                  </Menu.Item>
                ) : null}
                {open ? null : <Menu.Item onClick={() => setDialog('reopen')}>{t('life.reopen')}</Menu.Item>}
                {risk.status === 'withdrawn' ? null : (
                  <Menu.Item c="var(--pl-bad)" onClick={() => setDialog('withdraw')}>
                    {t('life.withdraw')}
                  </Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          </>
        }
        problems={problems}
        questions={questions(risk, t, format.shortDate)}
        links={<RiskLinks risk={risk} />}
        history={<RecordHistory type="risk" id={risk.id} />}
      >
        <ScenarioSection risk={risk} />
        {risk.kind === 'opportunity' ? null : <LevelsSection risk={risk} method={method} />}
        {risk.kind === 'opportunity' ? null : <TreatmentSection risk={risk} method={method} />}
        <ActionsSection risk={risk} />
        {risk.kind === 'opportunity' ? null : <ActsSection risk={risk} open={setDialog} />}
      </RecordPage>
      <SignDialog risk={risk} dialog={dialog} onClose={() => setDialog(null)} />
      <WithdrawDialog risk={risk} opened={dialog === 'withdraw'} onClose={() => setDialog(null)} />
      <ReopenDialog risk={risk} opened={dialog === 'reopen'} onClose={() => setDialog(null)} />
      <EndActivityDialog risk={risk} opened={dialog === 'endActivity'} onClose={() => setDialog(null)} />
    </>
  )
}

/** The button of the next step; disabled with the server's sentence where the person asking may not. */
function NextAction({ risk, open }: { risk: RiskView; open: (dialog: RiskDialog) => void }) {
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
  const reason = useReason()
  if (risk.next === null) return null
  const { step } = risk.next
  const label = t(`nextButton.${step}`)
  const to = (address: string, can: boolean) => (
    <Action can={can} onClick={() => void navigate({ to: path(address) })}>
      {label}
    </Action>
  )
  const blocked = (key: 'approve' | 'accept' | 'sign') => {
    const why = risk.blocked[key]
    return why === null ? undefined : reason(why)
  }
  switch (step) {
    case 'approveMethod':
      return to('/risks/method', true)
    case 'nameOwner':
      return to(`/risks/${risk.id}/edit`, risk.can.edit)
    case 'assess':
      return to(`/risks/${risk.id}/assess`, risk.can.assess)
    case 'rescore':
      return to(`/risks/${risk.id}/rescore`, risk.can.assess)
    case 'chooseTreatment':
    case 'completePlan':
    case 'setControlsLive':
      return to(`/risks/${risk.id}/treatment`, risk.can.treat)
    case 'approvePlan':
      return (
        <Action can={risk.can.approve} reason={blocked('approve')} onClick={() => open('plan')}>
          {label}
        </Action>
      )
    case 'acceptResidual':
      return (
        <Action can={risk.can.accept} reason={blocked('accept')} onClick={() => open('acceptance')}>
          {label}
        </Action>
      )
    case 'signAuthority':
      return (
        <Action
          can={risk.can.sign}
          reason={blocked('sign')}
          onClick={() => open(risk.approvals.plan?.standing === 'incomplete' ? 'signPlan' : 'signAcceptance')}
        >
          {label}
        </Action>
      )
    case 'endActivity':
      return (
        <Action can={risk.can.treat} onClick={() => open('endActivity')}>
          {label}
        </Action>
      )
    case 'carryOut':
      return (
        <Action
          variant="default"
          readOnly
          onClick={() => document.getElementById('actions')?.scrollIntoView({ behavior: 'smooth', block: 'start' })}
        >
          {label}
        </Action>
      )
    default:
      return null
  }
}

/** What an auditor asks about a risk, answered from its records as far as they go. */
function questions(
  risk: RiskView,
  t: (key: string, values?: Record<string, unknown>) => string,
  day: (value: string) => string,
): ReactNode[] {
  const answer = (question: string, said: string) => (
    <>
      <div>{question}</div>
      <div className={`pl-muted ${styles['twoLines'] ?? ''}`}>{said}</div>
    </>
  )
  if (risk.kind === 'opportunity') return [answer(t('ask.opportunity'), risk.effectiveness ?? t('ask.notRecorded'))]
  const { plan, acceptance } = risk.approvals
  // A signature that no longer counts is no answer without that.
  const stands = (said: string, { standing }: { standing: ApprovalStanding }) =>
    standing === 'valid' ? said : `${said} (${t(`standing.${standing}`)})`
  return [
    answer(
      t('ask.method'),
      risk.method === null || risk.assessedAt === null
        ? t('ask.notAssessed')
        : t(risk.levelOrigin === 'imported' ? 'ask.methodImported' : 'ask.methodIs', {
            method: risk.method.name,
            date: day(risk.assessedAt),
          }),
    ),
    answer(t('ask.rationale'), risk.rationale === '' ? t('ask.notRecorded') : risk.rationale),
    answer(t('ask.controls'), risk.controls.length === 0 ? t('ask.noControls') : controlsSaid(risk, t)),
    answer(
      t('ask.plan'),
      plan === null ? t('ask.nobody') : stands(t('ask.signed', { by: plan.by, date: day(plan.signedAt) }), plan),
    ),
    answer(
      t('ask.acceptance'),
      acceptance === null
        ? t('ask.nobody')
        : stands(
            t('ask.signedUntil', {
              by: acceptance.by,
              date: day(acceptance.signedAt),
              until: day(acceptance.expiresOn),
            }),
            acceptance,
          ),
    ),
  ]
}

/** How many controls are live and planned; of the live ones, how many their own records speak against or do not prove. */
function controlsSaid({ controls }: RiskView, t: (key: string, values?: Record<string, unknown>) => string): string {
  const live = controls.filter((one) => one.state === 'live')
  const planned = controls.length - live.length
  const broken = live.filter((one) => !one.works).length
  const unproven = live.filter((one) => one.works && isUnproven(one)).length
  const but = [
    ...(broken > 0 ? [t('ask.notWorking', { count: broken })] : []),
    ...(unproven > 0 ? [t('ask.unproven', { count: unproven })] : []),
  ]
  return but.length === 0
    ? t('ask.controlsAre', { live: live.length, planned })
    : t('ask.controlsBut', { live: live.length, but: but.join(', '), planned })
}

function RiskLinks({ risk }: { risk: RiskView }) {
  const t = useText('risk')
  const path = useOrgPath()
  const list = (items: readonly { id: string; ref: string; title: string }[], folder: string) =>
    items.map((one) => (
      <div key={one.id}>
        <PathLink to={path(`/${folder}/${one.id}`)} style={roomy}>
          <span className="pl-ref">{one.ref}</span> {one.title}
        </PathLink>
      </div>
    ))
  const facts = [
    ...(risk.method === null
      ? []
      : [
          {
            label: t('fields.methodId'),
            value: <PathLink to={path(`/risks/method/${risk.method.id}`)}>{risk.method.name}</PathLink>,
          },
        ]),
    ...(risk.assets.length === 0 ? [] : [{ label: t('fields.assets'), value: list(risk.assets, 'assets') }]),
    ...(risk.obligations.length === 0
      ? []
      : [{ label: t('fields.obligations'), value: list(risk.obligations, 'obligations') }]),
    ...(risk.controls.length === 0 ? [] : [{ label: t('fields.controls'), value: list(risk.controls, 'controls') }]),
  ]
  return facts.length === 0 ? <span className="pl-muted">{t('links.none')}</span> : <FactList facts={facts} />
}
