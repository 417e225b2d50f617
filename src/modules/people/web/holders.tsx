import { Button, Menu, Modal } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { dateAt, systemClock } from '#kernel/time.ts'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DateField } from '#ui/date-field.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { usePast } from '#ui/past.ts'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import { PersonField } from '#web/person-field.tsx'
import { useOrgPath } from '#web/scope.ts'
import { useMe } from '#web/session.ts'
import { roles } from '../contract-roles.ts'
import styles from './people.module.css'
import { AssignmentState } from './role-state.tsx'
import type { Assignment, Role } from './wire.ts'

const useToday = (): string => dateAt(systemClock(), useMe()?.organization.timeZone ?? 'UTC')

/** Somebody a role is assigned to: where the assignment stands, and what may be done with it. */
export function Holder({ assignment, role }: { assignment: Assignment; role: Role }) {
  const t = useText('people')
  const path = useOrgPath()
  const past = usePast() !== null
  const today = useToday()
  const [dialog, setDialog] = useState<'decline' | 'end' | null>(null)
  const [on, setOn] = useState<string | null>(null)
  const params = { assignmentId: assignment.id }
  const accept = useCallApi(roles.accept, { invalidates: ['person.'] })
  const decline = useCallApi(roles.decline, { invalidates: ['person.'] })
  const end = useCallApi(roles.end, { invalidates: ['person.'] })
  const { person } = assignment
  return (
    <div className={styles['holder']}>
      <PathLink to={path(`/people/${person.id}`)}>{person.name}</PathLink>
      {person.active ? (
        <AssignmentState state={assignment.state} />
      ) : (
        <span style={{ color: 'var(--pl-bad)' }}>{t('roles.hasLeft')}</span>
      )}
      <span style={{ display: 'inline-flex', gap: 6 }}>
        {assignment.can.answer && !past ? (
          <>
            <Action size="compact-sm" loading={accept.isPending} onClick={() => accept.mutate({ params })}>
              {t('roles.accept')}
            </Action>
            <Action size="compact-sm" variant="default" onClick={() => setDialog('decline')}>
              {t('roles.decline')}
            </Action>
          </>
        ) : null}
        {assignment.can.end && !past ? (
          <Menu>
            <Menu.Target>
              <Button
                size="compact-sm"
                variant="subtle"
                rightSection={<IconChevronDown size={12} />}
                aria-label={t('roles.changeHolder', { name: person.name })}
              >
                {t('roles.change')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setDialog('end')}>{t('roles.end')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </span>
      <ConfirmDialog
        opened={dialog === 'decline'}
        onClose={() => setDialog(null)}
        title={t('roles.declineTitle', { role: role.name })}
        confirmLabel={t('roles.decline')}
        reason="required"
        onConfirm={(reason) => decline.mutateAsync({ params, body: { reason } })}
      />
      <ConfirmDialog
        opened={dialog === 'end'}
        onClose={() => setDialog(null)}
        title={t('roles.endTitle', { role: role.name, name: person.name })}
        confirmLabel={t('roles.end')}
        danger
        reason="required"
        onConfirm={(reason) => end.mutateAsync({ params, body: { on: on ?? today, reason } })}
      >
        <DateField label={t('roles.lastDay')} value={on ?? today} onChange={setOn} />
      </ConfirmDialog>
    </div>
  )
}

/** Assigns a role to a person, who then accepts or declines it. */
export function AssignDialog({ role, onClose }: { role: Role; onClose: () => void }) {
  const t = useText('people')
  const today = useToday()
  const assign = useCallApi(roles.assign, { invalidates: ['person.'] })
  const form = useRecordForm({
    schema: roles.assign.body,
    initial: { on: today },
    guard: false,
    submit: (body) => assign.mutateAsync({ params: { roleId: role.id }, body }),
    onDone: () => {
      notify(t('roles.assigned'))
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('roles.assignTitle', { role: role.name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <FormFrame form={form} submitLabel={t('roles.assign')} onCancel={onClose}>
        <PersonField {...form.choice('personId', { label: t('fields.person'), hint: t('hints.assign') })} />
        <DateField {...form.date('on', { label: t('roles.from') })} />
      </FormFrame>
    </Modal>
  )
}
