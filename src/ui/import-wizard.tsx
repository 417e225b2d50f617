import { Button, Checkbox, Group, Progress, Select, Stack, Stepper, Table, Text, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { Action } from './action.tsx'
import { Band } from './band.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { ErrorBand } from './error-band.tsx'
import { FileDrop } from './file-drop.tsx'
import { useFormat } from './format.ts'
import { PathLink } from './link.tsx'
import { Stat } from './stat.tsx'
import { StatusBadge } from './status-badge.tsx'
import { useText } from './text.ts'

export type ImportStep = 'upload' | 'mapping' | 'scales' | 'preview' | 'done'

/** A column of the uploaded file and what it becomes. */
export interface ImportColumn {
  /** Position in the file, from 0; the key of the mapping. */
  readonly index: number
  readonly header: string
  readonly samples: readonly string[]
  /** Key of a field, or null to leave the column out. */
  readonly field: string | null
}

/** A field of the register a column can become. */
export interface ImportField {
  readonly key: string
  readonly label: string
  readonly required?: boolean
  /** Several columns may become it. */
  readonly many?: boolean
}

/** A scale of the file whose values are given levels of the method. */
export interface ImportScale {
  readonly key: string
  readonly label: string
  /** What has to be decided about it, when anything has. */
  readonly question?: string | undefined
  /** Values with the number of cells that hold them. */
  readonly values: readonly { value: string; cells: number; level: string | null }[]
  /** Levels of the method: `{ value: '3', label: '3 Possible' }`. */
  readonly levels: readonly { value: string; label: string }[]
}

export interface ImportRow {
  /** Row number in the file. */
  readonly row: number
  readonly outcome: 'create' | 'change' | 'skip' | 'error'
  /** What the row becomes: reference and title. */
  readonly becomes: ReactNode
  /** A note says what happens anyway; warnings and errors want somebody to look. */
  readonly issues: readonly { severity: 'error' | 'warning' | 'note'; column?: string | undefined; message: string }[]
}

export interface ImportPreview {
  readonly counts: { readonly create: number; readonly change: number; readonly skip: number; readonly error: number }
  /** Rows to look at; the server decides how many it sends. */
  readonly rows: readonly ImportRow[]
}

export interface ImportWizardProps {
  step: ImportStep
  onStep: (step: ImportStep) => void
  /** Step 1: streams the file; the caller then moves on with `onStep('mapping')`. */
  upload: (file: File, onProgress: (part: number) => void, signal: AbortSignal) => Promise<unknown>
  accept?: string
  /** Saved mappings to start from, beside the guess. */
  presets?: ReactNode
  /** Step 2. */
  headerRow?: number
  columns: readonly ImportColumn[]
  fields: readonly ImportField[]
  onMap: (index: number, field: string | null) => void
  /** Remembers the mapping under a name when the import is confirmed. */
  mappingName?: { value: string; onChange: (name: string) => void }
  /** Further choices of the register: “residual means current or target”. */
  choices?: ReactNode
  /** Step 3; without scales it is left out. */
  scales: readonly ImportScale[]
  onLevel: (scale: string, value: string, level: string | null) => void
  /** Step 4; null while it is being made. */
  preview: ImportPreview | null
  /** A sentence above the rows, such as that only the first are shown. */
  note?: string
  /** Rows done while importing; null when not importing. */
  progress: { done: number; total: number } | null
  busy?: boolean
  error?: unknown
  onConfirm: () => void
  /** Step 5. */
  result: { imported: number; undone: boolean } | null
  onUndo?: (reason: string) => Promise<unknown>
  /** Full path of the register. */
  registerPath: string
}

/** Spreadsheet to register: file → columns → scales → preview → confirm, undo. Draws; the register decides. */
export function ImportWizard(props: ImportWizardProps) {
  const t = useText('ui')
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const steps = (['upload', 'mapping', 'scales', 'preview', 'done'] as const).filter(
    (step) => step !== 'scales' || props.scales.length > 0,
  )
  const at = steps.indexOf(props.step)
  const back = steps[at - 1]
  const next = steps[at + 1]
  const missing = props.fields.filter(
    (field) => field.required === true && !props.columns.some((column) => column.field === field.key),
  )
  return (
    <Stack gap="lg" maw={1080}>
      <Stepper active={at} size="xs" iconSize={26} allowNextStepsSelect={false}>
        {steps.map((step) => (
          <Stepper.Step
            key={step}
            label={<span className={narrow ? 'pl-visually-hidden' : undefined}>{t(`import.step.${step}`)}</span>}
          />
        ))}
      </Stepper>
      {props.error === undefined || props.error === null ? null : <ErrorBand error={props.error} />}
      {props.step === 'upload' ? (
        <Stack>
          <FileDrop
            label={t('import.drop')}
            hint={t('import.dropHint')}
            accept={props.accept ?? '.csv,.xlsx'}
            send={props.upload}
          />
          {props.presets}
        </Stack>
      ) : null}
      {props.step === 'mapping' ? <Mapping {...props} missing={missing} /> : null}
      {props.step === 'scales' ? <Scales scales={props.scales} onLevel={props.onLevel} /> : null}
      {props.step === 'preview' ? (
        <Preview preview={props.preview} progress={props.progress} note={props.note} />
      ) : null}
      {props.step === 'done' && props.result !== null ? (
        <Done result={props.result} onUndo={props.onUndo} registerPath={props.registerPath} />
      ) : null}
      {props.step === 'upload' || props.step === 'done' ? null : (
        <Group gap="xs">
          {props.step === 'preview' ? (
            <Action
              size="sm"
              can={props.preview !== null && props.preview.counts.create + props.preview.counts.change > 0}
              reason={t('import.fixFirst')}
              loading={props.busy === true || props.progress !== null}
              onClick={props.onConfirm}
            >
              {t('import.confirm', {
                count: (props.preview?.counts.create ?? 0) + (props.preview?.counts.change ?? 0),
              })}
            </Action>
          ) : (
            <Action
              size="sm"
              loading={props.busy === true}
              can={props.step !== 'mapping' || missing.length === 0}
              reason={t('import.required', { fields: missing.map((field) => field.label).join(', ') })}
              onClick={() => next !== undefined && props.onStep(next)}
            >
              {t('import.next')}
            </Action>
          )}
          {back === undefined ? null : (
            <Button variant="default" size="sm" onClick={() => props.onStep(back)}>
              {t('import.back')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  )
}

function Mapping({
  columns,
  fields,
  onMap,
  headerRow,
  mappingName,
  choices,
  missing,
}: ImportWizardProps & { missing: readonly ImportField[] }) {
  const t = useText('ui')
  const taken = new Set(columns.map((column) => column.field))
  return (
    <Stack>
      <Text>{t('import.mappingLead', { row: headerRow ?? 1 })}</Text>
      {missing.length === 0 ? null : (
        <StatusBadge tone="warn" glyph="alert">
          {t('import.required', { fields: missing.map((field) => field.label).join(', ') })}
        </StatusBadge>
      )}
      <Table.ScrollContainer type="native" tabIndex={0} minWidth={620}>
        <Table fz="sm" withTableBorder bg="var(--pl-surface)" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('import.column')}</Table.Th>
              <Table.Th>{t('import.sample')}</Table.Th>
              <Table.Th w={300}>{t('import.becomes')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map((column) => (
              <Table.Tr key={column.index}>
                <Table.Td fw={550}>{column.header}</Table.Td>
                <Table.Td c="var(--pl-muted)">{column.samples.slice(0, 3).join(' · ')}</Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    searchable
                    clearable
                    aria-label={`${t('import.becomes')}: ${column.header}`}
                    placeholder={t('import.ignore')}
                    value={column.field}
                    onChange={(field) => onMap(column.index, field)}
                    data={fields.map((field) => ({
                      value: field.key,
                      label: field.label,
                      disabled: field.many !== true && taken.has(field.key) && field.key !== column.field,
                    }))}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {choices}
      {mappingName === undefined ? null : (
        <TextInput
          maw={320}
          label={t('optional', { label: t('import.saveMapping') })}
          value={mappingName.value}
          onChange={(event) => mappingName.onChange(event.currentTarget.value)}
        />
      )}
    </Stack>
  )
}

function Scales({ scales, onLevel }: Pick<ImportWizardProps, 'scales' | 'onLevel'>) {
  const t = useText('ui')
  const format = useFormat()
  return (
    <Stack>
      <Text>{t('import.scalesLead')}</Text>
      {scales.map((scale) => (
        <Table
          key={scale.key}
          fz="sm"
          withTableBorder
          captionSide="top"
          bg="var(--pl-surface)"
          maw={640}
          verticalSpacing={6}
        >
          <Table.Caption ta="start" c="inherit" mt="sm" mb={6}>
            <Text span fw={600}>
              {scale.label}
            </Text>
            {scale.question === undefined ? null : (
              <Text size="sm" c="var(--pl-muted)" mt={2}>
                {scale.question}
              </Text>
            )}
          </Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('import.value')}</Table.Th>
              <Table.Th ta="end" w={90}>
                {t('import.cells')}
              </Table.Th>
              <Table.Th w={260}>{t('import.level')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {scale.values.map((one) => (
              <Table.Tr key={one.value}>
                <Table.Td fw={550}>{one.value}</Table.Td>
                <Table.Td ta="end">{format.number(one.cells)}</Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    clearable
                    aria-label={`${scale.label}: ${one.value}`}
                    placeholder={t('import.keepUnscored')}
                    data={[...scale.levels]}
                    value={one.level}
                    onChange={(level) => onLevel(scale.key, one.value, level)}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ))}
    </Stack>
  )
}

const outcomes = {
  create: ['good', 'full', 'import.willCreate'],
  change: ['info', 'half', 'import.willChange'],
  skip: ['quiet', 'dash', 'import.willSkip'],
  error: ['bad', 'cross', 'import.withErrors'],
} as const

const issueColors = { error: 'var(--pl-bad)', warning: 'var(--pl-text)', note: 'var(--pl-muted)' } as const

function Preview({
  preview,
  progress,
  note,
}: Pick<ImportWizardProps, 'preview' | 'progress'> & { note: string | undefined }) {
  const t = useText('ui')
  const format = useFormat()
  const [onlyIssues, setOnlyIssues] = useState(false)
  if (progress !== null) {
    return (
      <Stack gap={6} maw={480}>
        <Progress value={(progress.done / Math.max(1, progress.total)) * 100} aria-label={t('loading')} />
        <output>
          {t('import.working', { done: format.number(progress.done), total: format.number(progress.total) })}
        </output>
      </Stack>
    )
  }
  if (preview === null) return <Progress value={100} animated maw={480} aria-label={t('loading')} />
  const rows = preview.rows.filter((row) => !onlyIssues || row.issues.some((issue) => issue.severity !== 'note'))
  return (
    <Stack>
      <Group gap={36}>
        <Stat label={t('import.willCreate')} value={format.number(preview.counts.create)} />
        <Stat label={t('import.willChange')} value={format.number(preview.counts.change)} />
        <Stat label={t('import.willSkip')} value={format.number(preview.counts.skip)} />
        <Stat label={t('import.withErrors')} value={format.number(preview.counts.error)} />
      </Group>
      <Checkbox
        label={t('import.onlyIssues')}
        checked={onlyIssues}
        onChange={(event) => setOnlyIssues(event.currentTarget.checked)}
      />
      {note === undefined ? null : <Text c="var(--pl-muted)">{note}</Text>}
      <Table.ScrollContainer type="native" tabIndex={0} minWidth={720} mah={480}>
        <Table fz="sm" withTableBorder stickyHeader bg="var(--pl-surface)" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={64}>{t('import.row')}</Table.Th>
              <Table.Th w={130}>
                <span className="pl-visually-hidden">{t('import.becomes')}</span>
              </Table.Th>
              <Table.Th>{t('import.becomesRecord')}</Table.Th>
              <Table.Th>{t('import.issues')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => {
              const [tone, glyph, key] = outcomes[row.outcome]
              return (
                <Table.Tr key={row.row} style={{ verticalAlign: 'top' }}>
                  <Table.Td c="var(--pl-muted)">{row.row}</Table.Td>
                  <Table.Td>
                    <StatusBadge plain tone={tone} glyph={glyph}>
                      {t(key)}
                    </StatusBadge>
                  </Table.Td>
                  <Table.Td>{row.becomes}</Table.Td>
                  <Table.Td>
                    {row.issues.map((issue, index) => (
                      <div
                        // oxlint-disable-next-line react/no-array-index-key -- two columns of a row may have the same remark
                        key={index}
                        style={{ color: issueColors[issue.severity] }}
                      >
                        {issue.column === undefined ? '' : `${issue.column}: `}
                        {issue.message}
                      </div>
                    ))}
                  </Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  )
}

function Done({
  result,
  onUndo,
  registerPath,
}: {
  result: { imported: number; undone: boolean }
  onUndo: ImportWizardProps['onUndo']
  registerPath: string
}) {
  const t = useText('ui')
  const [undoing, setUndoing] = useState(false)
  return (
    <Stack align="flex-start">
      <output>
        <Band
          tone={result.undone ? 'quiet' : 'good'}
          title={result.undone ? t('import.undone') : t('import.doneTitle', { count: result.imported })}
        />
      </output>
      <Group>
        <PathLink to={registerPath}>{t('import.open')}</PathLink>
        {onUndo === undefined || result.undone ? null : (
          <Button variant="default" onClick={() => setUndoing(true)}>
            {t('import.undo')}
          </Button>
        )}
      </Group>
      {onUndo === undefined ? null : (
        <ConfirmDialog
          opened={undoing}
          onClose={() => setUndoing(false)}
          title={t('import.undo')}
          confirmLabel={t('import.undo')}
          danger
          reason="optional"
          onConfirm={onUndo}
        >
          {t('import.undoText')}
        </ConfirmDialog>
      )}
    </Stack>
  )
}
