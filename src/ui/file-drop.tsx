import { Button, Progress, Stack, Text } from '@mantine/core'
import { type DragEvent, useId, useRef, useState } from 'react'
import { ErrorBand } from './error-band.tsx'
import { useFormat } from './format.ts'
import { useText } from './text.ts'

/** Dropping or choosing a file; `send` streams it (see `upload`) and reports 0–1. The file can be tried again. */
export function FileDrop({
  label,
  hint,
  accept,
  maxBytes = 1_073_741_824,
  send,
  onDone,
}: {
  label: string
  hint?: string
  /** As the browser's own `accept`: `.xlsx,.csv`. */
  accept?: string
  maxBytes?: number
  send: (file: File, onProgress: (part: number) => void, signal: AbortSignal) => Promise<unknown>
  onDone?: (file: File) => void
}) {
  const t = useText('ui')
  const format = useFormat()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const abort = useRef<AbortController | null>(null)
  const [over, setOver] = useState(false)
  const [file, setFile] = useState<File | null>(null)
  const [part, setPart] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [tooLarge, setTooLarge] = useState<File | null>(null)
  const start = async (chosen: File) => {
    setError(null)
    setTooLarge(chosen.size > maxBytes ? chosen : null)
    if (chosen.size > maxBytes) return
    setFile(chosen)
    setPart(0)
    abort.current = new AbortController()
    try {
      await send(chosen, setPart, abort.current.signal)
      onDone?.(chosen)
    } catch (problem) {
      if (!(problem instanceof DOMException && problem.name === 'AbortError')) setError(problem)
    } finally {
      setPart(null)
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const dropped = event.dataTransfer.files[0]
    if (dropped !== undefined) void start(dropped)
  }
  return (
    <Stack gap="xs">
      {/* Dropping is a shortcut for the button inside. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it groups one button with its text, no form fields
        role="group"
        aria-labelledby={id}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        style={{
          border: `1px dashed ${over ? 'var(--pl-accent)' : 'var(--pl-line-strong)'}`,
          background: over ? 'var(--pl-selected)' : 'var(--pl-sunken)',
          borderRadius: 8,
          padding: '20px 16px',
          textAlign: 'center',
        }}
      >
        <Text id={id} fw={550}>
          {label}
        </Text>
        {hint === undefined ? null : (
          <Text size="xs" c="dimmed">
            {hint}
          </Text>
        )}
        <input
          ref={input}
          type="file"
          hidden
          {...(accept === undefined ? {} : { accept })}
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0]
            event.currentTarget.value = ''
            if (chosen !== undefined) void start(chosen)
          }}
        />
        {part === null ? (
          <Button variant="default" mt="sm" onClick={() => input.current?.click()}>
            {t('file.choose')}
          </Button>
        ) : (
          <div style={{ maxWidth: 360, margin: '12px auto 0' }}>
            <Progress value={part * 100} aria-label={t('file.sending', { name: file?.name ?? '' })} />
            <Text size="xs" c="dimmed" mt={4}>
              {t('file.progress', { part: format.percent(part), size: format.bytes(file?.size ?? 0) })}
            </Text>
            <Button variant="subtle" size="compact-xs" onClick={() => abort.current?.abort()}>
              {t('cancel')}
            </Button>
          </div>
        )}
      </div>
      {tooLarge === null ? null : (
        <Text size="sm" c="var(--pl-bad)" role="alert">
          {t('file.tooLarge', {
            name: tooLarge.name,
            size: format.bytes(tooLarge.size),
            max: format.byteLimit(maxBytes),
          })}
        </Text>
      )}
      {error === null ? null : <ErrorBand error={error} retry={file === null ? undefined : () => void start(file)} />}
    </Stack>
  )
}
