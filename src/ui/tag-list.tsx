/** Short words in a row; more than `max` fold into a count. */
export function TagList({ tags, max = 4 }: { tags: readonly string[]; max?: number }) {
  const shown = tags.slice(0, max)
  const rest = tags.length - shown.length
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 4 }}>
      {shown.map((tag) => (
        <span key={tag} style={tagStyle}>
          {tag}
        </span>
      ))}
      {rest > 0 ? (
        <span style={tagStyle} title={tags.slice(max).join(', ')}>
          +{rest}
        </span>
      ) : null}
    </span>
  )
}

const tagStyle = {
  padding: '0 6px',
  border: '1px solid var(--pl-line-strong)',
  borderRadius: 4,
  fontSize: '0.75rem',
  lineHeight: '1.125rem',
  whiteSpace: 'nowrap',
} as const
