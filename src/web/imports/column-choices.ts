import type { Preview, Said } from '../pages/import-questions.tsx'

/**
 * What was said, with one more column given a field (null: left out). A field only one column may have is taken over
 * from the column that had it. All columns are said as they stand, so that a field the guess had filled can be emptied.
 */
export function remapped(
  said: Said,
  preview: Pick<Preview, 'mapping' | 'columns' | 'fields'>,
  index: number,
  field: string | null,
): Said {
  const { mapping } = preview
  const columns: Record<string, { index: number; header: string }[]> = {}
  for (const key of Object.keys(mapping.columns)) columns[key] = []
  for (const column of columnsOf(said, preview)) {
    const feeds = column.index === index ? field : column.field
    if (feeds === field && column.index !== index && !isMany(preview, field)) continue
    if (feeds !== null) columns[feeds] = [...(columns[feeds] ?? []), { index: column.index, header: column.header }]
  }
  return { ...said, sheet: mapping.sheet, headerRow: mapping.headerRow, columns }
}

const isMany = ({ fields }: Pick<Preview, 'fields'>, field: string | null): boolean =>
  fields.find(({ name }) => name === field)?.many === true

/** The columns with what was said of them a moment ago, while the server's reading of it is still on its way. */
export function columnsOf(said: Said, { columns }: Pick<Preview, 'columns'>): Preview['columns'] {
  const own = new Map(
    Object.entries(said.columns ?? {}).flatMap(([field, refs]) =>
      (Array.isArray(refs) ? refs : [refs]).flatMap((ref) => (typeof ref === 'object' ? [[ref.index, field]] : [])),
    ) as [number, string][],
  )
  const whole = Object.values(said.columns ?? {}).every((refs) => Array.isArray(refs))
  return columns
    .filter((column) => column.header !== '')
    .map((column) => (said.columns && whole ? { ...column, field: own.get(column.index) ?? null } : column))
}
