import { Radio, Stack, Textarea } from '@mantine/core'
import { FormFrame } from '#ui/form-frame.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import { evidence } from '../contract.ts'
import { verdicts } from '../domain/artefact.ts'
import type { Artefact } from './worth.tsx'

/** What a person judges that an artefact shows. */
export function ConcludeForm({ artefact, onClose }: { artefact: Artefact; onClose: () => void }) {
  const t = useText('evidence')
  const conclude = useCallApi(evidence.conclude, { invalidates: ['control.', 'soa.'] })
  const form = useRecordForm({
    schema: evidence.conclude.body,
    initial: { ...(artefact.verdict === null ? {} : { verdict: artefact.verdict }), conclusion: artefact.conclusion },
    submit: (body) => conclude.mutateAsync({ params: { artefactId: artefact.id }, body }),
    onDone: onClose,
  })
  return (
    <FormFrame form={form} submitLabel={t('conclude.submit')} onCancel={onClose}>
      <Radio.Group {...form.choice('verdict', { label: t('fields.verdict') })}>
        <Stack gap={6} mt={6}>
          {verdicts.map((one) => (
            <Radio key={one} value={one} label={t(`verdicts.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        {...form.text('conclusion', { label: t('fields.conclusion'), hint: t('conclude.hint') })}
        autosize
        minRows={3}
      />
    </FormFrame>
  )
}
