import { expect, it } from 'vitest'
import { softHyphens } from './soft-hyphens.ts'

it('breaks long compounds at their joints and leaves every other word whole', () => {
  const shown = (text: string) => softHyphens(text).replaceAll('\u00ad', '|')
  expect(shown('Informationssicherheitsrichtlinien')).toBe('Informations|sicherheits|richtlinien')
  expect(shown('Nutzung und Informationszugangsbeschränkung')).toBe('Nutzung und Informations|zugangs|beschränkung')
  expect(shown('Lieferantenbeziehungen, Netzwerksicherheit')).toBe('Lieferanten|beziehungen, Netzwerk|sicherheit')
  expect(shown('Informationen zur Sicherheit; Sicherheitstests')).toBe('Informationen zur Sicherheit; Sicherheitstests')
  expect(shown('Information security roles and responsibilities')).toBe(
    'Information security roles and responsibilities',
  )
})
