import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { useText } from '#ui/text.ts'

/** A link to hand over, with the moment it ends. */
export function SecretBox({ label, secret, note }: { label: string; secret: string; note: string }) {
  const t = useText('web')
  return (
    <Stack gap="xs">
      <TextInput label={label} value={secret} readOnly onFocus={(event) => event.currentTarget.select()} />
      <Group justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {note}
        </Text>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} style={{ flex: 'none' }}>
              {copied ? t('copied') : t('copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  )
}
