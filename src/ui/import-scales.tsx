import { Select, Stack, Table, Text } from '@mantine/core'
import { useFormat } from './format.ts'
import type { ImportScale } from './import-model.ts'
import { useText } from './text.ts'

/** The step in which the values of a file's scales are given levels of the method. */
export function ImportScales({
  scales,
  onLevel,
}: {
  scales: readonly ImportScale[]
  onLevel: (scale: string, value: string, level: string | null) => void
}) {
  const t = useText('ui')
  const format = useFormat()
  return (
    <Stack>
      <Text>{t('import.scalesLead')}</Text>
      {scales.map((scale) => (
        <Table
          key={scale.key}
          fz="sm"
          withTableBorder
          captionSide="top"
          bg="var(--pl-surface)"
          maw={640}
          verticalSpacing={6}
        >
          <Table.Caption ta="start" c="inherit" mt="sm" mb={6}>
            <Text span fw={600}>
              {scale.label}
            </Text>
            {scale.question === undefined ? null : (
              <Text size="sm" c="var(--pl-muted)" mt={2}>
                {scale.question}
              </Text>
            )}
          </Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('import.value')}</Table.Th>
              <Table.Th ta="end" w={64}>
                {t('import.cells')}
              </Table.Th>
              <Table.Th w="52%">{t('import.level')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {scale.values.map((one) => (
              <Table.Tr key={one.value}>
                <Table.Td fw={550}>{one.value}</Table.Td>
                <Table.Td ta="end">{format.number(one.cells)}</Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    clearable
                    aria-label={`${scale.label}: ${one.value}`}
                    placeholder={t('import.keepUnscored')}
                    data={[...scale.levels]}
                    value={one.level}
                    onChange={(level) => onLevel(scale.key, one.value, level)}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ))}
    </Stack>
  )
}
