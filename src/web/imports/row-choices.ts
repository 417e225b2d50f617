import type { Preview, Said } from '../pages/import-questions.tsx'

type Row = Pick<Preview['rows'][number], 'line' | 'choice'>
type Rows = NonNullable<Said['rows']>

/** Whether a row is taken by what was said a moment ago, while the server's reading is on its way; null: not to decide. */
export function isTaken({ line, choice }: Row, said: Said): boolean | null {
  if (choice === null) return null
  return !(said.rows?.[String(line)]?.skip ?? choice === 'proposed')
}

/**
 * Decisions about rows with one more. Taking back a decision leaves none, so that a row is again as it was proposed;
 * whatever else was decided about the line stays.
 */
export function decided(
  said: Said,
  preview: { readonly rows: readonly Row[] } | null,
  line: number,
  taken: boolean,
): Rows {
  const key = String(line)
  const { [key]: before, ...others } = said.rows ?? {}
  const { skip, ...kept } = before ?? {}
  const proposed = preview?.rows.find((row) => row.line === line)?.choice === 'proposed'
  // What a decision overruled comes back with it.
  const isProposal = skip === undefined ? (proposed ? !taken : taken) : skip === taken
  if (!isProposal) return { ...others, [key]: { ...kept, skip: !taken } }
  return Object.keys(kept).length === 0 ? others : { ...others, [key]: kept }
}

/** How many rows somebody leaves out. */
export const rowsLeftOut = ({ rows }: Pick<Preview['mapping'], 'rows'>): number =>
  Object.values(rows).filter(({ skip }) => skip === true).length
