import { useCase } from '#platform/http/use-case.ts'
import { risks } from '../contract.ts'
import { controlDirectory } from './control-directory.ts'

const collator = new Intl.Collator('en', { numeric: true })

/** Controls a treatment can name, in the order of their references. One statement. */
export const listControlChoicesUseCase = useCase(risks.controlChoices, async ({ tx, query }) => {
  const wanted = query.q?.trim().toLowerCase() ?? ''
  const items = [...(await controlDirectory(tx)).values()]
    .filter(({ ref, title }) => `${ref} ${title}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => collator.compare(a.ref, b.ref))
  return { items }
})
