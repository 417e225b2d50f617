export interface DiffPart {
  readonly text: string
  readonly kind: 'same' | 'removed' | 'added'
}

/**
 * Difference of two texts word by word (longest common subsequence). Beyond about two thousand words a side the texts
 * are shown whole, before and after: the table would grow with their product.
 */
export function diffWords(before: string, after: string): DiffPart[] {
  if (before === after) return before === '' ? [] : [{ text: before, kind: 'same' }]
  const a = before.split(/(\s+)/).filter((word) => word !== '')
  const b = after.split(/(\s+)/).filter((word) => word !== '')
  if (a.length * b.length > 4_000_000) {
    return [
      { text: before, kind: 'removed' },
      { text: after, kind: 'added' },
    ]
  }
  const width = b.length + 1
  const longest = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const parts: DiffPart[] = []
  const push = (text: string, kind: DiffPart['kind']) => {
    const last = parts.at(-1)
    if (last?.kind === kind) parts[parts.length - 1] = { text: last.text + text, kind }
    else parts.push({ text, kind })
  }
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const left = a[i]
    const right = b[j]
    if (left !== undefined && left === right) {
      push(left, 'same')
      i++
      j++
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      push(left, 'removed')
      i++
    } else if (right !== undefined) {
      push(right, 'added')
      j++
    }
  }
  return parts
}
