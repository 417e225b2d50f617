import { useText } from './text.ts'

/** A name or role an import gave as the owner, which no person of the directory matches yet. */
export function ClaimedOwner({ name }: { name: string }) {
  const t = useText('ui')
  return <span title={t('owner.claimedWhy')}>{t('owner.claimed', { name })}</span>
}
