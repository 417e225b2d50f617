import { Popover } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type MouseEvent, memo, type ReactNode } from 'react'
import { EditFields } from './edit-fields.tsx'
import type { FieldEdit, FieldEdits } from './field-edit.ts'
import { isConflict } from './problem.ts'
import type { RecordColumn } from './record-column.ts'
import styles from './record-table.module.css'
import type { Text } from './text.ts'

/** What can be done with a row; the same object as long as the table stands, so that rows draw only when they change. */
export interface RowActs {
  readonly press: (id: string, event: MouseEvent) => void
  readonly pick: (id: string, range: boolean) => void
  /** A plain click on the record's name. */
  readonly open: (id: string, event: MouseEvent) => void
  readonly edit: (id: string, key: string | null) => void
}

interface GridRowProps<Row> {
  id: string
  domId: string
  row: Row
  index: number
  columns: readonly RecordColumn<Row>[]
  measure: ((element: Element | null) => void) | undefined
  selectable: boolean
  selected: boolean
  active: boolean
  beside: boolean
  edits: FieldEdits<Row> | undefined
  /** Key of the field being edited in this row. */
  editing: string | null
  acts: RowActs
  name: string
  href: string
  /** Given, not asked for: hundreds of rows come by in a moment. */
  t: Text
}

function GridRowPlain<Row>(props: GridRowProps<Row>) {
  const { id, row, columns, measure, acts, selected, editing, t } = props
  return (
    <tr
      id={props.domId}
      data-index={props.index}
      ref={measure}
      aria-rowindex={props.index + 2}
      {...(props.selectable ? { 'aria-selected': selected } : {})}
      {...(props.beside ? { 'aria-current': true } : {})}
      className={[
        styles['row'],
        selected ? styles['selected'] : '',
        props.beside ? styles['beside'] : '',
        props.active ? styles['active'] : '',
      ].join(' ')}
      onClick={(event) => acts.press(id, event)}
    >
      {props.selectable ? (
        <td className={styles['pick']}>
          <input
            type="checkbox"
            className={styles['check']}
            tabIndex={-1}
            aria-label={t('table.select', { name: props.name })}
            checked={selected}
            onChange={() => {}}
            onClick={(event) => acts.pick(id, event.shiftKey)}
          />
        </td>
      ) : null}
      {columns.map((column) => {
        const field = props.edits?.fields.find((one) => one.key === column.key && one.only !== 'many')
        const classes = [
          column.align === 'end' ? styles['end'] : '',
          measure === undefined ? '' : styles['wrap'],
          field === undefined ? '' : styles['editable'],
        ]
        return (
          <td key={column.key} className={classes.join(' ')}>
            {column.primary === true ? (
              <a
                href={props.href}
                className={`${styles['link']} ${styles['primary']}`}
                onClick={(event) => acts.open(id, event)}
              >
                {column.cell(row)}
              </a>
            ) : field === undefined || !field.can(row) ? (
              column.cell(row)
            ) : (
              <EditableCell
                field={field}
                row={row}
                name={props.name}
                opened={editing === column.key}
                setOpened={(on) => acts.edit(id, on ? column.key : null)}
                settle={props.edits?.settle}
                t={t}
              >
                {column.cell(row)}
              </EditableCell>
            )}
          </td>
        )
      })}
    </tr>
  )
}

/** A row of the grid; draws again only when something about it changed. */
export const GridRow = memo(GridRowPlain) as typeof GridRowPlain

function EditableCell<Row>({
  field,
  row,
  name,
  opened,
  setOpened,
  settle,
  t,
  children,
}: {
  field: FieldEdit<Row>
  row: Row
  name: string
  opened: boolean
  setOpened: (on: boolean) => void
  settle: (() => Promise<void>) | undefined
  t: Text
  children: ReactNode
}) {
  const button = (
    <button
      type="button"
      tabIndex={-1}
      className={styles['edit']}
      aria-label={t('edit.field', { field: field.label, name })}
      aria-expanded={opened}
      onClick={() => setOpened(!opened)}
    >
      <IconPencil size={13} stroke={1.6} />
    </button>
  )
  // Thousands of cells pass by: the popover is made for the one that is open.
  if (!opened) {
    return (
      <>
        {children}
        {button}
      </>
    )
  }
  return (
    <>
      {children}
      <Popover opened onChange={setOpened} position="bottom-end" trapFocus offset={6}>
        <Popover.Target>{button}</Popover.Target>
        <Popover.Dropdown w={280}>
          <EditFields
            field={field}
            row={row}
            apply={async (value, reason) => {
              try {
                await field.save(row, value, reason)
              } catch (error) {
                // Shows how the record stands now; what was chosen stays and can be saved over it.
                if (isConflict(error)) await settle?.()
                throw error
              }
              await settle?.()
            }}
            onClose={() => setOpened(false)}
          />
        </Popover.Dropdown>
      </Popover>
    </>
  )
}
