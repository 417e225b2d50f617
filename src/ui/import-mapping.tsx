import { Group, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ImportColumn, ImportField } from './import-model.ts'
import stacked from './stacked-table.module.css'
import { StatusBadge } from './status-badge.tsx'
import { useText } from './text.ts'

/** The step in which a person says what each column of the file becomes. */
export function ImportMapping({
  columns,
  fields,
  onMap,
  headerRow,
  mappingName,
  notices,
  choices,
  missing,
}: {
  columns: readonly ImportColumn[]
  fields: readonly ImportField[]
  onMap: (index: number, field: string | null) => void
  headerRow: number
  mappingName: { value: string; onChange: (name: string) => void } | undefined
  notices: ReactNode
  choices: ReactNode
  /** Required fields without a column. */
  missing: readonly ImportField[]
}) {
  const t = useText('ui')
  const many = new Set(fields.flatMap(({ key, many: several }) => (several === true ? [key] : [])))
  /** The column that has a field now, where only one may have it. */
  const holder = (field: string, index: number): ImportColumn | undefined =>
    many.has(field) ? undefined : columns.find((column) => column.field === field && column.index !== index)
  return (
    <Stack>
      {notices}
      <Text>{t('import.mappingLead', { row: headerRow })}</Text>
      {missing.length === 0 ? null : (
        <StatusBadge tone="warn" glyph="alert">
          {t('import.required', { fields: missing.map((field) => field.label).join(', ') })}
        </StatusBadge>
      )}
      <Table.ScrollContainer
        type="native"
        tabIndex={0}
        minWidth={620}
        classNames={{ scrollContainerInner: stacked['frame'] ?? '' }}
      >
        <Table className={stacked['stacked']} fz="sm" withTableBorder bg="var(--pl-surface)" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={210}>{t('import.column')}</Table.Th>
              <Table.Th>{t('import.sample')}</Table.Th>
              <Table.Th w={300}>{t('import.becomes')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map((column) => (
              <Table.Tr key={column.index}>
                <Table.Td fw={550} style={{ hyphens: 'auto' }}>
                  {column.header}
                </Table.Td>
                <Table.Td c="var(--pl-muted)">{column.samples.slice(0, 3).join(' · ')}</Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    searchable
                    clearable
                    aria-label={`${t('import.becomes')}: ${column.header}`}
                    placeholder={t('import.ignore')}
                    value={column.field}
                    onChange={(field) => onMap(column.index, field)}
                    data={fields.map(({ key, label }) => ({ value: key, label }))}
                    renderOption={({ option, checked }) => (
                      <FieldOption label={option.label} checked={checked} holder={holder(option.value, column.index)} />
                    )}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {choices}
      {mappingName === undefined ? null : (
        <TextInput
          maw={320}
          label={t('optional', { label: t('import.saveMapping') })}
          value={mappingName.value}
          onChange={(event) => mappingName.onChange(event.currentTarget.value)}
        />
      )}
    </Stack>
  )
}

// A field another column has can be taken over; that column is then left out.
function FieldOption({
  label,
  checked,
  holder,
}: {
  label: string
  checked: boolean | undefined
  holder: ImportColumn | undefined
}) {
  const t = useText('ui')
  return (
    <Group gap={8} wrap="nowrap">
      {checked === true ? <IconCheck size={14} stroke={1.8} aria-hidden="true" /> : null}
      <div>
        {label}
        {holder === undefined ? null : (
          <Text size="xs" c="var(--pl-muted)">
            {t('import.takeOver', { column: holder.header })}
          </Text>
        )}
      </div>
    </Group>
  )
}
