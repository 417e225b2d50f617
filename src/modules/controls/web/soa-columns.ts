/** Columns of the statement that can be left out. */
export const soaColumns = ['old', 'why', 'how', 'owner', 'evidence'] as const
export type SoaColumn = (typeof soaColumns)[number]

/** Widths of all columns but the title, which gets what they leave: pixels, or a share of the whole. */
export const soaWidths = {
  pick: 38,
  ref: 64,
  old: 78,
  applicability: 98,
  why: 0.18,
  how: 0.22,
  status: 134,
  owner: 100,
  evidence: 98,
} as const satisfies Record<SoaColumn | 'pick' | 'ref' | 'applicability' | 'status', number>

/** Pixels a title needs so that its words are not torn. */
const leastTitle = 140

// What the page of a control shows anyway goes first.
const order = ['owner', 'old', 'evidence', 'why'] as const satisfies readonly SoaColumn[]

/** The chosen columns, without those that would tear the titles in a table of this width. */
export function soaColumnsIn(width: number, chosen: ReadonlySet<SoaColumn>): ReadonlySet<SoaColumn> {
  const kept = new Set(chosen)
  for (const column of order) {
    if (titleWidth(width, kept) >= leastTitle) break
    kept.delete(column)
  }
  return kept
}

function titleWidth(width: number, columns: ReadonlySet<SoaColumn>): number {
  const all = (['pick', 'ref', 'applicability', 'status', ...columns] as const).map((key) => soaWidths[key])
  return all.reduce<number>((left, one) => left - (one < 1 ? one * width : one), width)
}
