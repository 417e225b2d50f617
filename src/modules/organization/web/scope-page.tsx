import { Textarea } from '@mantine/core'
import { IconFileCheck } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { Band } from '#ui/band.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { Page, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { scope } from '../contract-scope.ts'
import { Exclusions, Interfaces } from './boundary.tsx'
import { Changes } from './changes.tsx'
import { ContentView } from './content-view.tsx'
import styles from './organization.module.css'
import { PlaceDialog } from './placement.tsx'
import type { Content, Scope } from './wire.ts'

/** The scope of the ISMS (4.3): what is approved, what the records say now, and the draft of the next version. */
export function ScopePage() {
  const t = useText('organization')
  const { interfaceRef, exclusionRef } = usePageParams() as {
    interfaceRef?: string
    exclusionRef?: string
  }
  const { data } = useApi(scope.show, {})
  const [placing, setPlacing] = useState<Content['items'][number] | null>(null)
  const start = useCallApi(scope.start)
  const navigate = useNavigate()
  const path = useOrgPath()
  const nothing = data.approved === null && data.draft === null
  // The first scope is about what is recorded; before that there is nothing to write about.
  const early = nothing && data.content.items.length === 0
  const begin = (
    <Action
      variant={early ? 'default' : 'filled'}
      can={data.can.startDraft && !early}
      reason={early && data.can.startDraft ? t('scope.recordsFirst') : undefined}
      loading={start.isPending}
      onClick={() => start.mutate({ body: {} })}
    >
      {data.approved === null ? t('scope.start') : t('scope.startNew')}
    </Action>
  )
  const placeButton = (item: Content['items'][number]) => (
    <Action size="compact-xs" variant="light" can={data.can.edit} onClick={() => setPlacing(item)}>
      {t('place')}
    </Action>
  )
  return (
    <Page
      title={t('nav.scope')}
      clause="4.3"
      lead={t('scope.lead')}
      actions={nothing || data.draft !== null ? undefined : begin}
    >
      <div className={styles['scope']}>
        {start.error === null ? null : <ErrorBand error={start.error} />}
        {data.judgement.state === 'outOfDate' ? (
          <Band tone="warn" title={t('scope.outOfDate', { count: data.judgement.changes.length })}>
            <Changes changes={data.judgement.changes} content={data.content} />
          </Band>
        ) : null}
        {nothing ? (
          <Section title={t('scope.statement')}>
            <EmptyState
              icon={<IconFileCheck size={28} stroke={1.5} />}
              title={t('scope.empty')}
              clause="4.3"
              actions={
                <>
                  {early ? (
                    <Action readOnly onClick={() => void navigate({ to: path('/units') })}>
                      {t('scope.addFirst')}
                    </Action>
                  ) : null}
                  {begin}
                </>
              }
            >
              {t('scope.emptyText')}
            </EmptyState>
          </Section>
        ) : null}
        {data.draft === null ? null : <Draft key={data.draft.id} data={data} />}
        {data.approved === null ? null : <Approved data={data} />}
        <Section title={t('scope.contents')}>
          {data.content.items.length === 0 ? (
            <NothingYet />
          ) : (
            <ContentView content={data.content} place={placeButton} />
          )}
        </Section>
        <div className={styles['columns']}>
          <Interfaces open={interfaceRef ?? null} />
          <Exclusions open={exclusionRef ?? null} />
        </div>
        <Versions />
      </div>
      {placing === null ? null : (
        <PlaceDialog
          kind={placing.kind}
          record={{ ...placing, placementReason: placing.reason }}
          onClose={() => setPlacing(null)}
        />
      )}
    </Page>
  )
}

function NothingYet() {
  const t = useText('organization')
  const path = useOrgPath()
  return (
    <span className="pl-muted">
      {t('scope.noRecords')} <PathLink to={path('/units')}>{t('scope.addRecords')}</PathLink>
    </span>
  )
}

function Approved({ data }: { data: Scope }) {
  const t = useText('organization')
  const format = useFormat()
  const { approved, judgement } = data
  if (approved === null) return null
  return (
    <Section
      title={t('scope.version', { number: approved.number ?? 0 })}
      actions={
        judgement.state === 'current' ? (
          <StatusBadge tone="good" glyph="check">
            {t('scope.current')}
          </StatusBadge>
        ) : (
          <StatusBadge tone="warn" glyph="alert">
            {t('scope.notCurrent')}
          </StatusBadge>
        )
      }
    >
      <p className={styles['statement']}>{approved.statement}</p>
      {approved.considerations === '' ? null : (
        <>
          <p className={styles['caption']}>{t('fields.considerations')}</p>
          <p className={styles['statement']}>{approved.considerations}</p>
        </>
      )}
      <p className={styles['caption']}>
        {t('scope.approvedBy', {
          name: approved.approvedBy?.name ?? '',
          date: approved.approvedAt === null ? '' : format.date(approved.approvedAt),
        })}
      </p>
    </Section>
  )
}

