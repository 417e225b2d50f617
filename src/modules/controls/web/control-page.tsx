import { ActionIcon, Table, Tooltip } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { catalogue } from '#modules/catalogue/contract.ts'
import { useWorded } from '#modules/catalogue/web/worded.ts'
import { Action } from '#ui/action.tsx'
import { ClaimedOwner } from '#ui/claimed-owner.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { FactList, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { RecordPage, type RecordProblem } from '#ui/record-page.tsx'
import { StateGlyph, StatusBadge } from '#ui/status-badge.tsx'
import { TagList } from '#ui/tag-list.tsx'
import { useText } from '#ui/text.ts'
import { useApi, useApiLater, useCallApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { useOrgPath } from '#web/scope.ts'
import { controls } from '../contract.ts'
import { applicabilityLook } from './applicability-menu.tsx'
import styles from './control.module.css'
import { ControlStatus } from './control-status.tsx'
import { DecisionSection } from './decision-section.tsx'
import { EvidenceSection } from './evidence-section.tsx'
import { HowSection } from './how-section.tsx'
import { StatusSection } from './status-section.tsx'
import type { ControlView } from './wire.ts'

/** A control by its reference (`A.5.1`, `C-2`) or its id: decided, described, judged and proven on one page. */
export function ControlPage() {
  const t = useText('controls')
  const { controlId = '' } = usePageParams() as { controlId?: string }
  const { data: control } = useApi(controls.show, { params: { controlId } })
  const [glyph, tone] = applicabilityLook[control.applicability]
  return (
    <RecordPage
      reference={control.ref}
      title={control.title}
      state={
        control.applicability === 'applicable' ? (
          <ControlStatus status={control.status} />
        ) : (
          <StatusBadge tone={tone} glyph={glyph}>
            {t(`decided.${control.applicability}`)}
          </StatusBadge>
        )
      }
      owner={
        control.owner?.name ?? (control.ownerText === '' ? t('soa.noOwner') : <ClaimedOwner name={control.ownerText} />)
      }
      facts={[{ label: t('fields.theme'), value: t(`catalogue:themes.${control.theme}`) }]}
      actions={<HeadActions control={control} />}
      problems={problemsOf(control, t)}
      questions={questionsOf(control, t)}
      links={<Expected control={control} />}
      history={<RecordHistory type="control" id={control.id} />}
    >
      <Purpose control={control} />
      <DecisionSection key={`decide-${control.id}`} control={control} />
      <HowSection control={control} />
      <StatusSection control={control} />
      <EvidenceSection key={`evidence-${control.id}`} control={control} />
      <PlanSection control={control} />
      <About control={control} />
    </RecordPage>
  )
}

/** Step through the statement; withdraw a control of one's own. */
function HeadActions({ control }: { control: ControlView }) {
  const t = useText('controls')
  const path = useOrgPath()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const { data: list } = useApiLater(controls.list, {})
  const withdraw = useCallApi(controls.withdraw, { invalidates: ['soa.'] })
  const items = list?.items ?? []
  const at = items.findIndex((item) => item.id === control.id)
  const step = (by: number, label: string, icon: React.ReactNode) => {
    const to = at < 0 ? undefined : items[at + by]
    return (
      <Tooltip label={to === undefined ? label : `${label}: ${to.ref} ${to.title}`}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={label}
          disabled={to === undefined}
          onClick={() => {
            if (to !== undefined) void navigate({ to: path(`/controls/${to.ref}`) })
          }}
        >
          {icon}
        </ActionIcon>
      </Tooltip>
    )
  }
  return (
    <>
      {control.own ? (
        <Action
          variant="default"
          can={control.can.decide && control.withdrawnAt === null}
          reason={control.withdrawnAt === null ? undefined : t('own.withdrawn')}
          onClick={() => setAsking(true)}
        >
          {t('own.withdraw')}
        </Action>
      ) : null}
      {step(-1, t('control.previous'), <IconChevronLeft size={16} />)}
      {step(1, t('control.next'), <IconChevronRight size={16} />)}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('own.withdrawTitle', { ref: control.ref })}
        confirmLabel={t('own.withdraw')}
        danger
        reason="required"
        onConfirm={async (reason) => {
          await withdraw.mutateAsync({ params: { controlId: control.id }, body: { reason } })
          notify(t('own.withdrawnDone', { ref: control.ref }))
        }}
      >
        {t('own.withdrawExplain')}
      </ConfirmDialog>
    </>
  )
}

type T = (key: string, values?: Record<string, unknown>) => string

function problemsOf(control: ControlView, t: T): RecordProblem[] {
  if (control.withdrawnAt !== null) return [{ key: 'withdrawn', tone: 'info', what: t('own.withdrawn') }]
  const asking = control.drivers.filter((driver) => driver.kind !== 'business').map((driver) => driver.ref)
  return control.issues.map(({ severity, code }) => ({
    key: code,
    tone: severity === 'blocks' || code === 'failing' ? 'bad' : 'warn',
    what: t(`issues.${code}.what`, { refs: asking.join(', ') }),
    fix: t(`issues.${code}.fix`),
  }))
}

