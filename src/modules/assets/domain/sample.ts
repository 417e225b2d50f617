/**
 * Draws a reproducible sample: the same seed and population give the same draw, whoever draws it and in whatever order
 * the population came. Fisher–Yates over the sorted population with mulberry32.
 * @param size at most this many; the whole population when it is smaller
 */
export function drawSample<T extends { readonly ref: string }>(
  population: readonly T[],
  size: number,
  seed: number,
): T[] {
  const pool = [...population].sort((a, b) => (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0))
  const random = mulberry32(seed)
  const drawn: T[] = []
  while (drawn.length < size && pool.length > 0) {
    const index = Math.floor(random() * pool.length)
    drawn.push(...pool.splice(index, 1))
  }
  return drawn
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
