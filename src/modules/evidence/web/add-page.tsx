import { SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { Page, Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import { PersonField } from '#web/person-field.tsx'
import { useOrgPath } from '#web/scope.ts'
import { evidence } from '../contract.ts'
import { outcomes } from '../domain/artefact.ts'
import { DescriptionField, ProvenanceFields } from './provenance-fields.tsx'

const kinds = ['link', 'observation', 'interview', 'testResult'] as const

/** Recording evidence that is no file: a link, what was seen or said, a test result. */
export function AddPage() {
  const t = useText('evidence')
  const path = useOrgPath()
  const navigate = useNavigate()
  const add = useCallApi(evidence.add)
  const form = useRecordForm({
    schema: evidence.add.body,
    initial: { kind: 'link' },
    submit: (body) => add.mutateAsync({ body }),
    onDone: (artefact) => {
      notify(t('add.done', { ref: artefact.ref }))
      void navigate({ to: path(`/evidence/${artefact.ref}`) })
    },
  })
  const kind = form.values.kind ?? 'link'
  return (
    <Page title={t('add.title')} clause="7.5" lead={t('add.lead')}>
      <Section title={t(`kinds.${kind}`)}>
        <Stack maw={640}>
          <FormFrame
            form={form}
            submitLabel={t('add.submit')}
            onCancel={() => void navigate({ to: path('/evidence') })}
          >
            <SegmentedControl
              aria-label={t('fields.kind')}
              value={kind}
              onChange={(value) => form.set('kind', value)}
              data={kinds.map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
            />
            <TextInput {...form.text('title', { label: t('fields.title') })} />
            {kind === 'link' ? (
              <TextInput {...form.text('url', { label: t('fields.url'), hint: t('hints.url') })} inputMode="url" />
            ) : null}
            {kind === 'testResult' ? (
              <SegmentedControl
                aria-label={t('fields.outcome')}
                value={form.values.outcome ?? ''}
                onChange={(value) => form.set('outcome', value)}
                data={outcomes.map((one) => ({ value: one, label: t(`outcomes.${one}`) }))}
              />
            ) : null}
            {kind === 'interview' ? (
              <>
                <PersonField {...form.choice('intervieweeId', { label: t('fields.intervieweeId'), optional: true })} />
                {form.values.intervieweeId ? null : (
                  <TextInput
                    {...form.text('intervieweeText', { label: t('fields.intervieweeText'), optional: true })}
                  />
                )}
              </>
            ) : null}
            <DescriptionField form={form} optional={kind === 'link' || kind === 'testResult'} />
            <ProvenanceFields form={form} />
          </FormFrame>
        </Stack>
      </Section>
    </Page>
  )
}
