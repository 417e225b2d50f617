import { useText } from '#ui/text.ts'
import styles from './organization.module.css'
import type { Content, ScopeChange } from './wire.ts'

/** What differs from what was approved, a sentence each, in the reader's language. */
export function Changes({ changes, content }: { changes: readonly ScopeChange[]; content: Content }) {
  const t = useText('organization')
  const names = new Map(
    [...content.items, ...content.interfaces, ...content.exclusions].map((one) => [one.id, one.name] as const),
  )
  return (
    <ul className={styles['changes']}>
      {changes.map((change) => (
        <li key={`${change.code}${change.id}`}>
          {t(`changes.${change.code}`, { ref: change.ref, name: names.get(change.id) ?? '' })}
        </li>
      ))}
    </ul>
  )
}