/** What an auditor would ask about this control as it stands, most pressing first; at most five. */
function questionsOf(control: ControlView, t: T): string[] {
  const facts = {
    title: control.title,
    provider: control.provider,
    owner: control.owner?.name ?? '',
    actions: control.actions.map((action) => action.ref).join(', '),
  }
  const ask = (key: string): string => t(`questions.${key}`, facts)
  if (control.applicability === 'undecided') return [ask('undecided'), ask('undecidedWho')]
  if (control.applicability === 'excluded') return [ask('excluded'), ask('excludedRisks'), ask('excludedSince')]
  const codes = control.issues.map((issue) => issue.code)
  const status = control.status
  return [
    ...(codes.includes('failing') ? [ask('failing')] : []),
    ...(codes.includes('noDriver') ? [ask('noDriver')] : [ask('driver')]),
    ...(codes.includes('claimed') ? [ask('claimed')] : []),
    ...(status === 'notDetermined' ? [ask('notDetermined')] : []),
    ...(status === 'notImplemented' ? [ask('notImplemented')] : []),
    ...(status === 'planned' || status === 'partial' ? [ask(control.actions.length > 0 ? 'openActions' : 'rest')] : []),
    ...(codes.includes('notDescribed') ? [ask('notDescribed')] : []),
    ...(codes.includes('noOwner') ? [ask('noOwner')] : []),
    ...(control.operatedBy === 'us' ? [] : [ask('provider')]),
    ...(status === 'implemented' ? [ask('lastTime'), ...(control.owner === null ? [] : [ask('away')])] : []),
  ].slice(0, 5)
}

/** What the control is meant for. */
function Purpose({ control }: { control: ControlView }) {
  const worded = useWorded()
  const { data: annexA } = useApiLater(catalogue.controls, {}, !control.own)
  const definition = annexA?.controls.find((one) => one.ref === control.ref)
  const text = definition === undefined ? control.purpose : worded(definition.purpose)
  return text === '' ? null : <p className={styles['lead']}>{text}</p>
}

/** The attributes of ISO/IEC 27002 and the numbers of the 2013 edition. */
function About({ control }: { control: ControlView }) {
  const t = useText('controls')
  const worded = useWorded()
  const { data: annexA } = useApiLater(catalogue.controls, {}, control.attributes !== null)
  if (control.attributes === null) return null
  const { attributes } = control
  return (
    <Section title={t('about.title')}>
      <FactList
        facts={[
          ...(annexA?.attributes ?? []).map((attribute) => ({
            label: worded(attribute.label),
            value: (
              <TagList
                tags={attribute.values
                  .filter((value) => attributes[attribute.id].includes(value.id))
                  .map((value) => worded(value.label))}
              />
            ),
          })),
          {
            label: t('about.old'),
            value: control.predecessors.length === 0 ? t('about.new') : control.predecessors.join(', '),
          },
        ]}
      />
    </Section>
  )
}

/** What is usually shown for such a control, from the catalogue. */
function Expected({ control }: { control: ControlView }) {
  const t = useText('controls')
  const { i18n } = useTranslation()
  const path = useOrgPath()
  const { data: annexA } = useApiLater(catalogue.controls, {}, !control.own)
  const usual = annexA?.controls.find((one) => one.ref === control.ref)?.evidence.en ?? []
  return (
    <div style={{ display: 'grid', gap: 8, fontSize: '0.8125rem' }}>
      <PathLink to={path('/soa')}>{t('soa.title')}</PathLink>
      {control.own ? null : (
        <PathLink to={path(`/catalogue?view=controls&q=${control.ref}`)}>{t('about.inCatalogue')}</PathLink>
      )}
      {usual.length === 0 ? null : (
        // The catalogue words it in English alone: readers of another language open it.
        <details open={i18n.language === 'en'}>
          <summary className="pl-muted" style={{ margin: '6px 0 4px', cursor: 'pointer' }}>
            {t('about.usual')}
          </summary>
          <ul style={{ margin: 0, paddingLeft: 16, display: 'grid', gap: 3 }} lang="en">
            {usual.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

/** Actions of treatment plans that build or change the control. */
function PlanSection({ control }: { control: ControlView }) {
  const t = useText('controls')
  const format = useFormat()
  const path = useOrgPath()
  const risks = new Map(control.drivers.map((driver) => [driver.ref, driver.id]))
  return (
    <Section title={t('plan.title')} flush={control.actions.length > 0}>
      {control.actions.length === 0 ? (
        <span className="pl-muted">{t('plan.none')}</span>
      ) : (
        <Table.ScrollContainer minWidth={520}>
          <Table fz="sm" verticalSpacing={7} horizontalSpacing={16}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('plan.action')}</Table.Th>
                <Table.Th>{t('plan.risk')}</Table.Th>
                <Table.Th>{t('plan.due')}</Table.Th>
                <Table.Th>{t('plan.status')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {control.actions.map((action) => {
                const risk = risks.get(action.riskRef)
                const done = action.status === 'done' || action.status === 'verified'
                return (
                  <Table.Tr key={action.ref}>
                    <Table.Td>
                      <span className="pl-ref">{action.ref}</span> {action.title}
                    </Table.Td>
                    <Table.Td>
                      {risk === undefined || risk === null ? (
                        action.riskRef
                      ) : (
                        <PathLink to={path(`/risks/${risk}`)}>{action.riskRef}</PathLink>
                      )}
                    </Table.Td>
                    <Table.Td>{action.dueOn === null ? '–' : format.shortDate(action.dueOn)}</Table.Td>
                    <Table.Td>
                      {action.overdue ? (
                        <StatusBadge glyph="alert" tone="bad" plain>
                          {t('plan.overdue')}
                        </StatusBadge>
                      ) : action.claimedByImport ? (
                        <StatusBadge glyph="dotted" tone="warn" plain>
                          {t('plan.doneByImport')}
                        </StatusBadge>
                      ) : (
                        <span style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
                          <StateGlyph glyph={done ? 'check' : 'clock'} />
                          {t(`plan.statuses.${action.status}`)}
                        </span>
                      )}
                    </Table.Td>
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Section>
  )
}
