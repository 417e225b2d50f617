import { Checkbox } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { people } from '#modules/people/contract.ts'
import { Action } from '#ui/action.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { FilterMenu } from '#ui/filter-menu.tsx'
import { type Format, useFormat } from '#ui/format.ts'
import { ImportAction } from '#ui/import-action.tsx'
import { PathLink } from '#ui/link.tsx'
import { Page } from '#ui/page.tsx'
import { type RecordColumn, RecordTable } from '#ui/record-table.tsx'
import { groupByChoice, groupByMonth, groupByPerson } from '#ui/row-groups.ts'
import { type Text, useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { useApi, useApiLater } from '#web/api.ts'
import { RegisterExport } from '#web/register-export.tsx'
import { useOrgPath } from '#web/scope.ts'
import { useMe } from '#web/session.ts'
import { risks } from '../contract.ts'
import { filterActions } from '../domain/filter-actions.ts'
import { actionStatuses } from '../domain/treatment-action.ts'
import { ActionDialog } from './action-dialog.tsx'
import { useActionEdits } from './action-edits.ts'
import { ActionOwner } from './action-owner.tsx'
import { ActionSteps } from './action-steps.tsx'
import { DueDate } from './due-date.tsx'
import { ActionStatusBadge } from './risk-status.tsx'
import type { ActionView } from './views.ts'

const spec = { status: 'many', owner: 'one', overdue: 'flag' } as const

const idOf = (one: ActionView) => one.id

/** The risk treatment plan: every action of every risk (6.1.3 e, 8.3). */
export function ActionsPage() {
  const t = useText('risk')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const me = useMe()
  const list = useListState(spec)
  const { filters } = list
  const ownerId = filters.owner === 'me' ? (me?.personId ?? null) : filters.owner
  const { data } = useApi(risks.actions, {})
  const directory = useApiLater(people.list, { query: { limit: 500, sort: 'name' } })
  const [chosen, setEditing] = useState<ActionView | null>(null)
  // As the list has it now: a dialog over it follows what others save.
  const editing = data.items.find((one) => one.id === chosen?.id) ?? null
  const { owner: _owner, sort: _sort, ...narrowing } = list.query
  const query = { ...narrowing, ...(ownerId === null ? {} : { ownerId }) }
  const rows = filterActions(data.items, {
    status: filters.status,
    ownerId: ownerId ?? undefined,
    overdue: filters.overdue ? true : undefined,
    q: list.q,
  })
  const currency = me?.organization.currency
  const edits = useActionEdits()
  const columns = columnsOf(t, format, path, currency, setEditing)
  const importAction = (
    <ImportAction can={data.can.import} onClick={() => void navigate({ to: path('/import/treatment') })}>
      {t('list.import')}
    </ImportAction>
  )
  return (
    <Page title={t('plan.title')} clause="6.1.3 · 8.3" lead={t('plan.lead')} actions={importAction}>
      <RecordTable
        name="risk-actions"
        label={t('plan.title')}
        columns={columns}
        rows={rows}
        rowId={idOf}
        nameOf={(one) => one.ref}
        edits={edits}
        href={(one) => path(`/risks/${one.riskId}`)}
        list={list}
        sorting="client"
        wrap
        total={rows.length}
        onEdit={setEditing}
        exports={<RegisterExport contract={risks.exportPlan} query={query} />}
        filters={
          <>
            <FilterMenu
              label={t('fields.status')}
              options={actionStatuses.map((value) => ({ value, label: t(`actionStatus.${value}`) }))}
              value={filters.status}
              onChange={(value) => list.setFilter('status', value)}
            />
            <FilterMenu
              label={t('fieldsOf.risk_action.ownerId')}
              options={[
                ...(me?.personId == null ? [] : [{ value: 'me', label: t('list.mine') }]),
                ...(directory.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
              ]}
              value={filters.owner === null ? [] : [filters.owner]}
              onChange={(value) => list.setFilter('owner', value.at(-1) ?? null)}
            />
            <Checkbox
              label={t('plan.overdue')}
              checked={filters.overdue}
              onChange={(event) => list.setFilter('overdue', event.currentTarget.checked)}
            />
          </>
        }
        empty={
          <EmptyState
            icon={<IconListCheck size={28} stroke={1.4} />}
            title={t('plan.emptyTitle')}
            clause="6.1.3 e"
            actions={
              <>
                <Action onClick={() => void navigate({ to: path('/risks') })}>{t('plan.toRisks')}</Action>
                {importAction}
              </>
            }
          >
            {t('plan.empty')}
          </EmptyState>
        }
      />
      <ActionDialog riskId={editing?.riskId ?? ''} editing={editing} onClose={() => setEditing(null)} />
    </Page>
  )
}

function columnsOf(
  t: Text,
  format: Format,
  path: (to: string) => string,
  currency: string | undefined,
  onEdit: (action: ActionView) => void,
): RecordColumn<ActionView>[] {
  return [
    {
      key: 'ref',
      header: t('fields.ref'),
      width: 84,
      value: (one) => Number(/\d+$/.exec(one.ref)?.[0] ?? 0),
      cell: (one) => <span className="pl-ref">{one.ref}</span>,
    },
    { key: 'title', header: t('action.what'), primary: true, value: (one) => one.title, cell: (one) => one.title },
    {
      key: 'risk',
      header: t('action.risk'),
      width: 180,
      value: (one) => one.riskRef,
      group: (one) => ({ key: one.riskId, label: `${one.riskRef} ${one.riskTitle}` }),
      cell: (one) => (
        <PathLink to={path(`/risks/${one.riskId}`)}>
          <span className="pl-ref">{one.riskRef}</span> {one.riskTitle}
        </PathLink>
      ),
    },
    {
      key: 'owner',
      header: t('fieldsOf.risk_action.ownerId'),
      width: 124,
      onCard: true,
      value: (one) => one.owner?.name ?? one.ownerText,
      group: ({ owner }) => groupByPerson(owner),
      cell: (one) => <ActionOwner action={one} />,
    },
    {
      key: 'due',
      header: t('fields.dueOn'),
      width: 160,
      onCard: true,
      value: (one) => one.dueOn,
      group: ({ dueOn }) => groupByMonth(dueOn, format),
      cell: (one) => <DueDate action={one} />,
    },
    {
      key: 'status',
      header: t('fields.status'),
      width: 130,
      onCard: true,
      value: (one) => one.status,
      group: ({ status }) => groupByChoice(status, actionStatuses, t(`actionStatus.${status}`)),
      cell: (one) => <ActionStatusBadge action={one} />,
    },
    {
      key: 'cost',
      header: t('fields.cost'),
      width: 100,
      align: 'end',
      value: (one) => one.cost,
      cell: (one) => (one.cost === null || currency === undefined ? '' : format.money(one.cost, currency)),
    },
    {
      key: 'resources',
      header: t('fields.resources'),
      width: 160,
      hidden: true,
      value: (one) => one.resources,
      cell: (one) => one.resources,
    },
    {
      key: 'control',
      header: t('fields.controls'),
      width: 90,
      hidden: true,
      value: (one) => one.controls[0]?.ref ?? null,
      cell: (one) => one.controls.map(({ ref }) => ref).join(', '),
    },
    {
      key: 'steps',
      header: t('action.steps'),
      width: 92,
      align: 'end',
      acts: true,
      cell: (one) => <ActionSteps action={one} onEdit={() => onEdit(one)} />,
    },
  ]
}
