import { assets } from '#modules/assets/contract.ts'
import { obligations } from '#modules/obligations/contract.ts'
import { people } from '#modules/people/contract.ts'
import type { RecordOption } from '#ui/record-select.tsx'
import { useText } from '#ui/text.ts'
import { call } from '#web/api.ts'
import { risks } from '../contract.ts'

type Find = (text: string, signal: AbortSignal) => Promise<readonly RecordOption[]>

/** Choices for the fields that name another record. */
export function useFinders(): Readonly<Record<'people' | 'assets' | 'obligations' | 'controls' | 'risks', Find>> {
  const t = useText('risk')
  return {
    people: async (q, signal) => {
      const { items } = await call(people.list, { query: { q, limit: 30, sort: 'name' }, signal })
      return items.map((one) => ({
        id: one.id,
        title: one.name,
        note: one.status === 'left' ? t('person.left') : one.jobTitle,
        disabled: one.status === 'left',
      }))
    },
    assets: async (q, signal) => {
      const { items } = await call(assets.list, { query: { q, limit: 30 }, signal })
      return items.map((one) => ({ id: one.id, ref: one.ref, title: one.name }))
    },
    obligations: async (q, signal) => {
      const { items } = await call(obligations.list, { query: { q, limit: 30 }, signal })
      return items.map((one) => ({ id: one.id, ref: one.ref, title: one.title }))
    },
    controls: async (q, signal) => {
      const { items } = await call(risks.controlChoices, { query: { q }, signal })
      return items.slice(0, 120).map((one) => ({ id: one.id, ref: one.ref, title: one.title }))
    },
    risks: async (q, signal) => {
      const { items } = await call(risks.list, { query: { q, limit: 30 }, signal })
      return items.map((one) => ({ id: one.id, ref: one.ref, title: one.title }))
    },
  }
}
