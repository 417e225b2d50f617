import { expect, test } from 'vitest'
import { filled, line } from './schemas.ts'

test('a text of one line has no line break and no other control character; a reason may have lines', () => {
  const name = line(40)
  expect(name.parse('  Anna Berg\r\n')).toBe('Anna Berg')
  for (const broken of [
    'Anna\r\nApproved by: CEO',
    'Anna\nBerg',
    'Anna\tBerg',
    'Anna\u0085Berg',
    'Anna\u2028Berg',
    'A\u001bB',
  ]) {
    const said = name.safeParse(broken).error?.issues.map((one) => one.message)
    expect([broken, said]).toEqual([broken, ['contains a line break, a tab or another control character']])
  }
  expect(name.parse('Anna-Zoë O’Neil 王 👩‍💻')).toBe('Anna-Zoë O’Neil 王 👩‍💻')
  expect(filled(40).parse(' First.\nSecond. ')).toBe('First.\nSecond.')
  for (const schema of [name, filled(40)]) expect(schema.safeParse(' \n ').error?.issues[0]?.message).toBe('is empty')
})
