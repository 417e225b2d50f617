import { TextInput, type TextInputProps } from '@mantine/core'

/** A day, `2026-03-31` or null. The browser's own field: keyboard, screen reader and phone know it. */
export function DateField({
  value,
  onChange,
  ...rest
}: Omit<TextInputProps, 'value' | 'onChange' | 'type'> & {
  value: string | null
  onChange: (value: string | null) => void
}) {
  return (
    <TextInput
      maw={200}
      {...rest}
      type="date"
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  )
}
