import { Modal } from '@mantine/core'
import { IconPencil, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { RecordPage, type RecordProblem } from '#ui/record-page.tsx'
import { useText } from '#ui/text.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { roles } from '../contract-roles.ts'
import { AssignDialog, Holder } from './holders.tsx'
import styles from './people.module.css'
import { RoleState } from './role-state.tsx'
import { RoleForm } from './roles-page.tsx'

/** One role of the ISMS: what it answers for, what it may decide, who holds it. */
export function RolePage() {
  const t = useText('people')
  const format = useFormat()
  const { ref } = usePageParams() as { ref: string }
  const { data: role } = useApi(roles.show, { params: { roleId: ref } })
  const [dialog, setDialog] = useState<'edit' | 'assign' | 'withdraw' | null>(null)
  const withdraw = useCallApi(roles.withdraw)
  const close = () => setDialog(null)
  const now = role.assignments.filter(({ state }) => state === 'accepted' || state === 'awaiting')
  const before = role.assignments.filter(({ state }) => state === 'declined' || state === 'ended')
  const problems: RecordProblem[] =
    role.withdrawnAt !== null
      ? [{ key: 'withdrawn', tone: 'info', what: t('roles.withdrawnOn', { date: format.date(role.withdrawnAt) }) }]
      : role.state === 'filled'
        ? []
        : [
            {
              key: 'open',
              tone: role.state === 'vacant' && role.mandate !== null ? 'bad' : 'warn',
              what: t(role.state === 'vacant' ? 'roles.nobodyHolds' : 'roles.nobodyAccepted'),
              fix: t(role.mandate === null ? 'roles.openFix' : 'roles.openMandate'),
              action:
                role.state === 'vacant' ? (
                  <Action size="compact-sm" variant="default" can={role.can.assign} onClick={() => setDialog('assign')}>
                    {t('roles.assign')}
                  </Action>
                ) : undefined,
            },
          ]
  const prose = (text: string) =>
    text === '' ? (
      <span className="pl-muted">{t('notStated')}</span>
    ) : (
      <p style={{ margin: 0, whiteSpace: 'pre-wrap', maxWidth: '76ch' }}>{text}</p>
    )
  return (
    <RecordPage
      reference={role.ref}
      title={role.name}
      state={<RoleState state={role.state} />}
      facts={role.mandate === null ? [] : [{ label: t('fields.mandate'), value: t(`mandates.${role.mandate}.name`) }]}
      problems={problems}
      actions={
        <>
          <Action
            variant="default"
            can={role.can.withdraw && now.length === 0}
            reason={now.length > 0 ? t('roles.held') : undefined}
            onClick={() => setDialog('withdraw')}
          >
            {t('roles.withdraw')}
          </Action>
          <Action
            variant="default"
            icon={<IconUserPlus size={15} stroke={1.6} />}
            can={role.can.assign}
            onClick={() => setDialog('assign')}
          >
            {t('roles.assign')}
          </Action>
          <Action icon={<IconPencil size={15} stroke={1.6} />} can={role.can.edit} onClick={() => setDialog('edit')}>
            {t('edit')}
          </Action>
        </>
      }
      questions={(['knows', 'authority', 'reports'] as const).map((key) => t(`roles.questions.${key}`))}
      history={<RecordHistory type="isms_role" id={role.id} />}
    >
      <Section title={t('roles.holders')}>
        {now.length === 0 ? (
          <span className="pl-muted">{t('roles.nobody')}</span>
        ) : (
          <div className={styles['holders']}>
            {now.map((one) => (
              <Holder key={one.id} assignment={one} role={role} />
            ))}
          </div>
        )}
      </Section>
      <Section title={t('fields.responsibilities')}>{prose(role.responsibilities)}</Section>
      <Section title={t('fields.authorities')}>{prose(role.authorities)}</Section>
      {before.length === 0 ? null : (
        <Section title={t('roles.before')}>
          <div className={styles['holders']}>
            {before.map((one) => (
              <Holder key={one.id} assignment={one} role={role} />
            ))}
          </div>
        </Section>
      )}
      {dialog === 'assign' ? <AssignDialog role={role} onClose={close} /> : null}
      <Modal
        opened={dialog === 'edit'}
        onClose={close}
        size="lg"
        title={role.name}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {dialog === 'edit' ? <RoleForm existing={role} onClose={close} /> : null}
      </Modal>
      <ConfirmDialog
        opened={dialog === 'withdraw'}
        onClose={close}
        title={t('roles.withdrawTitle', { role: role.name })}
        confirmLabel={t('roles.withdraw')}
        danger
        reason="required"
        onConfirm={(reason) => withdraw.mutateAsync({ params: { roleId: role.id }, body: { reason } })}
      />
    </RecordPage>
  )
}
