import { Stack, Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useText } from './text.ts'

/** What a record will say, one line per field: the first few at once, every other one on asking. */
export function ImportFacts({ facts }: { facts: readonly { readonly label: string; readonly text: string }[] }) {
  const t = useText('ui')
  const [open, setOpen] = useState(false)
  const hidden = facts.length - shownAtOnce
  return (
    <Stack gap={0}>
      {(open ? facts : facts.slice(0, shownAtOnce)).map(({ label, text }) => (
        <Text key={label} size="xs" c="var(--pl-muted)" style={{ whiteSpace: 'pre-line' }}>
          {label}: {text}
        </Text>
      ))}
      {hidden <= 0 ? null : (
        <UnstyledButton
          className="pl-link"
          fz="xs"
          mt={2}
          w="fit-content"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? t('import.lessFacts') : t('import.moreFacts', { count: hidden })}
        </UnstyledButton>
      )}
    </Stack>
  )
}

const shownAtOnce = 6
