import { Select, SimpleGrid, Textarea, TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { z } from 'zod'
import { DateField } from '#ui/date-field.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { Page } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { useText } from '#ui/text.ts'
import { type RecordForm, useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { PersonField } from '#web/person-field.tsx'
import { useOrgPath } from '#web/scope.ts'
import { obligations } from '../contract.ts'
import { dispositions, obligationKinds } from '../domain/obligation.ts'
import styles from './obligations.module.css'
import type { Obligation } from './wire.ts'

type Values = z.input<typeof obligations.change.body>

/** Entering an obligation. */
export function NewObligationPage() {
  const t = useText('obligations')
  const path = useOrgPath()
  const navigate = useNavigate()
  const { party } = useSearch({ strict: false }) as { party?: string }
  const add = useCallApi(obligations.add, { invalidates: ['party.'] })
  const form = useRecordForm({
    schema: obligations.add.body,
    initial: {
      title: '',
      addressed: 'undecided',
      ...(party === undefined ? {} : { partyId: party, kind: 'interestedParty' }),
    },
    draft: 'obligation.new',
    submit: (body) => add.mutateAsync({ body }),
    onDone: (one) => {
      notify(t('added', { ref: one.ref }))
      void navigate({ to: path(`/obligations/${one.ref}`) })
    },
  })
  return (
    <Page title={t('add')} lead={t('addLead')}>
      <div className={styles['form']}>
        <FormFrame form={form} submitLabel={t('add')} onCancel={() => void navigate({ to: path('/obligations') })}>
          <Fields form={form as RecordForm<Values>} obligation={null} />
        </FormFrame>
      </div>
    </Page>
  )
}

const valuesOf = (one: Obligation): Values => ({
  title: one.title,
  kind: one.kind,
  source: one.source,
  clause: one.clause,
  jurisdiction: one.jurisdiction,
  partyId: one.party?.id ?? null,
  requirement: one.requirement,
  addressed: one.addressed,
  addressedWhy: one.addressedWhy,
  ownerId: one.owner?.id ?? null,
  appliesSince: one.appliesSince,
  reviewOn: one.reviewOn,
})

/** Changing an obligation. */
export function EditObligationPage() {
  const t = useText('obligations')
  const path = useOrgPath()
  const navigate = useNavigate()
  const { obligationId = '' } = usePageParams() as { obligationId?: string }
  const { data: one } = useApi(obligations.show, { params: { obligationId } })
  const change = useCallApi(obligations.change, { invalidates: ['control.', 'party.'] })
  const params = { obligationId: one.id }
  const back = () => void navigate({ to: path(`/obligations/${one.ref}`) })
  const form = useRecordForm({
    schema: obligations.change.body,
    initial: valuesOf(one),
    draft: `obligation.${one.id}`,
    version: one.version,
    submit: (body, version) => change.mutateAsync({ params, body, ifMatch: version ?? one.version }),
    onDone: () => {
      notify(t('saved', { ref: one.ref }))
      back()
    },
  })
  return (
    <Page title={t('editTitle', { ref: one.ref, title: one.title })}>
      <div className={styles['form']}>
        <FormFrame form={form} submitLabel={t('save')} can={one.can.edit} onCancel={back}>
          <Fields form={form} obligation={one} />
        </FormFrame>
      </div>
    </Page>
  )
}

function Fields({ form, obligation }: { form: RecordForm<Values>; obligation: Obligation | null }) {
  const t = useText('obligations')
  const parties = useApi(obligations.parties, {}).data.items
  return (
    <>
      <TextInput data-autofocus {...form.text('title', { label: t('fields.title'), hint: t('hints.title') })} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Select
          allowDeselect={false}
          data={obligationKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          {...form.choice('kind', { label: t('fields.kind') })}
        />
        <Select
          clearable
          searchable
          data={parties.map((party) => ({ value: party.id, label: party.name }))}
          nothingFoundMessage={t('hints.noParty')}
          {...form.choice('partyId', { label: t('fields.partyId'), optional: true })}
        />
        <TextInput {...form.text('source', { label: t('fields.source'), hint: t('hints.source'), optional: true })} />
        <TextInput {...form.text('clause', { label: t('fields.clause'), hint: t('hints.clause'), optional: true })} />
        <TextInput {...form.text('jurisdiction', { label: t('fields.jurisdiction'), optional: true })} />
        <DateField {...form.date('appliesSince', { label: t('fields.appliesSince'), optional: true })} />
      </SimpleGrid>
      <Textarea
        minRows={4}
        {...form.text('requirement', { label: t('fields.requirement'), hint: t('hints.requirement'), optional: true })}
      />
      <Select
        allowDeselect={false}
        maw={360}
        data={dispositions.map((value) => ({ value, label: t(`addressedLong.${value}`) }))}
        {...form.choice('addressed', { label: t('fields.addressed'), hint: t('hints.addressed') })}
      />
      <Textarea
        minRows={2}
        {...form.text('addressedWhy', {
          label: t('fields.addressedWhy'),
          hint: t('hints.addressedWhy'),
          optional: form.get('addressed') !== 'no',
        })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <PersonField
          known={[obligation?.owner ?? null]}
          {...form.choice('ownerId', { label: t('fields.ownerId'), hint: t('hints.owner'), optional: true })}
        />
        <DateField
          {...form.date('reviewOn', { label: t('fields.reviewOn'), hint: t('hints.reviewOn'), optional: true })}
        />
      </SimpleGrid>
    </>
  )
}
