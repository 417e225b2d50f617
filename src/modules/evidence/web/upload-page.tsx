import { Button, Group, NumberInput, Progress, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useId, useRef, useState } from 'react'
import type { WireResponse } from '#platform/contract/route.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DateField } from '#ui/date-field.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { Page, Section } from '#ui/page.tsx'
import { PersonSelect, type RecordOption } from '#ui/record-select.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { upload } from '#web/api.ts'
import { findPeople } from '#web/find-people.ts'
import { useOrgPath } from '#web/scope.ts'
import { evidence, maxUploadBytes } from '../contract.ts'

type Outcome = WireResponse<typeof evidence.upload>

/** A file on its way or arrived. */
interface Sending {
  readonly key: number
  readonly file: File
  /** 0–1 */
  readonly part: number
  readonly outcome: Outcome | null
  readonly error: unknown
  readonly abort: AbortController
}

/** What is said of all files that are dropped. */
interface Stated {
  source: string
  population: string
  populationCount: number | ''
  effectiveOn: string | null
  validUntil: string | null
}

/** Uploading files: several at once, each with its progress, sent one after the other. */
export function UploadPage() {
  const t = useText('evidence')
  const ui = useText('ui')
  const format = useFormat()
  const client = useQueryClient()
  const label = useId()
  const input = useRef<HTMLInputElement>(null)
  const next = useRef(0)
  const line = useRef(Promise.resolve())
  const [over, setOver] = useState(false)
  const [owner, setOwner] = useState<RecordOption | null>(null)
  const [files, setFiles] = useState<readonly Sending[]>([])
  const [stated, setStated] = useState<Stated>({
    source: '',
    population: '',
    populationCount: '',
    effectiveOn: null,
    validUntil: null,
  })
  /** Nothing here has to be said before a file is dropped. */
  const optional = (field: string): string => ui('optional', { label: t(`fields.${field}`) })
  const state = <K extends keyof Stated>(key: K, value: Stated[K]) => setStated((old) => ({ ...old, [key]: value }))
  const patch = (key: number, change: Partial<Sending>) =>
    setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)))

  const send = async ({ key, file, abort }: Sending, separateBecause?: string): Promise<void> => {
    if (abort.signal.aborted) return
    patch(key, { part: 0, error: null, outcome: null })
    const { source, population, populationCount, effectiveOn, validUntil } = stated
    try {
      const outcome = await upload(evidence.upload, {
        file,
        signal: abort.signal,
        onProgress: (part) => patch(key, { part }),
        query: {
          fileName: file.name,
          ...(source === '' ? {} : { source }),
          ...(population === '' ? {} : { population }),
          ...(populationCount === '' ? {} : { populationCount }),
          ...(effectiveOn === null ? {} : { effectiveOn }),
          ...(validUntil === null ? {} : { validUntil }),
          ...(owner === null ? {} : { ownerId: owner.id }),
          ...(separateBecause === undefined ? {} : { separateBecause }),
        },
      })
      patch(key, { outcome, part: 1 })
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('evidence.') })
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError')
        setFiles((all) => all.filter((one) => one.key !== key))
      else patch(key, { error })
    }
  }
  const take = (chosen: Iterable<File>) => {
    const added = [...chosen].map((file): Sending => {
      next.current += 1
      return { key: next.current, file, part: 0, outcome: null, error: null, abort: new AbortController() }
    })
    setFiles((all) => [...all, ...added])
    for (const one of added) {
      if (one.file.size <= maxUploadBytes) line.current = line.current.then(() => send(one))
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <Page title={t('upload.title')} clause="7.5" lead={t('upload.lead')}>
      <Stack>
        <Section title={t('upload.about')}>
          <Stack maw={640} gap="sm">
            <TextInput
              label={optional('source')}
              description={t('hints.source')}
              value={stated.source}
              onChange={(event) => state('source', event.currentTarget.value)}
            />
            <Group grow align="flex-start">
              <TextInput
                label={optional('population')}
                description={t('hints.population')}
                value={stated.population}
                onChange={(event) => state('population', event.currentTarget.value)}
              />
              <NumberInput
                label={optional('populationCount')}
                description={t('hints.populationCount')}
                min={0}
                allowDecimal={false}
                value={stated.populationCount}
                onChange={(value) => state('populationCount', typeof value === 'number' ? value : '')}
              />
            </Group>
            <Group align="flex-start">
              <DateField
                label={optional('effectiveOn')}
                value={stated.effectiveOn}
                onChange={(value) => state('effectiveOn', value)}
              />
              <DateField
                label={optional('validUntil')}
                value={stated.validUntil}
                onChange={(value) => state('validUntil', value)}
              />
            </Group>
            <PersonSelect label={optional('ownerId')} value={owner} find={findPeople} onChange={setOwner} />
          </Stack>
        </Section>
        <Section title={t('upload.files')}>
          {/* Dropping is a shortcut for the button inside. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <div
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it groups one button with its text, no form fields
            role="group"
            aria-labelledby={label}
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
              padding: '24px 16px',
              textAlign: 'center',
            }}
          >
            <Text id={label} fw={550}>
              {t('upload.drop')}
            </Text>
            <Text size="xs" c="dimmed">
              {t('upload.dropHint', { max: format.byteLimit(maxUploadBytes) })}
            </Text>
            <input
              ref={input}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                take([...(event.currentTarget.files ?? [])])
                event.currentTarget.value = ''
              }}
            />
            <Button mt="sm" onClick={() => input.current?.click()}>
              {t('upload.choose')}
            </Button>
          </div>
          <Stack gap="xs" mt="md" component="ul" style={{ listStyle: 'none', padding: 0 }}>
            {files.map((one) => (
              <li key={one.key}>
                <FileLine sending={one} again={(reason) => send(one, reason)} />
              </li>
            ))}
          </Stack>
        </Section>
      </Stack>
    </Page>
  )
}

/** One file: how far it is, what became of it, and what to do when it is known already or failed. */
function FileLine({ sending, again }: { sending: Sending; again: (separateBecause?: string) => Promise<void> }) {
  const t = useText('evidence')
  const format = useFormat()
  const path = useOrgPath()
  const [asking, setAsking] = useState(false)
  const { file, part, outcome, error, abort } = sending
  const tooLarge = file.size > maxUploadBytes
  return (
    <Stack gap={4}>
      <Group gap="sm" wrap="nowrap">
        <Text truncate style={{ flex: 1, minWidth: 0 }}>
          {file.name} <span className="pl-muted">{format.bytes(file.size)}</span>
        </Text>
        {tooLarge ? (
          <StatusBadge tone="bad" glyph="cross">
            {t('upload.tooLarge', { max: format.byteLimit(maxUploadBytes) })}
          </StatusBadge>
        ) : null}
        {outcome === null ? null : (
          <>
            <StatusBadge
              tone={outcome.outcome === 'added' ? 'good' : 'info'}
              glyph={outcome.outcome === 'added' ? 'check' : 'dotted'}
            >
              {t(`upload.outcome.${outcome.outcome}`)}
            </StatusBadge>
            <PathLink to={path(`/evidence/${outcome.artefact.ref}`)}>
              {outcome.artefact.ref} {outcome.artefact.title}
            </PathLink>
            {outcome.outcome === 'recognised' ? (
              <Button variant="default" size="compact-xs" onClick={() => setAsking(true)}>
                {t('upload.separate')}
              </Button>
            ) : null}
          </>
        )}
        {outcome === null && error === null && !tooLarge ? (
          <Button variant="subtle" size="compact-xs" onClick={() => abort.abort()}>
            {t('upload.stop')}
          </Button>
        ) : null}
      </Group>
      {outcome === null && error === null && !tooLarge ? (
        <Progress value={part * 100} aria-label={t('upload.sending', { name: file.name })} />
      ) : null}
      {error === null ? null : <ErrorBand error={error} retry={() => void again()} />}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('upload.separate')}
        confirmLabel={t('upload.separate')}
        reason="required"
        onConfirm={async (reason) => {
          setAsking(false)
          await again(reason)
        }}
      >
        {t('upload.separateText', { ref: outcome?.artefact.ref ?? '' })}
      </ConfirmDialog>
    </Stack>
  )
}
