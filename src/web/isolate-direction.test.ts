import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { isolateDirection } from './isolate-direction.ts'

test('a value that turns the direction of text keeps it to itself, also when it closes the isolate early', () => {
  expect(isolateDirection('Jörg Müller <b> 3 %')).toBe('Jörg Müller <b> 3 %')
  expect(isolateDirection('דנה כהן')).toBe('\u2068דנה כהן\u2069')
  expect(isolateDirection('report\u202efdp.exe')).toBe('\u2068report\u202efdp.exe\u2069')
  expect(isolateDirection('out\u2069\u202edda')).toBe('\u2068out\u202edda\u2069')
})

test('sentences with such a value are isolated by the translation itself, and nothing else is escaped', async () => {
  const i18n = createInstance()
  await i18n.init({
    lng: 'en',
    resources: { en: { translation: { said: '{{name}} added {{count}} rows' } } },
    interpolation: { escape: isolateDirection },
  })
  expect(i18n.t('said', { name: '<Ada> & Co', count: 3 })).toBe('<Ada> & Co added 3 rows')
  expect(i18n.t('said', { name: 'x\u202ey', count: 3 })).toBe('\u2068x\u202ey\u2069 added 3 rows')
})
