/** What is wrong with a part of a form that is no single field. */
export function FieldError({ text }: { text: string }) {
  return (
    <div style={{ color: 'var(--mantine-color-error)', fontSize: '0.75rem', marginTop: 8 }} role="alert">
      {text}
    </div>
  )
}
