import { CloseButton, Combobox, InputBase, Loader, ScrollArea, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type FocusEventHandler, type ReactNode, useEffect, useState } from 'react'
import { useErrorText, useText } from './text.ts'

/** A record as a choice. */
export interface RecordOption {
  readonly id: string
  /** `R-12`; people have none. */
  readonly ref?: string | undefined
  readonly title: string
  /** Small print: unit, job title. */
  readonly note?: string | undefined
  /** Shown and not choosable, with the reason as `note`: somebody who has left. */
  readonly disabled?: boolean | undefined
}

export interface RecordSelectProps {
  id?: string | undefined
  label: ReactNode
  description?: ReactNode
  placeholder?: string | undefined
  value: RecordOption | null
  onChange: (value: RecordOption | null) => void
  onBlur?: FocusEventHandler | undefined
  error?: ReactNode
  disabled?: boolean
  clearable?: boolean
  /** Distinguishes caches: `people`, `assets.information`. */
  source: string
  /** Finds choices for what was typed; an empty text asks for the first ones. */
  find: (text: string, signal: AbortSignal) => Promise<readonly RecordOption[]>
  /** Inside a popover: the choices belong to it, so that clicking one does not close it. */
  inline?: boolean
  /** Takes the keyboard when it appears. */
  focused?: boolean
}

/** Searchable choice of one record; asks `find` while one types. */
export function RecordSelect({ value, onChange, source, find, clearable = true, ...rest }: RecordSelectProps) {
  const t = useText('ui')
  const textOf = useErrorText()
  const [text, setText] = useState<string | null>(null)
  const [asked] = useDebouncedValue(text ?? '', 150)
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setText(null)
    },
    onDropdownOpen: () => combobox.selectFirstOption(),
  })
  const found = useQuery({
    queryKey: ['select', source, asked],
    queryFn: ({ signal }) => find(asked, signal),
    enabled: combobox.dropdownOpened,
    placeholderData: (previous) => previous,
  })
  const options = found.data ?? []
  const { dropdownOpened, selectFirstOption } = combobox
  useEffect(() => {
    // What is found last is what Enter takes.
    if (dropdownOpened && found.data !== undefined) selectFirstOption()
  }, [dropdownOpened, found.data, selectFirstOption])
  const shown = value === null ? '' : value.ref === undefined ? value.title : `${value.ref} ${value.title}`
  const { id, label, description, placeholder, onBlur, error, disabled, inline = false, focused = false } = rest
  return (
    <Combobox
      store={combobox}
      withinPortal={!inline}
      onOptionSubmit={(chosen) => {
        onChange(options.find((option) => option.id === chosen) ?? null)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target>
        <InputBase
          id={id}
          data-autofocus={focused || undefined}
          label={label}
          description={description}
          placeholder={placeholder ?? t('select.placeholder')}
          error={error}
          size="sm"
          disabled={disabled ?? false}
          value={text ?? shown}
          rightSection={
            found.isFetching && combobox.dropdownOpened ? (
              <Loader size={14} />
            ) : value !== null && clearable ? (
              <CloseButton
                size="sm"
                aria-label={t('select.clear')}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onChange(null)}
              />
            ) : (
              <Combobox.Chevron />
            )
          }
          rightSectionPointerEvents={value !== null && clearable ? 'all' : 'none'}
          onChange={(event) => {
            setText(event.currentTarget.value)
            combobox.openDropdown()
            combobox.selectFirstOption()
          }}
          onKeyDown={(event) => {
            // While choices are shown Enter chooses; it never sends the form around the field.
            if (event.key === 'Enter' && dropdownOpened) event.preventDefault()
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={() => combobox.openDropdown()}
          onBlur={(event) => {
            combobox.closeDropdown()
            onBlur?.(event)
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options>
          <ScrollArea.Autosize mah={260} type="auto">
            {found.error === null ? null : <Combobox.Empty>{textOf(found.error)}</Combobox.Empty>}
            {options.map((option) => (
              <Combobox.Option key={option.id} value={option.id} disabled={option.disabled ?? false}>
                <div style={{ display: 'flex', gap: 8, alignItems: 'baseline' }}>
                  {option.ref === undefined ? null : <span className="pl-ref">{option.ref}</span>}
                  <span>{option.title}</span>
                  {option.note === undefined ? null : (
                    <span style={{ marginLeft: 'auto', fontSize: '0.75rem', opacity: 0.78, textAlign: 'end' }}>
                      {option.note}
                    </span>
                  )}
                </div>
              </Combobox.Option>
            ))}
            {options.length === 0 && found.error === null && !found.isFetching ? (
              <Combobox.Empty>{t('select.nothing')}</Combobox.Empty>
            ) : null}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** Choice of a person; the same as RecordSelect with the source of people. */
export function PersonSelect(props: Omit<RecordSelectProps, 'source'>) {
  return <RecordSelect {...props} source="people" />
}
