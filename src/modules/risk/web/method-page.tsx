import { Stack } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Action } from '#ui/action.tsx'
import { Band } from '#ui/band.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { Page, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { useOrgPath } from '#web/scope.ts'
import { risks } from '../contract.ts'
import { MethodContentView } from './method-content.tsx'
import { MethodEditor } from './method-editor.tsx'
import styles from './risk.module.css'
import { type MethodView, stale } from './views.ts'

/** The risk method (6.1.2 a–e): the version in force, or how to get one. */
export function MethodPage() {
  const { data } = useApi(risks.methods, {})
  const shown =
    data.items.find((one) => one.status === 'approved') ?? data.items.find((one) => one.status === 'draft') ?? null
  return shown === null ? <FirstMethod can={data.can.create} /> : <MethodVersion method={shown} all={data.items} />
}

/** One version of the method by its address. */
export function MethodVersionPage() {
  const { methodId = '' } = usePageParams()
  const { data } = useApi(risks.methods, {})
  const shown = data.items.find((one) => one.id === methodId)
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
  if (shown === undefined) {
    return (
      <Page title={t('method.title')}>
        <EmptyState
          title={t('method.gone')}
          actions={<Action onClick={() => void navigate({ to: path('/risks/method') })}>{t('list.toMethod')}</Action>}
        >
          {t('method.goneText')}
        </EmptyState>
      </Page>
    )
  }
  return <MethodVersion key={shown.id} method={shown} all={data.items} />
}

function FirstMethod({ can }: { can: boolean }) {
  const t = useText('risk')
  const { i18n } = useTranslation()
  const path = useOrgPath()
  const navigate = useNavigate()
  const draft = useCallApi(risks.draftMethod, {
    invalidates: stale,
    onDone: (made) => void navigate({ to: path(`/risks/method/${made.id}`) }),
  })
  return (
    <Page title={t('method.title')} clause="6.1.2">
      {draft.error === null ? null : <ErrorBand error={draft.error} />}
      <EmptyState
        icon={<IconScale size={28} stroke={1.4} />}
        title={t('method.emptyTitle')}
        clause="6.1.2 a–e"
        actions={
          <Action
            can={can}
            loading={draft.isPending}
            onClick={() => draft.mutate({ body: { from: 'template', language: i18n.language === 'de' ? 'de' : 'en' } })}
          >
            {t('method.fromTemplate')}
          </Action>
        }
      >
        {t('method.empty')}
      </EmptyState>
    </Page>
  )
}

function MethodStatusBadge({ method }: { method: MethodView }) {
  const t = useText('risk')
  const [glyph, tone] = (
    {
      draft: ['empty', 'info'],
      approved: ['check', 'good'],
      superseded: ['dash', 'quiet'],
      legacy: ['dash', 'quiet'],
    } as const
  )[method.status]
  return (
    <StatusBadge glyph={glyph} tone={tone}>
      {t(`methodStatus.${method.status}`)}
    </StatusBadge>
  )
}

/** An approval by whoever wrote the version is told, as with the Statement of Applicability. */
const remarked = ({ separation }: MethodView): boolean => separation === 'onePerson' || separation === 'unknown'