/** The draft with what stands in the way of approving it. Approval is of the state in front of the person. */
function Draft({ data }: { data: Scope }) {
  const t = useText('organization')
  const [dialog, setDialog] = useState<'approve' | 'discard' | null>(null)
  const { draft, stateHash } = data
  const change = useCallApi(scope.change)
  const approve = useCallApi(scope.approve)
  const discard = useCallApi(scope.discard)
  const params = { statementId: draft?.id ?? '' }
  const form = useRecordForm({
    schema: scope.change.body,
    initial: { statement: draft?.statement ?? '', considerations: draft?.considerations ?? '' },
    draft: `scope.${draft?.id ?? ''}`,
    version: draft?.version ?? 0,
    submit: (body, version) => change.mutateAsync({ params, body, ifMatch: version ?? draft?.version ?? 0 }),
    onDone: () => notify(t('saved')),
  })
  if (draft === null) return null
  const blocked = data.obstacles.some(({ severity }) => severity === 'blocks')
  const reason = form.dirty ? t('scope.saveFirst') : blocked ? t('scope.blocked') : undefined
  return (
    <Section
      title={t('scope.draft')}
      actions={
        <div style={{ display: 'flex', gap: 8 }}>
          <Action size="compact-sm" variant="subtle" can={draft.can.withdraw} onClick={() => setDialog('discard')}>
            {t('scope.discard')}
          </Action>
          <Action
            size="compact-sm"
            can={draft.can.approve && !blocked && !form.dirty && stateHash !== null}
            reason={reason}
            onClick={() => setDialog('approve')}
          >
            {t('scope.approve')}
          </Action>
        </div>
      }
    >
      <div className={styles['scope']}>
        {data.obstacles.length === 0 ? null : (
          <ul className={styles['obstacles']}>
            {data.obstacles.map((one) => (
              <li key={one.code}>
                <StatusBadge
                  plain
                  tone={one.severity === 'blocks' ? 'bad' : 'warn'}
                  glyph={one.severity === 'blocks' ? 'cross' : 'alert'}
                >
                  {t(`obstacles.${one.code}`, {
                    names: data.judgement.notPlaced.map(({ name }) => name).join(', '),
                  })}
                </StatusBadge>
              </li>
            ))}
          </ul>
        )}
        <FormFrame form={form} submitLabel={t('save')} can={draft.can.edit}>
          <Textarea
            {...form.text('statement', { label: t('fields.statement'), hint: t('hints.statement') })}
            minRows={5}
          />
          <Textarea
            {...form.text('considerations', {
              label: t('fields.considerations'),
              hint: t('hints.considerations'),
              optional: true,
            })}
          />
        </FormFrame>
      </div>
      <ConfirmDialog
        opened={dialog === 'approve'}
        onClose={() => setDialog(null)}
        title={t('scope.approveTitle')}
        confirmLabel={t('scope.approve')}
        onConfirm={async () => {
          await approve.mutateAsync({ params, body: { stateHash: stateHash ?? '' } })
          notify(t('scope.approved'))
        }}
      >
        {t('scope.approveText')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={dialog === 'discard'}
        onClose={() => setDialog(null)}
        title={t('scope.discardTitle')}
        confirmLabel={t('scope.discard')}
        danger
        reason="required"
        onConfirm={(text) => discard.mutateAsync({ params, body: { reason: text } })}
      />
    </Section>
  )
}

function Versions() {
  const t = useText('organization')
  const format = useFormat()
  const path = useOrgPath()
  const { data } = useApi(scope.statements, { query: { sort: '-number' } })
  const numbered = data.items.filter((one) => one.number !== null)
  if (numbered.length === 0) return null
  return (
    <Section title={t('scope.versions')}>
      <ul className={styles['items']}>
        {numbered.map((one) => (
          <li key={one.id}>
            <PathLink to={path(`/scope/versions/${one.id}`)}>
              {t('scope.version', { number: one.number ?? 0 })}
            </PathLink>
            <span className="pl-muted">
              {t('scope.approvedBy', {
                name: one.approvedBy?.name ?? '',
                date: one.approvedAt === null ? '' : format.date(one.approvedAt),
              })}
            </span>
            <span className="pl-muted">{t(`statuses.${one.status}`)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
