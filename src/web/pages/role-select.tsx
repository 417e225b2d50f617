import { MultiSelect, type MultiSelectProps, Stack, Text } from '@mantine/core'
import { roles } from '#platform/access/roles.ts'
import { useText } from '#ui/text.ts'

/** The roles of the role table, in words, each with what it may do. */
export function RoleSelect(props: MultiSelectProps<string>) {
  const t = useText('web')
  const notes = new Map<string, string>(roles.map((role) => [role, t(`roleNotes.${role}`)]))
  return (
    <MultiSelect
      {...props}
      data={roles.map((value) => ({ value, label: t(`roles.${value}`) }))}
      renderOption={({ option }) => (
        <Stack gap={0}>
          <span>{option.label}</span>
          <Text size="xs" c="dimmed">
            {notes.get(option.value)}
          </Text>
        </Stack>
      )}
    />
  )
}
