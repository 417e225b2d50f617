import { Button, Group, Progress, Stack, Stepper, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Action } from './action.tsx'
import { ErrorBand } from './error-band.tsx'
import { FileDrop } from './file-drop.tsx'
import { ImportDone } from './import-done.tsx'
import { ImportMapping } from './import-mapping.tsx'
import type {
  ImportColumn,
  ImportField,
  ImportResult,
  ImportScale,
  ImportStep,
  ImportPreview as Preview,
} from './import-model.ts'
import { ImportPreview } from './import-preview.tsx'
import { ImportScales } from './import-scales.tsx'
import { useText } from './text.ts'

export interface ImportWizardProps {
  step: ImportStep
  onStep: (step: ImportStep) => void
  /** Step 1: streams the file; the caller then moves on with `onStep('mapping')`. */
  upload: (file: File, onProgress: (part: number) => void, signal: AbortSignal) => Promise<unknown>
  accept?: string
  /** Saved mappings to start from, beside the guess; a file that waits. */
  presets?: ReactNode
  /** Step 2. */
  headerRow?: number
  columns: readonly ImportColumn[]
  fields: readonly ImportField[]
  onMap: (index: number, field: string | null) => void
  /** Remembers the mapping under a name when the import is confirmed. */
  mappingName?: { value: string; onChange: (name: string) => void }
  /** Why no row can follow from what is chosen here, as a sentence. */
  blocked?: string | undefined
  /** What somebody should know about the file before its columns. */
  notices?: ReactNode
  /** Further choices of the register: “residual means current or target”. */
  choices?: ReactNode
  /** Step 3; without scales it is left out. */
  scales: readonly ImportScale[]
  onLevel: (scale: string, value: string, level: string | null) => void
  /** Step 4; null while it is being made. */
  preview: Preview | null
  /** Takes a row of the file or leaves it out. */
  onTake: (row: number, taken: boolean) => void
  /** A sentence above the rows, such as that only the first are shown. */
  note?: string | undefined
  /** Rows done while importing; null when not importing. */
  progress: { done: number; total: number } | null
  busy?: boolean
  error?: unknown
  onConfirm: () => void
  /** Step 5. */
  result: ImportResult | null
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
  // Somebody who comes back to a file sees that it is being read, not a table without columns.
  const reading = props.columns.length === 0 && props.busy === true
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
      {narrow ? (
        <Text fw={600} mt={-8} aria-hidden="true">
          {t('import.at', { at: at + 1, count: steps.length, step: t(`import.step.${props.step}`) })}
        </Text>
      ) : null}
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
      {props.step === 'mapping' && reading ? (
        <Progress value={100} animated maw={480} aria-label={t('loading')} />
      ) : null}
      {props.step === 'mapping' && !reading ? (
        <ImportMapping
          notices={props.notices}
          columns={props.columns}
          fields={props.fields}
          onMap={props.onMap}
          headerRow={props.headerRow ?? 1}
          mappingName={props.mappingName}
          choices={props.choices}
          missing={missing}
        />
      ) : null}
      {props.step === 'scales' ? <ImportScales scales={props.scales} onLevel={props.onLevel} /> : null}
      {props.step === 'preview' ? (
        <ImportPreview preview={props.preview} progress={props.progress} note={props.note} onTake={props.onTake} />
      ) : null}
      {props.step === 'done' && props.result !== null ? (
        <ImportDone result={props.result} onUndo={props.onUndo} registerPath={props.registerPath} />
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
              can={props.step !== 'mapping' || (missing.length === 0 && props.blocked === undefined)}
              reason={props.blocked ?? t('import.required', { fields: missing.map((field) => field.label).join(', ') })}
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
