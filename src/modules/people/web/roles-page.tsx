import { Button, Checkbox, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconUserShield } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Action } from '#ui/action.tsx'
import { Band } from '#ui/band.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { Page } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { roles } from '../contract-roles.ts'
import { mandates } from '../domain/role.ts'
import { AssignDialog, Holder } from './holders.tsx'
import styles from './people.module.css'
import { RoleState } from './role-state.tsx'
import type { Role } from './wire.ts'

/** The roles of the ISMS with their holders (5.3), and whether the two mandatory assignments are made. */
export function RolesPage() {
  const t = useText('people')
  const path = useOrgPath()
  const { data } = useApi(roles.list, { query: { sort: 'ref' } })
  const [adding, setAdding] = useState(false)
  const [offering, setOffering] = useState(false)
  const [assigning, setAssigning] = useState<Role | null>(null)
  const missing = data.items.length === 0 ? [] : data.mandates.filter((one) => one.state !== 'filled')
  const add = (variant: 'filled' | 'default') => (
    <Action variant={variant} icon={<IconPlus size={15} />} can={data.can.create} onClick={() => setAdding(true)}>
      {t('roles.add')}
    </Action>
  )
  const offer = (variant: 'filled' | 'default') => (
    <Action variant={variant} can={data.can.create} onClick={() => setOffering(true)}>
      {t('roles.offer')}
    </Action>
  )
  return (
    <Page
      title={t('nav.roles')}
      clause="5.3"
      lead={t('roles.lead')}
      actions={
        data.items.length === 0 ? undefined : (
          <>
            {offer('default')}
            {add('filled')}
          </>
        )
      }
    >
      {data.items.length === 0 ? (
        <EmptyState
          icon={<IconUserShield size={28} stroke={1.5} />}
          title={t('roles.empty')}
          clause="5.3"
          actions={
            <>
              {offer('filled')}
              {add('default')}
            </>
          }
        >
          {t('roles.emptyText')}
        </EmptyState>
      ) : (
        <div className={styles['roles']}>
          {missing.map((one) => (
            <Band
              key={one.mandate}
              tone={one.state === 'vacant' ? 'bad' : 'warn'}
              title={t(`mandates.${one.mandate}.missing`)}
            >
              <span>
                {one.roles.length === 0
                  ? t('roles.noCarrier')
                  : one.state === 'awaiting'
                    ? t('roles.awaiting', { roles: one.roles.map(({ name }) => name).join(', ') })
                    : t('roles.vacant', { roles: one.roles.map(({ name }) => name).join(', ') })}
              </span>
            </Band>
          ))}
          {data.items.map((role) => (
            <article key={role.id} className={styles['role']}>
              <div>
                <div className={styles['title']}>
                  <span className="pl-ref">{role.ref}</span>
                  <h2>
                    <PathLink to={path(`/roles/${role.ref}`)}>{role.name}</PathLink>
                  </h2>
                  <RoleState state={role.state} plain />
                </div>
                {role.mandate === null ? null : (
                  <div className={styles['mandate']}>{t(`mandates.${role.mandate}.name`)}</div>
                )}
                <p className={styles['said']}>{role.responsibilities}</p>
              </div>
              <div className={styles['holders']}>
                {role.assignments
                  .filter(({ state }) => state === 'accepted' || state === 'awaiting')
                  .map((one) => (
                    <Holder key={one.id} assignment={one} role={role} />
                  ))}
                <div style={role.state === 'vacant' ? undefined : { marginLeft: -8 }}>
                  <Action
                    size="compact-sm"
                    variant={role.state === 'vacant' ? 'light' : 'subtle'}
                    can={role.can.assign}
                    onClick={() => setAssigning(role)}
                  >
                    {t('roles.assign')}
                  </Action>
                </div>
              </div>
            </article>
          ))}
        </div>
      )}
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        size="lg"
        title={t('roles.add')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {adding ? <RoleForm existing={null} onClose={() => setAdding(false)} /> : null}
      </Modal>
      <Modal
        opened={offering}
        onClose={() => setOffering(false)}
        size="lg"
        title={t('roles.offer')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {offering ? <StandardRoles onClose={() => setOffering(false)} /> : null}
      </Modal>
      {assigning === null ? null : <AssignDialog role={assigning} onClose={() => setAssigning(null)} />}
    </Page>
  )
}

/** Taking over roles from those offered; the two that carry the mandatory assignments are ticked. */
function StandardRoles({ onClose }: { onClose: () => void }) {
  const t = useText('people')
  const { i18n } = useTranslation()
  const language = i18n.language === 'de' ? 'de' : 'en'
  const { data } = useApi(roles.standard, {})
  const [keys, setKeys] = useState<readonly string[]>(
    data.items.filter((one) => one.mandate !== null && !one.adopted).map((one) => one.key),
  )
  const adopt = useCallApi(roles.adopt, {
    onDone: ({ items }) => {
      notify(t('roles.adopted', { count: items.length }))
      onClose()
    },
  })
  return (
    <Stack>
      <span>{t('roles.offerText')}</span>
      <div className={styles['offer']}>
        {data.items.map((one) => (
          <Checkbox
            key={one.key}
            size="sm"
            disabled={one.adopted}
            checked={one.adopted || keys.includes(one.key)}
            onChange={(event) =>
              setKeys(event.currentTarget.checked ? [...keys, one.key] : keys.filter((key) => key !== one.key))
            }
            label={
              <>
                {one[language].name}
                {one.mandate === null ? null : (
                  <span className={styles['mandate']}> {t(`mandates.${one.mandate}.name`)}</span>
                )}
              </>
            }
            description={one.adopted ? t('roles.inUse') : one[language].responsibilities}
          />
        ))}
      </div>
      {adopt.error === null ? null : <ErrorBand error={adopt.error} />}
      <div style={{ display: 'flex', gap: 8 }}>
        <Action
          size="sm"
          can={keys.length > 0}
          reason={t('roles.chooseSome')}
          loading={adopt.isPending}
          onClick={() => adopt.mutate({ body: { keys: [...keys], language } })}
        >
          {t('roles.adopt', { count: keys.length })}
        </Action>
        <Button variant="default" size="sm" onClick={onClose}>
          {t('ui:cancel')}
        </Button>
      </div>
    </Stack>
  )
}

/** A role’s name, mandate, responsibilities and authorities. */
export function RoleForm({ existing: role, onClose }: { existing: Role | null; onClose: () => void }) {
  const t = useText('people')
  const path = useOrgPath()
  const navigate = useNavigate()
  const add = useCallApi(roles.add)
  const change = useCallApi(roles.change)
  const form = useRecordForm({
    schema: roles.add.body,
    initial: {
      name: role?.name ?? '',
      mandate: role?.mandate ?? null,
      responsibilities: role?.responsibilities ?? '',
      authorities: role?.authorities ?? '',
    },
    version: role?.version ?? 0,
    submit: (body, version) =>
      role === null
        ? add.mutateAsync({ body })
        : change.mutateAsync({ params: { roleId: role.id }, body, ifMatch: version ?? role.version }),
    onDone: (saved) => {
      notify(t('saved'))
      onClose()
      if (role === null) void navigate({ to: path(`/roles/${saved.ref}`) })
    },
  })
  return (
    <FormFrame form={form} submitLabel={role === null ? t('roles.add') : t('save')} onCancel={onClose}>
      <TextInput data-autofocus {...form.text('name', { label: t('fields.name') })} />
      <Textarea {...form.text('responsibilities', { label: t('fields.responsibilities') })} />
      <Textarea {...form.text('authorities', { label: t('fields.authorities'), hint: t('hints.authorities') })} />
      <Select
        {...form.choice('mandate', {
          label: t('fields.mandate'),
          hint: t('hints.mandate'),
          optional: true,
          words: (value) => t(`mandates.${value}.name`),
        })}
        clearable
        data={mandates.map((value) => ({ value, label: t(`mandates.${value}.name`) }))}
      />
    </FormFrame>
  )
}
