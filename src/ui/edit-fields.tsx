import { Button, Group, Stack, Textarea, TextInput, UnstyledButton } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { DateField } from './date-field.tsx'
import styles from './edit-fields.module.css'
import { ErrorBand } from './error-band.tsx'
import type { FieldEdit } from './field-edit.ts'
import { isConflict } from './problem.ts'
import { type RecordOption, RecordSelect } from './record-select.tsx'
import { useText } from './text.ts'

/**
 * The small form that changes one field: of the record in `row`, or of several with `row` null. A value that needs no
 * reason is taken as soon as it is chosen. Stays open with the refusal; what was chosen is kept.
 */
export function EditFields<Row>({
  field,
  row,
  apply,
  submit,
  onClose,
}: {
  field: FieldEdit<Row>
  row: Row | null
  /** “Set for 12 records”; absent in a row, where “Save” is enough. */
  submit?: string
  apply: (value: string | null, reason: string) => Promise<unknown>
  onClose: () => void
}) {
  const t = useText('ui')
  const [value, setValue] = useState<RecordOption | string | null>(() =>
    row === null || field.kind === 'act' ? null : field.value(row),
  )
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [missing, setMissing] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const plain = (of: RecordOption | string | null) => (of === null || typeof of === 'string' ? of : of.id)
  const send = async (of: string | null) => {
    if (field.reason === 'required' && reason.trim() === '') {
      setMissing(true)
      return
    }
    setBusy(true)
    setError(null)
    try {
      await apply(of, reason.trim())
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const atOnce = row !== null && field.reason === undefined
  const choose = (of: RecordOption | string | null) => {
    setValue(of)
    if (atOnce) void send(plain(of))
  }
  const clearable = 'clearable' in field && field.clearable
  const ready = field.kind === 'act' || value !== null || clearable
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void send(plain(value))
      }}
    >
      <Stack gap="xs">
        {field.kind === 'record' ? (
          <RecordSelect
            inline
            focused
            label={field.label}
            source={field.source}
            find={field.find}
            value={value === null || typeof value === 'string' ? null : value}
            clearable={clearable}
            disabled={busy}
            onChange={choose}
          />
        ) : null}
        {field.kind === 'date' ? (
          <DateField
            data-autofocus
            label={field.label}
            value={plain(value)}
            disabled={busy}
            onChange={(day) => setValue(day)}
          />
        ) : null}
        {field.kind === 'text' ? (
          <TextInput
            data-autofocus
            label={field.label}
            value={plain(value) ?? ''}
            disabled={busy}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        ) : null}
        {field.kind === 'choice' ? (
          <fieldset className={styles['choices']} disabled={busy}>
            <legend>{field.label}</legend>
            {field.options(row).map((option, index) => (
              <UnstyledButton
                key={option.value}
                className={styles['choice'] ?? ''}
                aria-pressed={plain(value) === option.value}
                {...(index === 0 ? { 'data-autofocus': true } : {})}
                onClick={() => choose(option.value)}
              >
                <span className={styles['tick']}>{plain(value) === option.value ? <IconCheck size={14} /> : null}</span>
                {option.label}
              </UnstyledButton>
            ))}
          </fieldset>
        ) : null}
        {field.kind === 'act' && field.explain !== undefined ? <div>{field.explain}</div> : null}
        {field.reason === undefined ? null : (
          <Textarea
            label={field.reason === 'required' ? t('confirm.reason') : t('optional', { label: t('confirm.reason') })}
            description={t('confirm.reasonHint')}
            minRows={2}
            value={reason}
            disabled={busy}
            {...(field.kind === 'act' ? { 'data-autofocus': true } : {})}
            error={missing && reason.trim() === '' ? t('confirm.reasonMissing') : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {isConflict(error) ? (
          <output className={styles['conflict']}>{t('edit.conflict')}</output>
        ) : error === null ? null : (
          <ErrorBand error={error} />
        )}
        {atOnce && error === null && (field.kind === 'choice' || field.kind === 'record') ? null : (
          <Group gap="xs" justify="flex-end">
            <Button variant="default" size="xs" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button
              type="submit"
              size="xs"
              loading={busy}
              disabled={!ready}
              {...(field.kind === 'act' && field.danger === true ? { color: 'red' } : {})}
            >
              {field.kind === 'act' ? field.confirm : (submit ?? t('edit.save'))}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}
