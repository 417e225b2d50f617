import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useParams } from '@tanstack/react-router'
import type { WireResponse } from '#platform/contract/route.ts'
import { type ImportRoutes, importRoutes } from '#platform/import/contract.ts'
import { Band } from '#ui/band.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { type Format, useFormat } from '#ui/format.ts'
import { ImportFacts } from '#ui/import-facts.tsx'
import type { ImportResult } from '#ui/import-model.ts'
import { ImportWizard, type ImportWizardProps } from '#ui/import-wizard.tsx'
import { PathLink } from '#ui/link.tsx'
import { Page } from '#ui/page.tsx'
import { useText, type Text as Words } from '#ui/text.ts'
import { call, upload, useApi, useCallApi } from '../api.ts'
import { columnsOf, remapped } from '../imports/column-choices.ts'
import { namesOpen, PeopleOfFile } from '../imports/people-of-file.tsx'
import { RecentImports } from '../imports/recent-imports.tsx'
import { type Register, registers } from '../imports/registers.ts'
import { decided, isTaken, rowsLeftOut } from '../imports/row-choices.ts'
import { useImportPlace } from '../imports/use-import-place.ts'
import { WaitingFiles } from '../imports/waiting-files.tsx'
import { type ImportWords, saysItsColumn, useImportWords } from '../imports/words.ts'
import { useOrgPath } from '../scope.ts'
import { ImportQuestions, type Preview, type Said, type Uploaded } from './import-questions.tsx'

type RowFact = NonNullable<Preview['rows'][number]['becomes']>['facts'][number]

const rowsShown = 1000

/** What people type for a register: its exports are called so. */
const otherNames: Readonly<Record<string, Register>> = { rtp: 'treatment', controls: 'soa' }

