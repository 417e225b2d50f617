import { useCase } from '#platform/http/use-case.ts'
import { risks } from '../contract.ts'
import { controlChoices } from './control-directory.ts'

/** Controls a treatment can name, in the order of their references, and whether their records say they are in place. */
export const listControlChoicesUseCase = useCase(risks.controlChoices, async ({ tx, query }) => {
  const wanted = query.q?.trim().toLowerCase() ?? ''
  const all = await controlChoices(tx)
  return { items: all.filter(({ ref, title }) => `${ref} ${title}`.toLowerCase().includes(wanted)) }
})
