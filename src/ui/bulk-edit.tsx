import { Button, Modal, Popover } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { Action } from './action.tsx'
import styles from './edit-fields.module.css'
import { EditFields } from './edit-fields.tsx'
import type { FieldEdit, FieldEdits } from './field-edit.ts'
import { useFormat } from './format.ts'
import { notify } from './notify.ts'
import { type ManyOutcome, runMany } from './run-many.ts'
import { useErrorText, useText } from './text.ts'

/**
 * Changes a field of all selected records, each by its own rules: what is refused is listed by reference with the reason
 * and stays selected, the rest is changed. Can be stopped on the way.
 */
export function BulkEdit<Row>({
  edits,
  rows,
  nameOf,
  onDone,
}: {
  edits: FieldEdits<Row>
  rows: readonly Row[]
  nameOf: (row: Row) => string
  /** Told which rows were changed: they need no longer be selected. */
  onDone: (done: readonly Row[]) => void
}) {
  const t = useText('ui')
  const format = useFormat()
  const textOf = useErrorText()
  const [open, setOpen] = useState<string | null>(null)
  const [progress, setProgress] = useState<{ settled: number; all: number } | null>(null)
  const [outcome, setOutcome] = useState<ManyOutcome<Row> | null>(null)
  const stop = useRef<AbortController | null>(null)
  const run = async (field: FieldEdit<Row>, able: readonly Row[], value: string | null, reason: string) => {
    const control = new AbortController()
    stop.current = control
    setOpen(null)
    setProgress({ settled: 0, all: able.length })
    const result = await runMany(able, (row) => field.save(row, value, reason), {
      signal: control.signal,
      onProgress: (settled) => setProgress({ settled, all: able.length }),
    })
    await edits.settle()
    setProgress(null)
    const count = result.done.length
    if (count > 0) notify(t('bulk.done', { count, shown: format.number(count) }))
    if (result.refused.length > 0) setOutcome(result)
    onDone(result.done)
  }
  if (progress !== null) {
    return (
      <div className={styles['progress']}>
        <progress max={progress.all} value={progress.settled} aria-label={t('bulk.running')} />
        <span className="pl-num">
          {t('bulk.progress', { done: format.number(progress.settled), all: format.number(progress.all) })}
        </span>
        <Button variant="default" onClick={() => stop.current?.abort()}>
          {t('bulk.stop')}
        </Button>
      </div>
    )
  }
  return (
    <div className={styles['bar']}>
      {edits.fields
        .filter((field) => field.only !== 'row')
        .map((field) => {
          const able = rows.filter((row) => field.can(row))
          const left = rows.length - able.length
          return (
            <Popover
              key={field.key}
              opened={open === field.key && able.length > 0}
              onChange={(opened) => setOpen(opened ? field.key : null)}
              position="bottom-start"
              trapFocus
              returnFocus
            >
              <Popover.Target>
                <Action
                  variant="default"
                  can={able.length > 0}
                  reason={t('bulk.none')}
                  icon={<IconChevronDown size={13} />}
                  onClick={() => setOpen(open === field.key ? null : field.key)}
                >
                  {field.label}
                </Action>
              </Popover.Target>
              <Popover.Dropdown w={300}>
                {left === 0 ? null : (
                  <p className="pl-muted" style={{ margin: '0 0 8px', fontSize: '0.8125rem' }}>
                    {t('bulk.left', { count: left, shown: format.number(left) })}
                  </p>
                )}
                <EditFields
                  field={field}
                  row={null}
                  submit={t('bulk.apply', { count: able.length, shown: format.number(able.length) })}
                  apply={(value, reason) => {
                    void run(field, able, value, reason)
                    return Promise.resolve()
                  }}
                  onClose={() => setOpen(null)}
                />
              </Popover.Dropdown>
            </Popover>
          )
        })}
      <Modal
        opened={outcome !== null}
        onClose={() => setOutcome(null)}
        title={t('bulk.refused', { count: outcome?.refused.length ?? 0 })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <p style={{ marginTop: 0 }}>{t('bulk.refusedText')}</p>
        <ul className={styles['refused']}>
          {outcome?.refused.map(({ row, error }) => (
            <li key={nameOf(row)}>
              <span className="pl-ref">{nameOf(row)}</span>
              <span>{textOf(error)}</span>
            </li>
          ))}
        </ul>
      </Modal>
    </div>
  )
}
