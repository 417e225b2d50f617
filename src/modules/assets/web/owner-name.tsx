import { ClaimedOwner } from '#ui/claimed-owner.tsx'
import { useText } from '#ui/text.ts'
import type { AssetItem } from './wire.ts'

/** Who answers for an asset: a person, somebody who has left, or the words of an import that name nobody here. */
export function OwnerName({ owner, text }: { owner: AssetItem['owner']; text: string }) {
  const t = useText('assets')
  if (owner !== null) {
    return (
      <span>
        {owner.name}
        {owner.active ? null : <span style={{ color: 'var(--pl-bad)' }}> {t('owner.left')}</span>}
      </span>
    )
  }
  if (text === '') return <span className="pl-muted">{t('owner.none')}</span>
  return <ClaimedOwner name={text} />
}
