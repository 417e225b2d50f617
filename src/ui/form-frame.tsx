import { Button, Group, Stack, Text } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import { Action } from './action.tsx'
import { Band } from './band.tsx'
import { ErrorBand } from './error-band.tsx'
import styles from './form-frame.module.css'
import { useText } from './text.ts'
import type { RecordForm } from './use-record-form.ts'

/** What is wrong with a form, on top of it, each line leading to its field. Takes the focus when it appears. */
export function ErrorSummary<V>({ form }: { form: RecordForm<V> }) {
  const t = useText('ui')
  const box = useRef<HTMLDivElement>(null)
  const count = form.summary.length + form.general.length
  const before = useRef(0)
  useEffect(() => {
    // Only errors a submit brought move the focus, not one found while leaving a field.
    if (count > 0 && before.current === 0 && !box.current?.closest('form')?.contains(document.activeElement)) {
      box.current?.focus()
    }
    before.current = count
  }, [count])
  if (count === 0) return null
  return (
    <Band ref={box} tone="bad" alert focusable title={t('form.problems', { count })}>
      <ul style={{ margin: 0, paddingLeft: 18, color: 'var(--pl-text)' }}>
        {form.general.map((text) => (
          <li key={text}>{text}</li>
        ))}
        {form.summary.map(({ id, text, reveal }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="pl-link"
              style={{ display: 'inline-block', verticalAlign: 'top', padding: '4px 0' }}
              onClick={(event) => {
                event.preventDefault()
                // The field is there only once the page has shown its tab.
                if (reveal !== undefined) flushSync(reveal)
                const field = document.getElementById(id)
                field?.scrollIntoView({ block: 'center' })
                field?.focus()
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </Band>
  )
}

/** Somebody else saved the record meanwhile: what differs, and whose text to go on with. */
function ConflictBand<V>({ form }: { form: RecordForm<V> }) {
  const t = useText('ui')
  if (form.conflict === null) return null
  return (
    <Band tone="warn" alert title={t('conflict.title')}>
      <Stack gap="sm" c="var(--pl-text)">
        <Text size="sm">{t('conflict.explain')}</Text>
        {form.conflict.fields.length === 0 ? null : (
          <ul className={styles['conflict']}>
            {form.conflict.fields.map((field) => (
              <li key={field.path}>
                <strong>{field.label}</strong>
                <dl>
                  <div>
                    <dt>{t('conflict.mine')}</dt>
                    <dd>{field.mine ?? <span className="pl-muted">{t('conflict.takenOver')}</span>}</dd>
                  </div>
                  <div>
                    <dt>{t('conflict.theirs')}</dt>
                    <dd>{field.theirs}</dd>
                  </div>
                </dl>
              </li>
            ))}
          </ul>
        )}
        <Group gap="xs">
          <Button onClick={form.keepMine}>{t('conflict.keepMine')}</Button>
          <Button variant="default" onClick={form.takeTheirs}>
            {t('conflict.takeTheirs')}
          </Button>
        </Group>
      </Stack>
    </Band>
  )
}

/** The form around its fields: error summary, conflict, failure, restored draft, buttons. Ctrl/⌘ Enter submits. */
export function FormFrame<V>({
  form,
  submitLabel,
  can,
  reason,
  onCancel,
  children,
  extra,
}: {
  form: RecordForm<V>
  /** A verb: “Create risk”. */
  submitLabel: string
  can?: boolean
  reason?: string
  onCancel?: () => void
  children: ReactNode
  /** More buttons, beside submit. */
  extra?: ReactNode
}) {
  const t = useText('ui')
  return (
    // The form listens for Ctrl/⌘ Enter of its fields.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit()
      }}
    >
      <Stack gap="md">
        {form.restored && form.dirty ? (
          <Text size="xs" c="dimmed">
            {t('form.restored')}{' '}
            <Button variant="subtle" size="compact-xs" onClick={form.reset}>
              {t('form.discard')}
            </Button>
          </Text>
        ) : null}
        <ErrorSummary form={form} />
        <ConflictBand form={form} />
        {form.failure === null ? null : <ErrorBand error={form.failure} retry={() => void form.submit()} />}
        {children}
        <Group gap="xs" mt={4}>
          <Action type="submit" size="sm" loading={form.busy} can={can ?? true} reason={reason}>
            {submitLabel}
          </Action>
          {onCancel === undefined ? null : (
            <Button variant="default" size="sm" onClick={onCancel}>
              {t('cancel')}
            </Button>
          )}
          {extra}
        </Group>
      </Stack>
    </form>
  )
}
