import { Modal, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { IconClipboardCheck, IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { type Format, useFormat } from '#ui/format.ts'
import { notify } from '#ui/notify.ts'
import { Page } from '#ui/page.tsx'
import type { RecordOption } from '#ui/record-select.tsx'
import { type RecordColumn, RecordTable } from '#ui/record-table.tsx'
import { groupByChoice } from '#ui/row-groups.ts'
import { type Text, useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { risks } from '../contract.ts'
import { runScopes, runStatuses } from '../domain/run.ts'
import { useFinders } from './finders.ts'
import { ManySelect } from './many-select.tsx'
import { RunStatusBadge } from './risk-status.tsx'
import { type RunView, stale } from './views.ts'

const spec = {} as const

/** Assessments at planned intervals and when something happens (8.2). */
export function RunsPage() {
  const t = useText('risk')
  const format = useFormat()
  const path = useOrgPath()
  const list = useListState(spec)
  const { data } = useApi(risks.runs, {})
  const [opening, setOpening] = useState(false)
  const rows = data.items.filter((one) => `${one.ref} ${one.name}`.toLowerCase().includes(list.q.toLowerCase()))
  const columns = columnsOf(t, format)
  const openButton = (
    <Action icon={<IconPlus size={15} />} can={data.can.create} onClick={() => setOpening(true)}>
      {t('run.open')}
    </Action>
  )
  return (
    <Page
      title={t('run.title')}
      clause="8.2"
      lead={data.nextDue === null ? t('run.lead') : t('run.nextDue', { date: format.date(data.nextDue) })}
      actions={openButton}
    >
      <RecordTable
        name="risk-runs"
        label={t('run.title')}
        columns={columns}
        rows={rows}
        rowId={(one) => one.id}
        nameOf={(one) => one.ref}
        href={(one) => path(`/risks/runs/${one.id}`)}
        list={list}
        sorting="client"
        total={rows.length}
        empty={
          <EmptyState
            icon={<IconClipboardCheck size={28} stroke={1.4} />}
            title={t('run.emptyTitle')}
            clause="8.2"
            actions={openButton}
          >
            {t('run.empty')}
          </EmptyState>
        }
      />
      <Modal
        opened={opening}
        onClose={() => setOpening(false)}
        size={540}
        title={t('run.open')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <OpenRun onClose={() => setOpening(false)} />
      </Modal>
    </Page>
  )
}

/** How far a run is: results of those asked for. */
export function Progress({ run }: { run: RunView }) {
  const t = useText('risk')
  const total = run.results + run.missing
  if (run.status !== 'open') return <span>{t('run.results', { count: run.results })}</span>
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8, width: 150, fontSize: '0.8125rem' }}>
      <span
        style={{ flex: 1, maxWidth: 90, height: 6, borderRadius: 3, background: 'var(--pl-quiet-soft)' }}
        aria-hidden="true"
      >
        <span
          style={{
            display: 'block',
            height: 6,
            borderRadius: 3,
            background: 'var(--pl-accent)',
            width: `${total === 0 ? 0 : (run.results / total) * 100}%`,
          }}
        />
      </span>
      <span className="pl-num">{t('run.of', { done: run.results, total })}</span>
    </span>
  )
}

function OpenRun({ onClose }: { onClose: () => void }) {
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
  const find = useFinders()
  const [chosen, setChosen] = useState<readonly RecordOption[]>([])
  const open = useCallApi(risks.openRun, { invalidates: stale })
  const form = useRecordForm({
    schema: risks.openRun.body,
    initial: { name: '', scope: 'whole', trigger: null },
    guard: false,
    submit: (body) => open.mutateAsync({ body }),
    onDone: (run) => {
      notify(t('run.opened', { ref: run.ref }))
      onClose()
      void navigate({ to: path(`/risks/runs/${run.id}`) })
    },
  })
  const scope = form.choice('scope', { label: t('run.scope') })
  const riskField = form.many('riskIds', { label: t('run.risks') })
  const partial = scope.value === 'partial'
  return (
    <FormFrame form={form} submitLabel={t('run.open')} onCancel={onClose}>
      <TextInput data-autofocus {...form.text('name', { label: t('fields.name'), hint: t('run.nameHint') })} />
      <div>
        <SegmentedControl
          aria-label={t('run.scope')}
          value={scope.value ?? 'whole'}
          onChange={scope.onChange}
          data={[
            { value: 'whole', label: t('runScope.whole') },
            { value: 'partial', label: t('runScope.partial') },
          ]}
        />
        <div className="pl-muted" style={{ fontSize: '0.75rem', marginTop: 6 }}>
          {partial ? t('run.partialText') : t('run.wholeText')}
        </div>
      </div>
      {partial ? (
        <>
          <Textarea minRows={2} {...form.text('trigger', { label: t('run.trigger'), hint: t('run.triggerHint') })} />
          <ManySelect
            id={riskField.id}
            label={riskField.label}
            error={riskField.error}
            source="risk.risks"
            find={find.risks}
            value={chosen}
            onChange={(value) => {
              setChosen(value)
              form.set(
                'riskIds',
                value.map((one) => one.id),
              )
            }}
          />
        </>
      ) : null}
    </FormFrame>
  )
}

function columnsOf(t: Text, format: Format): RecordColumn<RunView>[] {
  return [
    {
      key: 'ref',
      header: t('fields.ref'),
      width: 80,
      value: (one) => one.ref,
      cell: (one) => <span className="pl-ref">{one.ref}</span>,
    },
    { key: 'name', header: t('fields.name'), primary: true, value: (one) => one.name, cell: (one) => one.name },
    {
      key: 'scope',
      header: t('run.scope'),
      width: 130,
      value: (one) => one.scope,
      group: ({ scope }) => groupByChoice(scope, runScopes, t(`runScope.${scope}`)),
      cell: (one) => t(`runScope.${one.scope}`),
    },
    {
      key: 'status',
      header: t('fields.status'),
      width: 130,
      onCard: true,
      value: (one) => one.status,
      group: ({ status }) => groupByChoice(status, runStatuses, t(`runStatus.${status}`)),
      cell: (one) => <RunStatusBadge status={one.status} plain />,
    },
    {
      key: 'progress',
      header: t('run.progress'),
      width: 190,
      onCard: true,
      value: (one) => one.results,
      cell: (one) => <Progress run={one} />,
    },
    {
      key: 'method',
      header: t('fields.methodId'),
      width: 160,
      value: (one) => one.method.name,
      cell: (one) => one.method.name,
    },
    {
      key: 'opened',
      header: t('run.openedOn'),
      width: 116,
      onCard: true,
      value: (one) => one.openedOn,
      cell: (one) => format.shortDate(one.openedOn),
    },
    {
      key: 'closed',
      header: t('run.closedOn'),
      width: 116,
      value: (one) => one.closedOn,
      cell: (one) => (one.closedOn === null ? '' : format.shortDate(one.closedOn)),
    },
  ]
}
