import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textOn } from './tone.ts'

/** WCAG 2.2 contrast of two colours, written apart from the code under test. */
function contrast(a: string, b: string): number {
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

test('text on any colour of a method is the better of the two, and never below 4 : 1', () => {
  const part = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(part, part, part, (r, g, b) => {
      const color = `#${[r, g, b].map((one) => one.toString(16).padStart(2, '0')).join('')}`
      const other = textOn(color) === '#ffffff' ? '#171f23' : '#ffffff'
      expect(contrast(color, textOn(color))).toBeGreaterThanOrEqual(contrast(color, other) - 0.02)
      expect(contrast(color, textOn(color))).toBeGreaterThan(4)
    }),
  )
})
