import { ActionIcon, Menu, Stack } from '@mantine/core'
import { IconArchive, IconDoorExit, IconDots, IconPencil, IconPlaneDeparture, IconUserCheck } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { dateAt, systemClock } from '#kernel/time.ts'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DateField } from '#ui/date-field.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { FactList, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { usePast } from '#ui/past.ts'
import { RecordPage, type RecordProblem } from '#ui/record-page.tsx'
import { useText } from '#ui/text.ts'
import { useApi, useApiLater, useCallApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { useOrgPath } from '#web/scope.ts'
import { useMe } from '#web/session.ts'
import { people } from '../contract.ts'
import styles from './people.module.css'
import { PersonStatus } from './person-status.tsx'
import type { Owned, Person } from './wire.ts'

// Who leaves may be the owner anywhere: everything that shows people is read again.
const everywhere = ['role.', 'team.', 'member.', 'asset.', 'risk.', 'control.', 'action.', 'obligation.'] as const

/** One person: where they belong, and everything they answer for. */
export function PersonPage() {
  const t = useText('people')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const { ref } = usePageParams() as { ref: string }
  const { data: person } = useApi(people.show, { params: { personId: ref } })
  const owned = useApiLater(people.owned, { params: { personId: person.id } }).data?.items
  const [dialog, setDialog] = useState<'leave' | 'absent' | 'withdraw' | null>(null)
  const params = { personId: person.id }
  const comeBack = useCallApi(people.comeBack, { invalidates: everywhere })
  const absent = useCallApi(people.beAbsent, { invalidates: everywhere })
  const withdraw = useCallApi(people.withdraw, { invalidates: everywhere })
  const close = () => setDialog(null)
  const stated = (text: string | null | undefined) =>
    text === '' || text === null || text === undefined ? <span className="pl-muted">{t('notStated')}</span> : text
  const problems: RecordProblem[] = []
  if (person.withdrawnAt !== null) {
    problems.push({ key: 'withdrawn', tone: 'info', what: t('withdrawnOn', { date: format.date(person.withdrawnAt) }) })
  } else if (person.status === 'left' && owned !== undefined && owned.length > 0) {
    problems.push({
      key: 'owns',
      tone: 'bad',
      what: t('problem.owns', { name: person.name, count: owned.length }),
      fix: t('problem.ownsFix'),
    })
  }
  return (
    <RecordPage
      reference={person.ref}
      title={person.name}
      state={<PersonStatus status={person.status} />}
      facts={[
        ...(person.jobTitle === '' ? [] : [{ label: t('fields.jobTitle'), value: person.jobTitle }]),
        { label: t('fields.kind'), value: t(`kinds.${person.kind}`) },
        ...(person.leftOn === null ? [] : [{ label: t('fields.leftOn'), value: format.date(person.leftOn) }]),
      ]}
      problems={problems}
      actions={
        <>
          {person.can.comeBack ? (
            <Action
              variant="default"
              icon={<IconUserCheck size={15} stroke={1.6} />}
              loading={comeBack.isPending}
              onClick={() =>
                comeBack.mutate({ params }, { onSuccess: () => notify(t('comeBack.done', { name: person.name })) })
              }
            >
              {t('comeBack.action')}
            </Action>
          ) : null}
          <Action
            icon={<IconPencil size={15} stroke={1.6} />}
            can={person.can.edit}
            onClick={() => void navigate({ to: path(`/people/${person.ref}/edit`) })}
          >
            {t('edit')}
          </Action>
          <MoreMenu person={person} open={setDialog} />
        </>
      }
      questions={(['aware', 'competent', 'access'] as const).map((key) => t(`questions.${key}`))}
      history={<RecordHistory type="person" id={person.id} />}
    >
      <Section title={t('sections.where')}>
        <FactList
          facts={[
            {
              label: t('fields.email'),
              value:
                person.email === null ? (
                  stated(null)
                ) : (
                  <a className="pl-link" href={`mailto:${person.email}`}>
                    {person.email}
                  </a>
                ),
            },
            {
              label: t('fields.team'),
              value:
                person.team === null ? (
                  stated(null)
                ) : (
                  <PathLink to={path(`/teams/${person.team.id}`)}>{person.team.name}</PathLink>
                ),
            },
            {
              label: t('fields.manager'),
              value:
                person.manager === null ? (
                  stated(null)
                ) : (
                  <PathLink to={path(`/people/${person.manager.id}`)}>{person.manager.name}</PathLink>
                ),
            },
            {
              label: t('fields.startedOn'),
              value: stated(person.startedOn === null ? null : format.date(person.startedOn)),
            },
            ...(person.note === '' ? [] : [{ label: t('fields.note'), value: person.note }]),
          ]}
        />
      </Section>
      <Section title={t('sections.answers')}>
        {owned === undefined ? null : <OwnedList items={owned} name={person.name} />}
      </Section>
      <LeaveDialog person={person} opened={dialog === 'leave'} onClose={close} owns={owned?.length ?? 0} />
      <ConfirmDialog
        opened={dialog === 'absent'}
        onClose={close}
        title={t('absent.title', { name: person.name })}
        confirmLabel={t('absent.action')}
        reason="optional"
        onConfirm={(reason) => absent.mutateAsync({ params, body: { reason } })}
      >
        {t('absent.text')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={dialog === 'withdraw'}
        onClose={close}
        title={t('withdraw.title', { name: person.name })}
        confirmLabel={t('withdraw.action')}
        danger
        reason="required"
        onConfirm={(reason) => withdraw.mutateAsync({ params, body: { reason } })}
      >
        {t('withdraw.text')}
      </ConfirmDialog>
    </RecordPage>
  )
}

function MoreMenu({ person, open }: { person: Person; open: (dialog: 'leave' | 'absent' | 'withdraw') => void }) {
  const t = useText('people')
  const past = usePast() !== null
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('more')}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconDoorExit size={15} stroke={1.6} />}
          disabled={!person.can.leave || past}
          onClick={() => open('leave')}
        >
          {t('leave.action')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPlaneDeparture size={15} stroke={1.6} />}
          disabled={!person.can.beAbsent || past}
          onClick={() => open('absent')}
        >
          {t('absent.action')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArchive size={15} stroke={1.6} />}
          disabled={!person.can.withdraw || past}
          onClick={() => open('withdraw')}
        >
          {t('withdraw.action')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function LeaveDialog({
  person,
  opened,
  onClose,
  owns,
}: {
  person: Person
  opened: boolean
  onClose: () => void
  owns: number
}) {
  const t = useText('people')
  const zone = useMe()?.organization.timeZone ?? 'UTC'
  const today = dateAt(systemClock(), zone)
  const [on, setOn] = useState<string | null>(null)
  const leave = useCallApi(people.leave, { invalidates: everywhere })
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('leave.title', { name: person.name })}
      confirmLabel={t('leave.action')}
      danger
      onConfirm={async () => {
        await leave.mutateAsync({ params: { personId: person.id }, body: { on: on ?? today } })
        notify(t('leave.done', { name: person.name }))
      }}
    >
      <Stack gap="sm">
        <span>{t('leave.text')}</span>
        {owns === 0 ? null : <span>{t('leave.owns', { count: owns })}</span>}
        <DateField label={t('leave.on')} value={on ?? today} onChange={setOn} />
      </Stack>
    </ConfirmDialog>
  )
}

function OwnedList({ items, name }: { items: readonly Owned[]; name: string }) {
  const t = useText('people')
  const path = useOrgPath()
  if (items.length === 0) return <span className="pl-muted">{t('owned.nothing', { name })}</span>
  return (
    <ul className={styles['owned']}>
      {items.map((one) => (
        <li key={`${one.duty}${one.id}`}>
          <span className={styles['duty']}>{t.has(`duties.${one.duty}`) ? t(`duties.${one.duty}`) : one.duty}</span>
          {one.ref === '' ? null : <span className="pl-ref">{one.ref}</span>}
          <PathLink to={path(one.path)}>{one.title === '' ? one.ref : one.title}</PathLink>
        </li>
      ))}
    </ul>
  )
}
