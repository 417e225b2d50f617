import { CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { type RecordOption, RecordSelect } from '#ui/record-select.tsx'
import { useText } from '#ui/text.ts'

/** Several records: those chosen as removable lines, and a field that adds one more. */
export function ManySelect({
  id,
  label,
  description,
  error,
  source,
  find,
  value,
  onChange,
}: {
  id?: string | undefined
  label: ReactNode
  description?: ReactNode
  error?: ReactNode
  source: string
  find: (text: string, signal: AbortSignal) => Promise<readonly RecordOption[]>
  value: readonly RecordOption[]
  onChange: (value: RecordOption[]) => void
}) {
  const t = useText('risk')
  return (
    <div>
      <RecordSelect
        id={id}
        label={label}
        description={description}
        error={error}
        source={source}
        find={async (text, signal) =>
          (await find(text, signal)).filter((one) => !value.some((had) => had.id === one.id))
        }
        value={null}
        onChange={(added) => {
          if (added !== null && !value.some((one) => one.id === added.id)) onChange([...value, added])
        }}
      />
      {value.length === 0 ? null : (
        <ul style={{ listStyle: 'none', margin: '6px 0 0', padding: 0, display: 'flex', flexWrap: 'wrap', gap: 6 }}>
          {value.map((one) => (
            <li
              key={one.id}
              style={{
                display: 'inline-flex',
                alignItems: 'center',
                gap: 6,
                padding: '2px 2px 2px 8px',
                border: '1px solid var(--pl-line-strong)',
                borderRadius: 5,
                fontSize: '0.8125rem',
              }}
            >
              {one.ref === undefined ? null : <span className="pl-ref">{one.ref}</span>}
              <span>{one.title}</span>
              <CloseButton
                size="xs"
                aria-label={t('remove', { name: one.title })}
                onClick={() => onChange(value.filter((kept) => kept.id !== one.id))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
