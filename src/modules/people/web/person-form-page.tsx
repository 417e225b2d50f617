import { Select, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { DateField } from '#ui/date-field.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { Page, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { useText } from '#ui/text.ts'
import { type RecordForm, useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { namesIn, PersonField } from '#web/person-field.tsx'
import { useOrgPath } from '#web/scope.ts'
import { people } from '../contract.ts'
import { personKinds } from '../domain/person.ts'
import styles from './people.module.css'
import type { Person } from './wire.ts'

type Values = z.input<typeof people.change.body>

/** Adding somebody to the directory. */
export function NewPersonPage() {
  const t = useText('people')
  const path = useOrgPath()
  const navigate = useNavigate()
  const add = useCallApi(people.add, { invalidates: ['team.'] })
  const form = useRecordForm({
    schema: people.add.body,
    initial: { name: '', kind: 'employee' },
    draft: 'person.new',
    submit: (body) => add.mutateAsync({ body }),
    onDone: (person) => {
      notify(t('added', { name: person.name }))
      void navigate({ to: path(`/people/${person.ref}`) })
    },
  })
  return (
    <Page title={t('add')} lead={t('addLead')}>
      <div className={styles['form']}>
        <FormFrame form={form} submitLabel={t('add')} onCancel={() => void navigate({ to: path('/people') })}>
          <Fields form={form as RecordForm<Values>} person={null} />
        </FormFrame>
      </div>
    </Page>
  )
}

const valuesOf = (person: Person): Values => ({
  name: person.name,
  email: person.email,
  jobTitle: person.jobTitle,
  kind: person.kind,
  teamId: person.team?.id ?? null,
  managerId: person.manager?.id ?? null,
  startedOn: person.startedOn,
  note: person.note,
})

/** Changing an entry of the directory. */
export function EditPersonPage() {
  const t = useText('people')
  const path = useOrgPath()
  const navigate = useNavigate()
  const { ref } = usePageParams() as { ref: string }
  const { data: person } = useApi(people.show, { params: { personId: ref } })
  const change = useCallApi(people.change, { invalidates: ['team.', 'role.', 'asset.', 'risk.'] })
  const params = { personId: person.id }
  const back = () => void navigate({ to: path(`/people/${person.ref}`) })
  const form = useRecordForm({
    schema: people.change.body,
    initial: valuesOf(person),
    draft: `person.${person.id}`,
    version: person.version,
    submit: (body, version) => change.mutateAsync({ params, body, ifMatch: version ?? person.version }),
    onDone: () => {
      notify(t('saved'))
      back()
    },
  })
  return (
    <Page title={t('editTitle', { name: person.name })}>
      <div className={styles['form']}>
        <FormFrame form={form} submitLabel={t('save')} can={person.can.edit} onCancel={back}>
          <Fields form={form} person={person} />
        </FormFrame>
      </div>
    </Page>
  )
}

function Fields({ form, person }: { form: RecordForm<Values>; person: Person | null }) {
  const t = useText('people')
  const teams = useApi(people.teams, { query: { sort: 'name' } }).data.items
  return (
    <Section title={t('sections.person')}>
      <div className={styles['form']}>
        <div className={styles['pair']}>
          <TextInput autoComplete="off" {...form.text('name', { label: t('fields.name') })} />
          <TextInput
            type="email"
            autoComplete="off"
            {...form.text('email', { label: t('fields.email'), optional: true })}
          />
          <TextInput {...form.text('jobTitle', { label: t('fields.jobTitle'), optional: true })} />
          <Select
            {...form.choice('kind', { label: t('fields.kind'), words: (value) => t(`kinds.${value}`) })}
            allowDeselect={false}
            data={personKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
          <Select
            {...form.choice('teamId', { label: t('fields.team'), optional: true, words: namesIn(...teams) })}
            clearable
            searchable
            disabled={teams.length === 0}
            placeholder={teams.length === 0 ? t('teams.none') : t('choose')}
            data={teams.map((one) => ({ value: one.id, label: one.name }))}
          />
          <PersonField
            known={[person?.manager ?? null]}
            {...form.choice('managerId', {
              label: t('fields.manager'),
              optional: true,
              words: namesIn(person?.manager),
            })}
          />
          <DateField maw="none" {...form.date('startedOn', { label: t('fields.startedOn'), optional: true })} />
        </div>
        <Textarea
          {...form.text('note', { label: t('fields.note'), hint: t('hints.note'), optional: true })}
          minRows={2}
        />
      </div>
    </Section>
  )
}
