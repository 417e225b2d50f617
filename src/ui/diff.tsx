import { useMemo } from 'react'
import { diffWords } from './diff-words.ts'
import { useText } from './text.ts'

/** Before and after of a text, word by word: removed struck through, added underlined. */
export function Diff({ before, after }: { before: string | null; after: string | null }) {
  const t = useText('ui')
  const parts = useMemo(() => diffWords(before ?? '', after ?? ''), [before, after])
  if ((before ?? '') === '' && (after ?? '') === '') return <span className="pl-muted">{t('diff.empty')}</span>
  return (
    <span data-diff style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {parts.map((part, index) => {
        const key = `${index}-${part.kind}`
        if (part.kind === 'same') return <span key={key}>{part.text}</span>
        return part.kind === 'removed' ? (
          <del key={key} style={{ color: 'var(--pl-bad)', background: 'var(--pl-bad-soft)' }}>
            {part.text}
          </del>
        ) : (
          <ins key={key} style={{ color: 'var(--pl-good)', background: 'var(--pl-good-soft)' }}>
            {part.text}
          </ins>
        )
      })}
    </span>
  )
}