function MethodVersion({ method, all }: { method: MethodView; all: readonly MethodView[] }) {
  const t = useText('risk')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const [asked, setAsked] = useState<'approve' | 'discard' | null>(null)
  const [dirty, setDirty] = useState(false)
  const draft = all.find((one) => one.status === 'draft')
  const toMethod = () => void navigate({ to: path('/risks/method') })
  const revise = useCallApi(risks.draftMethod, {
    invalidates: stale,
    onDone: (made) => void navigate({ to: path(`/risks/method/${made.id}`) }),
  })
  const approve = useCallApi(risks.approveMethod, { invalidates: stale })
  const discard = useCallApi(risks.discardMethod, { invalidates: stale })
  const params = { methodId: method.id }
  const inForce = all.find((one) => one.status === 'approved')
  return (
    <Page
      title={method.name}
      clause="6.1.2"
      lead={
        <span className={styles['row']} style={{ gap: 12 }}>
          <MethodStatusBadge method={method} />
          <span>
            {method.approvedAt === null
              ? t('method.edition', { edition: method.edition })
              : t('method.approvedBy', {
                  edition: method.edition,
                  by: method.approvedBy ?? '–',
                  date: format.date(method.approvedAt),
                })}
          </span>
          {method.supersededAt === null ? null : (
            <span>{t('method.supersededOn', { date: format.date(method.supersededAt) })}</span>
          )}
          {method.status === 'draft' || !remarked(method) ? null : (
            <StatusBadge plain glyph="alert" tone="warn">
              {t(`method.separation.${method.separation}`)}
            </StatusBadge>
          )}
        </span>
      }
      actions={
        <>
          {method.status === 'approved' && draft !== undefined ? (
            <Action variant="default" readOnly onClick={() => void navigate({ to: path(`/risks/method/${draft.id}`) })}>
              {t('method.toDraft', { name: draft.name })}
            </Action>
          ) : null}
          {method.status === 'approved' && draft === undefined ? (
            <Action
              variant="default"
              can={method.can.revise}
              loading={revise.isPending}
              onClick={() => revise.mutate({ body: { from: 'inForce' } })}
            >
              {t('method.revise')}
            </Action>
          ) : null}
          {method.status === 'draft' ? (
            <>
              <Action variant="default" can={method.can.edit} onClick={() => setAsked('discard')}>
                {t('method.discard')}
              </Action>
              <Action
                can={method.can.approve && !dirty && method.problems.length === 0}
                reason={
                  !method.can.approve
                    ? t('method.approveRole')
                    : dirty
                      ? t('method.saveFirst')
                      : t('method.fixFirst', { count: method.problems.length })
                }
                onClick={() => setAsked('approve')}
              >
                {t('method.approve')}
              </Action>
            </>
          ) : null}
        </>
      }
    >
      {revise.error === null ? null : <ErrorBand error={revise.error} />}
      <div className={styles['stack']}>
        {method.status === 'draft' && method.can.edit ? (
          <MethodEditor key={method.id} method={method} onDirty={setDirty} />
        ) : (
          <MethodContentView method={method} />
        )}
        <Section title={t('method.versions')} flush>
          <div className={styles['scroll']}>
            <table className={styles['plain']}>
              <thead>
                <tr>
                  <th scope="col">{t('method.editionHead')}</th>
                  <th scope="col">{t('fields.name')}</th>
                  <th scope="col">{t('fields.status')}</th>
                  <th scope="col">{t('method.approved')}</th>
                  <th scope="col">{t('method.superseded')}</th>
                </tr>
              </thead>
              <tbody>
                {all.map((one) => (
                  <tr key={one.id} aria-current={one.id === method.id ? 'true' : undefined}>
                    <td className="pl-num">{one.edition}</td>
                    <td>
                      <PathLink to={path(`/risks/method/${one.id}`)}>{one.name}</PathLink>
                    </td>
                    <td>
                      <MethodStatusBadge method={one} />
                    </td>
                    <td>
                      {one.approvedAt === null ? '–' : `${format.shortDate(one.approvedAt)} · ${one.approvedBy ?? ''}`}
                    </td>
                    <td>{one.supersededAt === null ? '–' : format.shortDate(one.supersededAt)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Section>
        <Section title={t('ui:record.history')}>
          <RecordHistory type="risk_method" id={method.id} />
        </Section>
      </div>
      <ConfirmDialog
        opened={asked === 'approve'}
        onClose={() => setAsked(null)}
        title={t('method.approveTitle', { name: method.name })}
        confirmLabel={t('method.approve')}
        onConfirm={async () => {
          await approve.mutateAsync({ params })
          notify(t('method.nowInForce', { name: method.name }))
          toMethod()
        }}
      >
        <Stack gap="md">
          <span>
            {inForce === undefined ? t('method.approveFirst') : t('method.approveText', { name: inForce.name })}
          </span>
          {remarked(method) ? (
            <Band tone="warn" title={t(`method.separationAsk.${method.separation}`)}>
              <span>{t('method.separationAskText')}</span>
            </Band>
          ) : null}
        </Stack>
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === 'discard'}
        onClose={() => setAsked(null)}
        title={t('method.discardTitle', { name: method.name })}
        confirmLabel={t('method.discard')}
        danger
        onConfirm={async () => {
          await discard.mutateAsync({ params })
          notify(t('method.discarded'))
          toMethod()
        }}
      >
        {t('method.discardText')}
      </ConfirmDialog>
    </Page>
  )
}
