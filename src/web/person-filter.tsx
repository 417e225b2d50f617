import { Button, Popover, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { people } from '#modules/people/contract.ts'
import { useText } from '#ui/text.ts'
import { useApiLater } from './api.ts'
import styles from './person-filter.module.css'

/** A filter by person: “Owner: Anna Berg”. Type to search, choose one or several. */
export function PersonFilter({
  label,
  value,
  onChange,
}: {
  label: string
  value: readonly string[]
  onChange: (ids: string[]) => void
}) {
  const t = useText('web')
  const [opened, setOpened] = useState(false)
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text, 150)
  const [names, setNames] = useState<Record<string, string>>({})
  const [first] = value
  const found = useApiLater(people.list, { query: { q: asked, limit: 12, sort: 'name' } }, opened)
  const one = useApiLater(
    people.show,
    { params: { personId: first ?? '' } },
    first !== undefined && names[first] === undefined,
  )
  const chosen =
    first === undefined
      ? ''
      : value.length === 1
        ? `: ${names[first] ?? one.data?.name ?? '…'}`
        : `: ${String(value.length)}`
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          variant={value.length === 0 ? 'default' : 'light'}
          fw={450}
          maw={240}
          rightSection={<IconChevronDown size={13} />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {label}
          {chosen}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={6} w={260}>
        <TextInput
          size="xs"
          type="search"
          aria-label={t('people.find')}
          placeholder={t('people.find')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={styles['list']}>
          {(found.data?.items ?? []).map((person) => (
            <UnstyledButton
              key={person.id}
              className={styles['choice']}
              aria-pressed={value.includes(person.id)}
              onClick={() => {
                setNames({ ...names, [person.id]: person.name })
                onChange(value.includes(person.id) ? value.filter((id) => id !== person.id) : [...value, person.id])
              }}
            >
              <span className={styles['tick']}>{value.includes(person.id) ? <IconCheck size={14} /> : null}</span>
              {person.name}
              <span className={styles['note']}>{person.jobTitle}</span>
            </UnstyledButton>
          ))}
        </div>
        {value.length === 0 ? null : (
          <Button variant="subtle" fullWidth onClick={() => onChange([])}>
            {t('people.anyone')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
