/** “a”, “a and b”, “a, b and c”. */
export function listOf(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`
}

export const blank = (text: string | null): boolean => text === null || text.trim() === ''

/** Orders references as people read them: R-2 before R-10, and different prefixes by their text. */
export function compareRefs(a: string, b: string): number {
  const left = splitRef(a)
  const right = splitRef(b)
  if (left.prefix !== right.prefix) return compareText(left.prefix, right.prefix)
  return left.number - right.number || compareText(a, b)
}

/** By code unit, so that the order is the same in every locale and on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function splitRef(ref: string): { prefix: string; number: number } {
  const match = /^(.*?)(\d{1,15})$/.exec(ref)
  return { prefix: match?.[1] ?? ref, number: match?.[2] === undefined ? -1 : Number(match[2]) }
}
