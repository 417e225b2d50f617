import { Button, Group, Select, Stack, Table, Text } from '@mantine/core'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { importRoutes } from '#platform/import/contract.ts'
import { Band } from '#ui/band.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { useFormat } from '#ui/format.ts'
import { type ImportStep, ImportWizard, type ImportWizardProps } from '#ui/import-wizard.tsx'
import { PathLink } from '#ui/link.tsx'
import { Page, Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { call, upload, useApi, useCallApi } from '../api.ts'
import { type ImportWords, useImportWords } from '../imports/words.ts'
import { useOrgPath } from '../scope.ts'
import { ImportQuestions, type Preview, type Said, type Uploaded } from './import-questions.tsx'

/** Where the records of each register are looked at. */
const registers = {
  people: { path: '/people', invalidates: ['person.'] },
  assets: { path: '/assets', invalidates: ['asset.'] },
  risks: { path: '/risks', invalidates: ['risk.', 'control.', 'method.'] },
  treatment: { path: '/risks', invalidates: ['risk.', 'control.'] },
  soa: { path: '/soa', invalidates: ['control.', 'soa.'] },
} as const
type RowFact = NonNullable<Preview['rows'][number]['becomes']>['facts'][number]
type Register = keyof typeof registers

const rowsShown = 1000

/** Import into one register: `/import/assets`. */
export function ImportPage() {
  const t = useText('web')
  const { register = '' } = useParams({ strict: false })
  if (!Object.hasOwn(registers, register))
    return <EmptyState title={t('import.unknown')}>{t('import.lead')}</EmptyState>
  const known = register as Register
  return (
    <Page title={t('import.title', { what: t(`import.what.${known}`) })} lead={t('import.lead')}>
      <Stack gap="xl">
        <ImportSteps key={known} register={known} />
        <RecentImports register={known} />
      </Stack>
    </Page>
  )
}

function ImportSteps({ register }: { register: Register }) {
  const t = useText('web')
  const words = useImportWords()
  const format = useFormat()
  const path = useOrgPath()
  const client = useQueryClient()
  const routes = importRoutes(register, '')
  const [step, setStep] = useState<ImportStep>('upload')
  const [uploaded, setUploaded] = useState<Uploaded | null>(null)
  const [said, setSaid] = useState<Said>({})
  const [name, setName] = useState('')
  const mapping = { ...said, register }
  const shown = step === 'preview' ? rowsShown : 0
  const params = { importId: uploaded?.id ?? '' }
  const stale = { invalidates: [...registers[register].invalidates, 'import.'] }
  const confirm = useCallApi(routes.confirm, { ...stale, onDone: () => setStep('done') })
  const undo = useCallApi(routes.undo, stale)
  const save = useCallApi(routes.saveMapping)
  const look = useQuery({
    queryKey: [routes.preview.name, params, mapping, shown],
    queryFn: ({ signal }) => call(routes.preview, { params, body: { mapping, limit: shown }, signal }),
    // Once it is taken in there is nothing left to preview.
    enabled: uploaded !== null && step !== 'upload' && step !== 'done' && !confirm.isPending && !confirm.isSuccess,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const preview = look.data ?? null
  const progress = useQuery({
    queryKey: [routes.show.name, params, 'progress'],
    queryFn: ({ signal }) => call(routes.show, { params, signal }),
    enabled: confirm.isPending,
    refetchInterval: 700,
  })
  const run = undo.data ?? confirm.data
  const send: ImportWizardProps['upload'] = async (file, onProgress, signal) => {
    const found = await upload(routes.upload, { query: { fileName: file.name }, file, onProgress, signal })
    setUploaded(found)
    confirm.reset()
    undo.reset()
    setStep('mapping')
  }
  const total = preview === null ? 0 : preview.counts.create + preview.counts.update
  return (
    <ImportWizard
      step={step}
      onStep={setStep}
      upload={send}
      presets={<SavedMappings register={register} onChoose={setSaid} />}
      headerRow={preview?.mapping.headerRow ?? 1}
      columns={preview === null ? [] : columnsOf(said, preview)}
      fields={preview?.fields.map((field) => ({ ...field, key: field.name, label: words.label(field.label) })) ?? []}
      onMap={(index, field) => preview !== null && setSaid(remapped(said, preview, index, field))}
      mappingName={{ value: name, onChange: setName }}
      choices={
        uploaded === null || preview === null ? null : (
          <Stack>
            <Notices uploaded={uploaded} register={register} preview={preview} />
            <ImportQuestions uploaded={uploaded} preview={preview} said={said} onSay={setSaid} />
          </Stack>
        )
      }
      scales={(preview?.scales ?? []).map(({ name: key, values, levels }) => ({
        key,
        label: scaleLabel(key, t),
        question: questionOf(preview, `levelMaps.${key}`, words),
        values: values.map(({ value, rows: cells, level }) => {
          const own = said.levelMaps?.[key]?.[value]
          const shownLevel = own === undefined ? level : own
          return { value, cells, level: shownLevel === null ? null : String(shownLevel) }
        }),
        levels: levels.map((level) => ({ value: String(level.value), label: `${level.value} ${level.name}` })),
      }))}
      onLevel={(scale, value, level) =>
        setSaid({
          ...said,
          levelMaps: {
            ...said.levelMaps,
            [scale]: { ...said.levelMaps?.[scale], [value]: level === null ? null : Number(level) },
          },
        })
      }
      preview={preview === null || look.isPlaceholderData ? null : previewOf(preview, t, words)}
      progress={confirm.isPending ? (progress.data?.progress ?? { done: 0, total: Math.max(1, total) }) : null}
      busy={look.isFetching}
      error={confirm.error ?? undo.error ?? look.error}
      onConfirm={() => {
        if (name.trim() !== '') save.mutate({ body: { name: name.trim(), mapping } })
        confirm.mutate({ params, body: { mapping } })
      }}
      result={
        run === undefined
          ? null
          : { imported: (run.counts?.create ?? 0) + (run.counts?.update ?? 0), undone: run.status === 'undone' }
      }
      onUndo={async (reason) => {
        await undo.mutateAsync({ params, body: { reason } })
        await client.invalidateQueries()
      }}
      registerPath={path(registers[register].path)}
      {...(preview !== null && preview.total > rowsShown
        ? { note: t('import.more', { count: format.number(rowsShown) }) }
        : {})}
    />
  )
}

/** What a person should know about the file before anything else. */
function Notices({ uploaded, register, preview }: { uploaded: Uploaded; register: Register; preview: Preview }) {
  const t = useText('web')
  const words = useImportWords()
  const path = useOrgPath()
  const others = uploaded.holds.filter((one) => one.register !== register && Object.hasOwn(registers, one.register))
  return (
    <>
      {preview.problem === null ? null : (
        <Band tone="warn" title={t('import.problem')}>
          {words.sentence(preview.problem)}
        </Band>
      )}
      {uploaded.problem === null ? null : <Text>{words.sentence(uploaded.problem)}</Text>}
      {uploaded.earlier.length === 0 ? null : (
        <Text>{t('import.earlier', { refs: uploaded.earlier.map((one) => one.ref).join(', ') })}</Text>
      )}
      {others.map((one) => {
        const what = t(`import.what.${one.register}`)
        return (
          <Text key={one.register}>
            {t('import.holds', { what })}{' '}
            <PathLink to={path(`/import/${one.register}`)}>{t('import.holdsGo', { what })}</PathLink>
          </Text>
        )
      })}
    </>
  )
}

function SavedMappings({ register, onChoose }: { register: Register; onChoose: (said: Said) => void }) {
  const t = useText('web')
  const { data } = useApi(importRoutes(register, '').mappings, {})
  if (data.items.length === 0) return null
  return (
    <Select
      maw={320}
      clearable
      label={t('import.saved')}
      placeholder={t('import.none')}
      data={data.items.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(id) => {
        const { register: _register, ...said } = data.items.find((one) => one.id === id)?.mapping ?? { register }
        onChoose(said)
      }}
    />
  )
}

function RecentImports({ register }: { register: Register }) {
  const t = useText('web')
  const format = useFormat()
  const routes = importRoutes(register, '')
  const { data } = useApi(routes.list, {})
  const undo = useCallApi(routes.undo, { invalidates: registers[register].invalidates })
  const [asked, setAsked] = useState<string | null>(null)
  if (data.items.length === 0) return null
  return (
    <Section title={t('import.recent')} flush>
      <Table fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('import.list.file')}</Table.Th>
            <Table.Th>{t('import.list.at')}</Table.Th>
            <Table.Th>{t('import.list.by')}</Table.Th>
            <Table.Th ta="end">{t('import.list.rows')}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.items.map((run) => (
            <Table.Tr key={run.id}>
              <Table.Td>
                <Group gap={8}>
                  <Text span fw={550}>
                    {run.ref}
                  </Text>
                  {run.fileName}
                </Group>
              </Table.Td>
              <Table.Td>{run.importedAt === null ? '' : format.dateTime(run.importedAt)}</Table.Td>
              <Table.Td>{run.importedBy}</Table.Td>
              <Table.Td ta="end">{format.number((run.counts?.create ?? 0) + (run.counts?.update ?? 0))}</Table.Td>
              <Table.Td ta="end">
                {run.can.undo ? (
                  <Button size="compact-xs" variant="default" onClick={() => setAsked(run.id)}>
                    {t('import.recentUndo')}
                  </Button>
                ) : (
                  t('import.undone')
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('import.recentUndo')}
        confirmLabel={t('import.recentUndo')}
        danger
        reason="optional"
        onConfirm={(reason) => undo.mutateAsync({ params: { importId: asked ?? '' }, body: { reason } })}
      >
        {t('import.recentUndoText')}
      </ConfirmDialog>
    </Section>
  )
}

// All columns are said as they stand, so that a field the guess had filled can be emptied.
// What was said a moment ago counts, even while the server's reading of it is still on its way.
function remapped(said: Said, preview: Preview, index: number, field: string | null): Said {
  const { mapping } = preview
  const columns: Record<string, { index: number; header: string }[]> = {}
  for (const key of Object.keys(mapping.columns)) columns[key] = []
  for (const column of columnsOf(said, preview)) {
    const feeds = column.index === index ? field : column.field
    if (feeds !== null) columns[feeds] = [...(columns[feeds] ?? []), { index: column.index, header: column.header }]
  }
  return { ...said, sheet: mapping.sheet, headerRow: mapping.headerRow, columns }
}

// What was said shows at once; the server's reading of it follows.
function columnsOf(said: Said, { columns }: Preview): Preview['columns'] {
  const own = new Map(
    Object.entries(said.columns ?? {}).flatMap(([field, refs]) =>
      (Array.isArray(refs) ? refs : [refs]).flatMap((ref) => (typeof ref === 'object' ? [[ref.index, field]] : [])),
    ) as [number, string][],
  )
  const whole = Object.values(said.columns ?? {}).every((refs) => Array.isArray(refs))
  return columns
    .filter((column) => column.header !== '')
    .map((column) => (said.columns && whole ? { ...column, field: own.get(column.index) ?? null } : column))
}

function questionOf(preview: Preview | null, about: string, words: ImportWords): string | undefined {
  const question = preview?.questions.find((one) => one.about === about)
  return question === undefined ? undefined : words.sentence(question)
}

const scaleLabel = (name: string, t: (key: string, values?: Record<string, unknown>) => string): string => {
  const [measure, dimension] = name.split('.')
  if (measure === 'likelihood') return t('import.likelihood')
  return dimension === undefined ? t('import.impact') : t('import.impactOf', { dimension })
}

/** What a record will say; after an arrow, what the values of the file become here. */
function factText({ values, into }: RowFact, words: ImportWords): string {
  const list = (of: RowFact['values']): string => of.map(words.value).join(', ')
  return into === null ? list(values) : `${list(values)} → ${list(into)}`
}

function previewOf(
  { counts, rows }: Preview,
  t: (key: string, values?: Record<string, unknown>) => string,
  words: ImportWords,
) {
  return {
    counts: { create: counts.create, change: counts.update, skip: counts.skip, error: counts.error },
    rows: rows.map((row) => ({
      row: row.line,
      outcome: row.status === 'update' ? ('change' as const) : row.status,
      becomes: row.becomes && (
        <>
          <Text size="sm" fw={550}>
            {row.becomes.ref} {row.becomes.title}
          </Text>
          {row.becomes.facts.map((fact) => (
            <Text key={fact.label} size="xs" c="var(--pl-muted)">
              {t('import.facts', { label: words.label(fact.label), value: factText(fact, words) })}
            </Text>
          ))}
        </>
      ),
      issues: row.issues.map((issue) => ({ severity: issue.severity, message: words.sentence(issue) })),
    })),
  }
}
