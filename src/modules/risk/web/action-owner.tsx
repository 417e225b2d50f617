import { ClaimedOwner } from '#ui/claimed-owner.tsx'
import { useText } from '#ui/text.ts'
import type { ActionView } from './views.ts'

/** Who does an action: a person of the directory, else whom the imported plan names, else that nobody is. */
export function ActionOwner({ action }: { action: Pick<ActionView, 'owner' | 'ownerText'> }) {
  const t = useText('risk')
  if (action.owner !== null) return action.owner.name
  return action.ownerText === null ? t('list.noOwner') : <ClaimedOwner name={action.ownerText} />
}
