import { MultiSelect, type MultiSelectProps } from '@mantine/core'
import { roles } from '#platform/access/roles.ts'
import { useText } from '#ui/text.ts'

/** The roles of the role table, in words. */
export function RoleSelect(props: MultiSelectProps<string>) {
  const t = useText('web')
  return <MultiSelect {...props} data={roles.map((value) => ({ value, label: t(`roles.${value}`) }))} />
}
