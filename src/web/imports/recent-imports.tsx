import { Button, Group, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { importRoutes } from '#platform/import/contract.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useApi, useCallApi } from '../api.ts'
import { type Register, registers } from './registers.ts'

/** A column of short words is as wide as its longest one. */
const whole = { overflowWrap: 'normal' } as const

/** Imports of a register so far, each of which can be taken back. */
export function RecentImports({ register }: { register: Register }) {
  const t = useText('web')
  const format = useFormat()
  const routes = importRoutes(register, '')
  const { data } = useApi(routes.list, {})
  const undo = useCallApi(routes.undo, { invalidates: registers[register].invalidates })
  const [asked, setAsked] = useState<string | null>(null)
  if (data.items.length === 0) return null
  return (
    <Section title={t('import.recent')} flush>
      <Table fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('import.list.file')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('import.list.at')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('import.list.by')}</Table.Th>
            <Table.Th ta="end" style={whole}>
              {t('import.list.rows')}
            </Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.items.map((run) => (
            <Table.Tr key={run.id}>
              <Table.Td>
                <Group gap={8}>
                  <Text span fw={550}>
                    {run.ref}
                  </Text>
                  {run.fileName}
                </Group>
                <Text hiddenFrom="sm" fz="xs" c="dimmed">
                  {[run.importedAt === null ? null : format.dateTime(run.importedAt), run.importedBy]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm">{run.importedAt === null ? '' : format.dateTime(run.importedAt)}</Table.Td>
              <Table.Td visibleFrom="sm">{run.importedBy}</Table.Td>
              <Table.Td ta="end">{format.number((run.counts?.create ?? 0) + (run.counts?.update ?? 0))}</Table.Td>
              <Table.Td ta="end" style={whole}>
                {run.can.undo ? (
                  <Button size="compact-xs" variant="default" onClick={() => setAsked(run.id)}>
                    {t('import.recentUndo')}
                  </Button>
                ) : run.status === 'undone' ? (
                  t('import.statuses.undone')
                ) : null}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('import.recentUndo')}
        confirmLabel={t('import.recentUndo')}
        danger
        reason="optional"
        onConfirm={(reason) => undo.mutateAsync({ params: { importId: asked ?? '' }, body: { reason } })}
      >
        {t('import.recentUndoText')}
      </ConfirmDialog>
    </Section>
  )
}
