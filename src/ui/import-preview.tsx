import { Checkbox, Group, Progress, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from './format.ts'
import type { ImportRow, ImportPreview as Preview } from './import-model.ts'
import stacked from './stacked-table.module.css'
import { Stat } from './stat.tsx'
import { StatusBadge } from './status-badge.tsx'
import { useText } from './text.ts'

const outcomes = {
  create: ['good', 'full', 'import.willCreate'],
  change: ['info', 'half', 'import.willChange'],
  skip: ['quiet', 'dash', 'import.willSkip'],
  error: ['bad', 'cross', 'import.withErrors'],
} as const

const issueColors = { error: 'var(--pl-bad)', warning: 'var(--pl-text)', note: 'var(--pl-muted)' } as const

/** The step that shows what each row becomes, and how far the import is once it is confirmed. */
export function ImportPreview({
  preview,
  progress,
  note,
  onTake,
}: {
  /** Null while it is being made. */
  preview: Preview | null
  /** Rows done while importing; null when not importing. */
  progress: { done: number; total: number } | null
  note: string | undefined
  /** Takes a row or leaves it out. */
  onTake: (row: number, taken: boolean) => void
}) {
  const t = useText('ui')
  const format = useFormat()
  const [onlyIssues, setOnlyIssues] = useState(false)
  if (progress !== null) {
    return (
      <Stack gap={6} maw={480}>
        <Progress value={(progress.done / Math.max(1, progress.total)) * 100} aria-label={t('loading')} />
        <output>
          {t('import.working', { done: format.number(progress.done), total: format.number(progress.total) })}
        </output>
      </Stack>
    )
  }
  if (preview === null) {
    return (
      <Stack gap={6} maw={480}>
        <Progress value={100} animated aria-label={t('loading')} />
        <Text c="var(--pl-muted)">{t('import.previewing')}</Text>
      </Stack>
    )
  }
  const rows = preview.rows.filter((row) => !onlyIssues || row.issues.some((issue) => issue.severity !== 'note'))
  return (
    <Stack>
      <Group gap={36} align="flex-start">
        <Stat label={t('import.willCreate')} value={format.number(preview.counts.create)} />
        <Stat label={t('import.willChange')} value={format.number(preview.counts.change)} />
        <Stat
          label={t('import.willSkip')}
          value={format.number(preview.counts.skip)}
          note={<output>{preview.leftOut === 0 ? null : t('import.leftOut', { count: preview.leftOut })}</output>}
        />
        <Stat label={t('import.withErrors')} value={format.number(preview.counts.error)} />
      </Group>
      <Checkbox
        label={t('import.onlyIssues')}
        checked={onlyIssues}
        onChange={(event) => setOnlyIssues(event.currentTarget.checked)}
      />
      {note === undefined ? null : <Text c="var(--pl-muted)">{note}</Text>}
      <Table.ScrollContainer
        type="native"
        tabIndex={0}
        minWidth={720}
        mah={480}
        classNames={{ scrollContainerInner: stacked['frame'] ?? '' }}
      >
        <Table
          className={`${stacked['stacked']} ${stacked['pairs']}`}
          fz="sm"
          withTableBorder
          stickyHeader
          bg="var(--pl-surface)"
          verticalSpacing={6}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={84}>{t('import.row')}</Table.Th>
              <Table.Th w={130}>
                <span className="pl-visually-hidden">{t('import.becomes')}</span>
              </Table.Th>
              <Table.Th w="40%">{t('import.becomesRecord')}</Table.Th>
              <Table.Th>{t('import.issues')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => {
              const [tone, glyph, key] = outcomes[row.outcome]
              return (
                <Table.Tr key={row.row} style={{ verticalAlign: 'top' }}>
                  <Table.Td c="var(--pl-muted)">
                    <TakeRow row={row} onTake={onTake} />
                  </Table.Td>
                  <Table.Td>
                    <StatusBadge plain tone={tone} glyph={glyph}>
                      {t(key)}
                    </StatusBadge>
                  </Table.Td>
                  <Table.Td>{row.becomes}</Table.Td>
                  <Table.Td>
                    {row.issues.map((issue, index) => (
                      <div
                        // oxlint-disable-next-line react/no-array-index-key -- two columns of a row may have the same remark
                        key={index}
                        style={{ color: issueColors[issue.severity] }}
                      >
                        {issue.column === undefined ? '' : `${issue.column}: `}
                        {issue.message}
                      </div>
                    ))}
                  </Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  )
}

/** The number of a row; ticked, the row is taken. */
function TakeRow({ row: { row, taken }, onTake }: { row: ImportRow; onTake: (row: number, taken: boolean) => void }) {
  const t = useText('ui')
  if (taken === null) return row
  return (
    <Checkbox
      size="xs"
      label={row}
      aria-label={t('import.take', { row })}
      checked={taken}
      onChange={(event) => onTake(row, event.currentTarget.checked)}
    />
  )
}
