import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'

/** The search of a list: writes to the address after a short rest; typing itself never waits. */
export function SearchField({
  value,
  onChange,
  label,
  className,
  inputRef,
}: {
  value: string
  onChange: (value: string) => void
  label: string
  className: string
  inputRef: RefObject<HTMLInputElement | null>
}) {
  const [text, setText] = useState(value)
  const sent = useRef(value)
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value
      setText(value)
    }
  }, [value])
  useEffect(() => {
    if (text === sent.current) return undefined
    const timer = setTimeout(() => {
      sent.current = text
      onChange(text)
    }, 160)
    return () => clearTimeout(timer)
  }, [text, onChange])
  return (
    <TextInput
      ref={inputRef}
      className={className}
      size="xs"
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={15} stroke={1.6} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}
