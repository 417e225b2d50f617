import { Checkbox, Group, ScrollArea, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { notify } from '#ui/notify.ts'
import { useText } from '#ui/text.ts'
import { useApiLater, useCallApi } from '#web/api.ts'
import { evidence } from '../contract.ts'
import type { Artefact } from './worth.tsx'

/** Attaches an artefact to several controls at once. */
export function AttachDialog({ artefact, onClose }: { artefact: Artefact; onClose: () => void }) {
  const t = useText('evidence')
  const { data, error } = useApiLater(evidence.usable, { params: { artefactId: artefact.id } })
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [assurance, setAssurance] = useState(false)
  const attach = useCallApi(evidence.attach, {
    invalidates: ['control.', 'soa.'],
    onDone: () => {
      notify(t('attach.done', { count: chosen.length }))
      onClose()
    },
  })
  const wanted = text.trim().toLowerCase()
  const items = (data?.items ?? []).filter((one) => `${one.ref} ${one.title}`.toLowerCase().includes(wanted))
  return (
    <Stack>
      {error === null ? null : <ErrorBand error={error} />}
      {attach.error === null ? null : <ErrorBand error={attach.error} />}
      <TextInput
        aria-label={t('attach.search')}
        placeholder={t('attach.search')}
        leftSection={<IconSearch size={15} />}
        value={text}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ScrollArea.Autosize mah={360} type="auto">
        {data === undefined ? (
          <Skeleton height={200} />
        ) : (
          <Checkbox.Group value={[...chosen]} onChange={setChosen} aria-label={t('fields.controls')}>
            <Stack gap={6}>
              {items.map((one) => (
                <Checkbox
                  key={one.id}
                  value={one.id}
                  disabled={!one.can.attach}
                  label={`${one.ref} ${one.title}`}
                  description={one.can.attach ? undefined : t('attach.notYours')}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
      </ScrollArea.Autosize>
      <Checkbox
        label={t('attach.assurance')}
        description={t('attach.assuranceHint')}
        checked={assurance}
        onChange={(event) => setAssurance(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Text size="sm" c="dimmed">
          {t('attach.chosen', { count: chosen.length })}
        </Text>
        <Action
          loading={attach.isPending}
          can={chosen.length > 0}
          reason={t('attach.none')}
          onClick={() =>
            attach.mutate({ params: { artefactId: artefact.id }, body: { controlIds: [...chosen], assurance } })
          }
        >
          {t('attach.submit')}
        </Action>
      </Group>
    </Stack>
  )
}
