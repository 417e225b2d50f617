import { expect, test } from 'vitest'
import { slugOf } from './organizations.ts'
import { normalCode } from './set-up-code.ts'

test('a code may be typed as it is read', () => {
  expect(normalCode(' 7k3m-9qxf 2tvb-hn4o ')).toBe('7K3M9QXF2TVBHN40')
  expect(normalCode('iIlL')).toBe('1111')
})

test('a name becomes a readable part of an address', () => {
  expect(slugOf('Müller & Söhne GmbH')).toBe('mueller-soehne-gmbh')
  expect(slugOf('3M – Österreich')).toBe('m-oesterreich')
  expect(slugOf('株式会社')).toBe('organization')
  expect(slugOf('x'.repeat(80))).toHaveLength(40)
})
