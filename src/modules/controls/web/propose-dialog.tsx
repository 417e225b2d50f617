import { Modal, Select, Text, Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { controls } from '../contract.ts'
import { shortList } from './bulk-applies.tsx'
import { OpenPoints } from './soa-gaps.tsx'
import type { ControlItem } from './wire.ts'

const blockers = ['undecided', 'exclusionUnjustified', 'excludedButNeeded'] as const

/** What stands in the way of a proposal, one sentence per kind with the references. */
export function useBlockingReasons(items: readonly ControlItem[]): string[] {
  const t = useText('controls')
  return blockers.flatMap((code) => {
    const refs = items.filter((item) => item.issues.some((issue) => issue.code === code)).map((item) => item.ref)
    return refs.length === 0 ? [] : [t(`propose.blocked.${code}`, { count: refs.length, refs: shortList(refs, 5) })]
  })
}

/** Freezes the working statement as a proposal for the approver. */
export function ProposeDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText('controls')
  return (
    <Modal opened={opened} onClose={onClose} title={t('propose.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      {opened ? <ProposeForm onClose={onClose} /> : null}
    </Modal>
  )
}

function ProposeForm({ onClose }: { onClose: () => void }) {
  const t = useText('controls')
  const path = useOrgPath()
  const navigate = useNavigate()
  const propose = useCallApi(controls.propose, { invalidates: ['control.'] })
  const form = useRecordForm({
    schema: controls.propose.body,
    initial: { note: '' },
    draft: 'soa.propose',
    submit: (body) => propose.mutateAsync({ body }),
    onDone: (version) => {
      notify(t('propose.done', { number: version.number }))
      void navigate({ to: path(`/soa/versions/${version.id}`) })
    },
  })
  return (
    <FormFrame form={form} submitLabel={t('propose.action')} onCancel={onClose}>
      <Text size="md">{t('propose.explain')}</Text>
      <OpenPoints note={t('propose.open')} nothing={t('propose.nothingOpen')} onFollow={onClose} />
      <Textarea
        data-autofocus
        minRows={2}
        {...form.text('note', { label: t('propose.note'), hint: t('propose.noteHint'), optional: true })}
      />
      <Select
        clearable
        data={[
          { value: 'en', label: t('languages.en') },
          { value: 'de', label: t('languages.de') },
        ]}
        {...form.choice('language', { label: t('propose.language'), hint: t('propose.languageHint'), optional: true })}
      />
    </FormFrame>
  )
}
