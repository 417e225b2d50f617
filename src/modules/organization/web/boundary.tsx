import { Modal, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { namesIn, PersonField } from '#web/person-field.tsx'
import { useOrgPath } from '#web/scope.ts'
import { organization } from '../contract.ts'
import { interfaceKinds } from '../domain/boundary.ts'
import styles from './organization.module.css'
import type { Exclusion, Interface } from './wire.ts'

/** Interfaces and dependencies: what crosses the boundary of the scope (4.3 c). */
export function Interfaces({ open }: { open: string | null }) {
  const t = useText('organization')
  const path = useOrgPath()
  const navigate = useNavigate()
  const { data } = useApi(organization.interfaces, { query: { sort: 'ref' } })
  const [adding, setAdding] = useState(false)
  const opened = data.items.find((one) => one.ref === open) ?? null
  const close = () => {
    setAdding(false)
    if (open !== null) void navigate({ to: path('/scope'), resetScroll: false })
  }
  return (
    <Section
      title={t('interfaces.title')}
      actions={
        <Action
          size="compact-sm"
          variant="default"
          icon={<IconPlus size={14} />}
          can={data.can.create}
          onClick={() => setAdding(true)}
        >
          {t('interfaces.add')}
        </Action>
      }
    >
      {data.items.length === 0 ? <span className="pl-muted">{t('interfaces.nothing')}</span> : null}
      <ul className={styles['items']}>
        {data.items.map((one) => (
          <li key={one.id}>
            <span className="pl-ref">{one.ref}</span>
            <span>
              <PathLink to={path(`/scope/interfaces/${one.ref}`)} className="pl-link pl-link-in-text">
                {one.name}
              </PathLink>{' '}
              <span className="pl-muted">
                {t(`interfaceKinds.${one.kind}`)}
                {one.counterpart === '' ? '' : ` · ${one.counterpart}`}
              </span>
            </span>
            <span className="pl-muted">{one.controls.join(', ')}</span>
            {one.description === '' ? null : <span className={styles['note']}>{one.description}</span>}
          </li>
        ))}
      </ul>
      {adding || opened !== null ? (
        <InterfaceDialog key={opened?.id ?? 'new'} existing={opened} onClose={close} />
      ) : null}
    </Section>
  )
}

function InterfaceDialog({ existing, onClose }: { existing: Interface | null; onClose: () => void }) {
  const t = useText('organization')
  const [withdrawing, setWithdrawing] = useState(false)
  const add = useCallApi(organization.addInterface, { invalidates: ['scope.'] })
  const change = useCallApi(organization.changeInterface, { invalidates: ['scope.'] })
  const withdraw = useCallApi(organization.withdrawInterface, { invalidates: ['scope.'] })
  const form = useRecordForm({
    schema: organization.addInterface.body,
    initial: {
      kind: existing?.kind ?? 'interface',
      name: existing?.name ?? '',
      counterpart: existing?.counterpart ?? '',
      description: existing?.description ?? '',
      controls: existing?.controls ?? [],
      ownerId: existing?.owner?.id ?? null,
    },
    version: existing?.version ?? 0,
    submit: (body, version) =>
      existing === null
        ? add.mutateAsync({ body })
        : change.mutateAsync({
            params: { interfaceId: existing.id },
            body,
            ifMatch: version ?? existing.version,
          }),
    onDone: () => {
      notify(t('saved'))
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={existing === null ? t('interfaces.add') : `${existing.ref} ${existing.name}`}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <FormFrame
        form={form}
        submitLabel={existing === null ? t('interfaces.add') : t('save')}
        can={existing?.can.edit ?? true}
        onCancel={onClose}
        extra={
          existing === null ? null : (
            <Action size="sm" variant="subtle" can={existing.can.withdraw} onClick={() => setWithdrawing(true)}>
              {t('withdraw')}
            </Action>
          )
        }
      >
        <Select
          {...form.choice('kind', {
            label: t('fields.kind'),
            hint: t('hints.interfaceKind'),
            words: (value) => t(`interfaceKinds.${value}`),
          })}
          allowDeselect={false}
          data={interfaceKinds.map((value) => ({ value, label: t(`interfaceKinds.${value}`) }))}
        />
        <TextInput {...form.text('name', { label: t('fields.name'), hint: t('hints.interfaceName') })} />
        <TextInput {...form.text('counterpart', { label: t('fields.counterpart'), optional: true })} />
        <Textarea {...form.text('description', { label: t('fields.description'), optional: true })} minRows={2} />
        <TagsInput
          size="sm"
          {...form.many('controls', { label: t('fields.controls'), hint: t('hints.controls'), optional: true })}
        />
        <PersonField
          known={[existing?.owner ?? null]}
          {...form.choice('ownerId', { label: t('fields.owner'), optional: true, words: namesIn(existing?.owner) })}
        />
      </FormFrame>
      {existing === null ? null : (
        <ConfirmDialog
          opened={withdrawing}
          onClose={() => setWithdrawing(false)}
          title={t('withdrawTitle', { ref: existing.ref, name: existing.name })}
          confirmLabel={t('withdraw')}
          danger
          reason="required"
          onConfirm={async (reason) => {
            await withdraw.mutateAsync({ params: { interfaceId: existing.id }, body: { reason } })
            onClose()
          }}
        />
      )}
    </Modal>
  )
}

/** What is left out of the scope, and why. */
export function Exclusions({ open }: { open: string | null }) {
  const t = useText('organization')
  const path = useOrgPath()
  const navigate = useNavigate()
  const { data } = useApi(organization.exclusions, { query: { sort: 'ref' } })
  const [adding, setAdding] = useState(false)
  const opened = data.items.find((one) => one.ref === open) ?? null
  const close = () => {
    setAdding(false)
    if (open !== null) void navigate({ to: path('/scope'), resetScroll: false })
  }
  return (
    <Section
      title={t('exclusions.title')}
      actions={
        <Action
          size="compact-sm"
          variant="default"
          icon={<IconPlus size={14} />}
          can={data.can.create}
          onClick={() => setAdding(true)}
        >
          {t('exclusions.add')}
        </Action>
      }
    >
      {data.items.length === 0 ? <span className="pl-muted">{t('exclusions.nothing')}</span> : null}
      <ul className={styles['items']}>
        {data.items.map((one) => (
          <li key={one.id}>
            <span className="pl-ref">{one.ref}</span>
            <PathLink to={path(`/scope/exclusions/${one.ref}`)}>{one.name}</PathLink>
            <span />
            <span className={styles['note']}>{one.justification}</span>
          </li>
        ))}
      </ul>
      {adding || opened !== null ? (
        <ExclusionDialog key={opened?.id ?? 'new'} existing={opened} onClose={close} />
      ) : null}
    </Section>
  )
}

function ExclusionDialog({ existing, onClose }: { existing: Exclusion | null; onClose: () => void }) {
  const t = useText('organization')
  const [withdrawing, setWithdrawing] = useState(false)
  const add = useCallApi(organization.addExclusion, { invalidates: ['scope.'] })
  const change = useCallApi(organization.changeExclusion, { invalidates: ['scope.'] })
  const withdraw = useCallApi(organization.withdrawExclusion, { invalidates: ['scope.'] })
  const form = useRecordForm({
    schema: organization.addExclusion.body,
    initial: { name: existing?.name ?? '', justification: existing?.justification ?? '' },
    version: existing?.version ?? 0,
    submit: (body, version) =>
      existing === null
        ? add.mutateAsync({ body })
        : change.mutateAsync({ params: { exclusionId: existing.id }, body, ifMatch: version ?? existing.version }),
    onDone: () => {
      notify(t('saved'))
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={existing === null ? t('exclusions.add') : `${existing.ref} ${existing.name}`}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <FormFrame
        form={form}
        submitLabel={existing === null ? t('exclusions.add') : t('save')}
        can={existing?.can.edit ?? true}
        onCancel={onClose}
        extra={
          existing === null ? null : (
            <Action size="sm" variant="subtle" can={existing.can.withdraw} onClick={() => setWithdrawing(true)}>
              {t('withdraw')}
            </Action>
          )
        }
      >
        <TextInput data-autofocus {...form.text('name', { label: t('fields.name'), hint: t('hints.exclusionName') })} />
        <Textarea
          {...form.text('justification', { label: t('fields.justification'), hint: t('hints.justification') })}
        />
      </FormFrame>
      {existing === null ? null : (
        <ConfirmDialog
          opened={withdrawing}
          onClose={() => setWithdrawing(false)}
          title={t('withdrawTitle', { ref: existing.ref, name: existing.name })}
          confirmLabel={t('withdraw')}
          danger
          reason="required"
          onConfirm={async (reason) => {
            await withdraw.mutateAsync({ params: { exclusionId: existing.id }, body: { reason } })
            onClose()
          }}
        />
      )}
    </Modal>
  )
}
