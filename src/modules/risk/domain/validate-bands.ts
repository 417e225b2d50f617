import type { Refusal } from '#kernel/result.ts'
import type { Band, MethodContent } from './method.ts'
import { bandIndex, bandTokens, consequenceLevels } from './method.ts'
import { refusal } from './refusals.ts'
import { blank } from './words.ts'

/** Checks the bands and the rule that leads to them: products covered without gap or overlap, matrix complete and monotone. */
export function checkBands(method: MethodContent, minBands = 2): Refusal[] {
  const found = checkBandList(method.bands, minBands)
  if (method.aggregate.mode === 'product') found.push(...checkProductBands(method))
  else found.push(...checkMatrix(method, method.aggregate.cells))
  return found
}

function checkBandList(bands: readonly Band[], minBands: number): Refusal[] {
  const found: Refusal[] = []
  if (bands.length < minBands || bands.length > 10) {
    const message = `The method has ${bands.length} bands; give it ${minBands} to 10.`
    found.push(refusal('risk.band_count', message, { bands: bands.length }, 'bands'))
  }
  bands.forEach((band, i) => {
    const facts = { band: band.key }
    if (blank(band.key) || bands.findIndex((other) => other.key === band.key) < i) {
      const message = `Band key “${band.key}” is empty or used twice; give each band its own key.`
      found.push(refusal('risk.band_key', message, facts, `bands.${i}.key`))
    }
    if (blank(band.name) || bands.findIndex((other) => other.name.trim() === band.name.trim()) < i) {
      const message = `Band name “${band.name}” is empty or used twice; give each band its own name.`
      found.push(refusal('risk.band_name', message, facts, `bands.${i}.name`))
    }
    if (!bandTokens.includes(band.token)) {
      const message = `Band ${band.name} has the unknown colour “${String(band.token)}”; choose one of ${bandTokens.join(', ')}.`
      found.push(refusal('risk.band_token', message, facts, `bands.${i}.token`))
    }
  })
  return found
}

function checkProductBands(method: MethodContent): Refusal[] {
  const found: Refusal[] = []
  method.bands.forEach((band, i) => {
    const field = `bands.${i}`
    if (band.from === null || band.to === null || !Number.isInteger(band.from) || !Number.isInteger(band.to)) {
      const message = `Band ${band.name} has no range; say from and to which product it reaches, in whole numbers.`
      found.push(refusal('risk.band_range', message, { band: band.key }, field))
      return
    }
    if (band.from > band.to) {
      const message = `Band ${band.name} runs from ${band.from} to ${band.to}; the end must not be below the start.`
      found.push(refusal('risk.band_range', message, { band: band.key }, field))
    }
    const below = method.bands[i - 1]
    if (below === undefined || below.to === null) return
    if (band.from > below.to + 1) {
      const message = `No band covers ${missing(below.to + 1, band.from - 1)}: ${below.name} ends at ${below.to} and ${band.name} starts at ${band.from}.`
      found.push(refusal('risk.band_gap', message, { from: below.to + 1, to: band.from - 1 }, field))
    } else if (band.from <= below.to) {
      const message = `Bands ${below.name} and ${band.name} overlap at ${missing(band.from, below.to)}; each product belongs to one band.`
      found.push(refusal('risk.band_overlap', message, { from: band.from, to: below.to }, field))
    }
  })
  return [...found, ...checkProductEnds(method)]
}

function checkProductEnds(method: MethodContent): Refusal[] {
  const consequence = consequenceLevels(method)
  const lowest = (method.likelihood[0]?.value ?? 0) * (consequence[0]?.value ?? 0)
  const highest = (method.likelihood.at(-1)?.value ?? 0) * (consequence.at(-1)?.value ?? 0)
  const found: Refusal[] = []
  const first = method.bands[0]
  const last = method.bands.at(-1)
  if (first !== undefined && first.from !== null && first.from > lowest) {
    const message = `No band covers ${missing(lowest, first.from - 1)}: the lowest product is ${lowest} and ${first.name} starts at ${first.from}.`
    found.push(refusal('risk.band_gap', message, { from: lowest, to: first.from - 1 }, 'bands.0'))
  }
  if (last !== undefined && last.to !== null && last.to < highest) {
    const message = `No band covers ${missing(last.to + 1, highest)}: ${last.name} ends at ${last.to} and the highest product is ${highest}.`
    found.push(
      refusal('risk.band_gap', message, { from: last.to + 1, to: highest }, `bands.${method.bands.length - 1}`),
    )
  }
  return found
}

const missing = (from: number, to: number): string => (from === to ? `${from}` : `${from}–${to}`)

function checkMatrix(method: MethodContent, cells: readonly (readonly string[])[]): Refusal[] {
  const columns = consequenceLevels(method)
  const found: Refusal[] = []
  if (cells.length !== method.likelihood.length) {
    const message = `The matrix has ${cells.length} rows for ${method.likelihood.length} likelihood levels; give every level its row.`
    found.push(refusal('risk.matrix_size', message, { rows: cells.length }, 'aggregate.cells'))
  }
  cells.forEach((row, r) => {
    const likelihood = method.likelihood[r]?.value ?? r + 1
    if (row.length !== columns.length) {
      const message = `The matrix row of likelihood ${likelihood} has ${row.length} cells for ${columns.length} consequence levels; fill every cell.`
      found.push(refusal('risk.matrix_size', message, { row: r }, `aggregate.cells.${r}`))
    }
    row.forEach((key, c) => {
      const field = `aggregate.cells.${r}.${c}`
      const at = `likelihood ${likelihood} and consequence ${columns[c]?.value ?? c + 1}`
      if (bandIndex(method, key) < 0) {
        const message = `The matrix cell at ${at} names the band “${key}”, which the method does not have.`
        found.push(refusal('risk.matrix_band', message, { row: r, column: c, band: key }, field))
        return
      }
      for (const [lower, axis] of [[cells[r - 1]?.[c], 'likelihood'] as const, [row[c - 1], 'consequence'] as const]) {
        if (lower === undefined || bandIndex(method, lower) <= bandIndex(method, key)) continue
        const message = `The matrix falls at ${at}: ${bandName(method, key)} follows ${bandName(method, lower)} although the ${axis} rises.`
        found.push(refusal('risk.matrix_falls', message, { row: r, column: c, axis }, field))
      }
    })
  })
  return found
}

const bandName = (method: MethodContent, key: string): string => method.bands[bandIndex(method, key)]?.name ?? key