/** Import into one register: `/import/assets`. */
export function ImportPage() {
  const t = useText('web')
  const { register = '' } = useParams({ strict: false })
  const path = useOrgPath()
  const meant = otherNames[register]
  if (meant !== undefined) return <Navigate to={path(`/import/${meant}`)} replace />
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
  const place = useImportPlace(register)
  const { said } = place
  const params = { importId: place.file ?? '' }
  const stale = { invalidates: [...registers[register].invalidates, 'import.'] }
  const confirm = useCallApi(routes.confirm, { ...stale, onDone: place.finish })
  const undo = useCallApi(routes.undo, stale)
  const save = useCallApi(routes.saveMapping)
  const opened = useQuery({
    queryKey: [routes.look.name, params],
    queryFn: ({ signal }) => call(routes.look, { params, signal }),
    // Once it is confirmed there is no file to look at, and reading it again would be refused.
    enabled: place.file !== null && place.step !== 'done' && !confirm.isPending && !confirm.isSuccess,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const uploaded = opened.data ?? null
  // A file that is gone is uploaded again; one that is taken in stays so, whatever the address says.
  const step = confirm.isSuccess && place.file !== null ? 'done' : opened.isError ? 'upload' : place.step
  const mapping = { ...said, register }
  const shown = step === 'preview' ? rowsShown : 0
  const look = useQuery({
    queryKey: [routes.preview.name, params, mapping, shown],
    queryFn: ({ signal }) => call(routes.preview, { params, body: { mapping, limit: shown }, signal }),
    // Once it is taken in there is nothing left to preview.
    enabled: uploaded !== null && step !== 'upload' && step !== 'done' && !confirm.isPending,
    placeholderData: keepPreviousData,
    // A scheme or a method may have been set up meanwhile.
    refetchOnMount: 'always',
    retry: false,
  })
  const preview = look.data ?? null
  // What was fetched for an earlier step has no rows; the rows before a decision about one of them stay until it is heard.
  const lacksRows = preview !== null && preview.rows.length < Math.min(preview.total, rowsShown)
  const progress = useQuery({
    queryKey: [routes.show.name, params, 'progress'],
    queryFn: ({ signal }) => call(routes.show, { params, signal }),
    enabled: confirm.isPending,
    refetchInterval: 700,
  })
  const taken = useQuery({
    queryKey: [routes.show.name, params],
    queryFn: ({ signal }) => call(routes.show, { params, signal }),
    enabled: place.file !== null && place.step === 'done' && !confirm.isSuccess,
    retry: false,
  })
  const run = undo.data ?? confirm.data ?? taken.data
  const send: ImportWizardProps['upload'] = async (file, onProgress, signal) => {
    const found = await upload(routes.upload, { query: { fileName: file.name }, file, onProgress, signal })
    client.setQueryData([routes.look.name, { importId: found.id }], found)
    confirm.reset()
    undo.reset()
    place.start(found.id, found.fileName)
  }
  const total = preview === null ? 0 : preview.counts.create + preview.counts.update
  return (
    <ImportWizard
      step={step}
      onStep={place.goTo}
      upload={send}
      presets={
        <>
          <WaitingFiles
            register={register}
            onGoOn={(id, fileName) => (id === place.waiting?.file ? place.goOn() : place.start(id, fileName))}
            onDiscarded={(id) => id === place.waiting?.file && place.forget()}
          />
          <SavedMappings register={register} onChoose={(chosen) => place.say({ said: chosen })} />
        </>
      }
      headerRow={preview?.mapping.headerRow ?? 1}
      columns={preview === null ? [] : columnsOf(said, preview)}
      fields={preview?.fields.map((field) => ({ ...field, key: field.name, label: words.label(field.label) })) ?? []}
      onMap={(index, field) => preview !== null && place.say({ said: remapped(said, preview, index, field) })}
      mappingName={{ value: place.name, onChange: (name) => place.say({ name }) }}
      notices={
        uploaded === null || preview === null ? null : (
          <>
            <Notices uploaded={uploaded} register={register} preview={preview} />
            <FittingMappings
              fits={uploaded.fits}
              untouched={Object.keys(said).length === 0}
              onChoose={(chosen, name) => place.say({ said: chosen, name })}
            />
          </>
        )
      }
      choices={
        uploaded === null || preview === null ? null : (
          <>
            <ImportQuestions
              uploaded={uploaded}
              preview={preview}
              said={said}
              onSay={(news) => place.say({ said: news })}
            />
            <PeopleOfFile preview={preview} said={said} onSay={(news) => place.say({ said: news })} />
          </>
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
        place.say({
          said: {
            ...said,
            levelMaps: {
              ...said.levelMaps,
              [scale]: { ...said.levelMaps?.[scale], [value]: level === null ? null : Number(level) },
            },
          },
        })
      }
      preview={preview === null || (look.isPlaceholderData && lacksRows) ? null : previewOf(preview, said, words)}
      onTake={(line, taken) => place.say({ said: { ...said, rows: decided(said, preview, line, taken) } })}
      blocked={isOfTable(preview?.problem) ? words.sentence(preview.problem) : undefined}
      progress={confirm.isPending ? (progress.data?.progress ?? { done: 0, total: Math.max(1, total) }) : null}
      busy={opened.isFetching || look.isFetching}
      error={confirm.error ?? undo.error ?? opened.error ?? taken.error ?? look.error}
      onConfirm={() => {
        const name = place.name.trim()
        const headings = preview?.columns.map(({ header }) => header)
        if (name !== '') save.mutate({ body: { name, mapping: { ...mapping, ...(headings ? { headings } : {}) } } })
        confirm.mutate({ params, body: { mapping } })
      }}
      result={run === undefined ? null : resultOf(run)}
      onUndo={async (reason) => {
        await undo.mutateAsync({ params, body: { reason } })
        await client.invalidateQueries()
      }}
      registerPath={path(registers[register].path)}
      note={preview === null ? undefined : noteOf(preview, t, format)}
    />
  )
}

/** What is said above the rows: that there are more, and whom nobody is found for. */
function noteOf(preview: Preview, t: Words, format: Format): string | undefined {
  const open = namesOpen(preview)
  const notes = [
    ...(preview.total > rowsShown ? [t('import.more', { count: format.number(rowsShown) })] : []),
    ...(open.length === 0 ? [] : [t('import.peopleOpen', { names: format.list(open) })]),
  ]
  return notes.length === 0 ? undefined : notes.join(' ')
}

const resultOf = ({ counts, status }: WireResponse<ImportRoutes['show']>): ImportResult => ({
  imported: (counts?.create ?? 0) + (counts?.update ?? 0),
  skipped: counts?.skip ?? 0,
  failed: counts?.error ?? 0,
  undone: status === 'undone',
})

/** Whether a problem lies in the table that was chosen, so that no step after this one can mend it. */
const isOfTable = (problem: Preview['problem'] | undefined): problem is NonNullable<Preview['problem']> =>
  problem?.field === 'headerRow' || problem?.field === 'sheet'

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
      {noneTaken(preview) ? (
        <Band tone="info" title={t('import.noneTaken', { count: preview.counts.skip })}>
          {t('import.noneTakenText')}
        </Band>
      ) : null}
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

/** Every row would stay out, as of a template nobody has filled in yet. */
const noneTaken = ({ counts }: Preview): boolean =>
  counts.skip > 0 && counts.create + counts.update + counts.error === 0

/** Saved columns that were made for files of the same layout, as long as nothing else was said about this one. */
function FittingMappings({
  fits,
  untouched,
  onChoose,
}: {
  fits: Uploaded['fits']
  untouched: boolean
  onChoose: (said: Said, name: string) => void
}) {
  const t = useText('web')
  if (fits.length === 0 || !untouched) return null
  return (
    <Band tone="info" title={t('import.fits', { count: fits.length })}>
      <Group gap="xs">
        {fits.map(({ id, name, mapping: { register: _register, ...chosen } }) => (
          <Button key={id} size="xs" variant="default" onClick={() => onChoose({ ...chosen, rows: {} }, name)}>
            {t('import.useSaved', { name })}
          </Button>
        ))}
      </Group>
    </Band>
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
        // Decisions about rows were made for another file.
        onChoose({ ...said, rows: {} })
      }}
    />
  )
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

function previewOf({ counts, rows, fields, mapping }: Preview, said: Said, words: ImportWords) {
  const labels = new Map(fields.map(({ name, label }) => [name, words.label(label)]))
  return {
    leftOut: rowsLeftOut(mapping),
    counts: { create: counts.create, change: counts.update, skip: counts.skip, error: counts.error },
    rows: rows.map((row) => ({
      row: row.line,
      outcome: row.status === 'update' ? ('change' as const) : row.status,
      taken: isTaken(row, said),
      becomes: row.becomes && (
        <>
          <Text size="sm" fw={550} c={row.choice === 'leftOut' ? 'var(--pl-muted)' : 'inherit'}>
            {row.becomes.ref} {row.becomes.title}
          </Text>
          <ImportFacts
            facts={row.becomes.facts.map((fact) => ({ label: words.label(fact.label), text: factText(fact, words) }))}
          />
        </>
      ),
      issues: row.issues.map((issue) => ({
        severity: issue.severity,
        message: words.sentence(issue),
        column: saysItsColumn(issue) ? undefined : labels.get(issue.field ?? ''),
      })),
    })),
  }
}
