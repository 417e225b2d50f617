import { Group, NumberInput, Radio, Select, Stack, Text, Title } from '@mantine/core'
import type { WireBody, WireResponse } from '#platform/contract/route.ts'
import type { ImportRoutes } from '#platform/import/contract.ts'
import { PathLink } from '#ui/link.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useImportWords } from '../imports/words.ts'
import { useOrgPath } from '../scope.ts'

export type Preview = WireResponse<ImportRoutes['preview']>
export type Uploaded = WireResponse<ImportRoutes['upload']>
/** What somebody has said about the mapping so far; everything else is guessed. */
export type Said = Omit<NonNullable<WireBody<ImportRoutes['preview']>['mapping']>, 'register'>

interface Props {
  readonly uploaded: Uploaded
  readonly preview: Preview
  readonly said: Said
  readonly onSay: (said: Said) => void
}

/** Everything about a file a person decides beside its columns: sheet, header row, open questions, values of lists. */
export function ImportQuestions({ uploaded, preview, said, onSay }: Props) {
  const t = useText('web')
  const { mapping } = preview
  const options = said.options ?? {}
  // Levels have a step of their own, columns a table, people a list.
  const questions = preview.questions.filter(
    ({ about, choices }) =>
      about !== 'valueMaps.people' && (!/^(?:levelMaps|columns|sheet)\b/.test(about) || choices.length === 0),
  )
  return (
    <Stack>
      <Group align="flex-end">
        <Select
          label={t('import.sheet')}
          value={mapping.sheet}
          data={uploaded.sheets.map(({ name, hidden }) => ({
            value: name,
            label: hidden ? `${name} (${t('import.hidden')})` : name,
          }))}
          // Another sheet has other columns: what was said about the first does not hold there.
          onChange={(sheet) => sheet !== null && onSay({ sheet })}
          allowDeselect={false}
        />
        <NumberInput
          label={t('import.headerRow')}
          value={mapping.headerRow}
          min={1}
          w={110}
          onChange={(row) => typeof row === 'number' && row >= 1 && onSay({ sheet: mapping.sheet, headerRow: row })}
        />
      </Group>
      <Radio.Group
        label={t('import.existing')}
        value={options.existing ?? mapping.options.existing}
        onChange={(existing) => onSay({ ...said, options: { ...options, existing: existing as 'skip' | 'update' } })}
      >
        <Group mt={4}>
          <Radio value="skip" label={t('import.existingSkip')} />
          <Radio value="update" label={t('import.existingUpdate')} />
        </Group>
      </Radio.Group>
      {questions.length === 0 ? null : <Title order={3}>{t('import.questions')}</Title>}
      {questions.map((question) => (
        <OneQuestion
          key={question.about}
          question={question}
          last={question === questions.findLast((one) => lacks(one) === lacks(question))}
          preview={preview}
          said={said}
          onSay={onSay}
        />
      ))}
    </Stack>
  )
}

/** What an organization has to set up before a question can be answered; said once, behind the last of them. */
const lacks = ({ about, choices }: Preview['questions'][number]): 'classification' | 'method' | null =>
  !about.startsWith('valueMaps.') || choices.length > 0
    ? null
    : about === 'valueMaps.classification'
      ? 'classification'
      : 'method'

function OneQuestion({
  question,
  last,
  preview,
  said,
  onSay,
}: Omit<Props, 'uploaded'> & { question: Preview['questions'][number]; last: boolean }) {
  const t = useText('web')
  const words = useImportWords()
  const { about, needed, proposal } = question
  const message = closed(words.sentence(question))
  const choices = question.choices.map(({ value, label }) => ({ value, label: words.label(label) }))
  const [head = '', ...rest] = about.split('.')
  const field = rest.join('.')
  const lacking = lacks(question)
  return (
    <Stack gap={6} maw={760}>
      <Text>
        {needed ? (
          <StatusBadge tone="warn" glyph="alert">
            {t('import.needed')}
          </StatusBadge>
        ) : null}{' '}
        {message}
      </Text>
      {lacking !== null ? (
        last ? (
          <NothingToChoose lacking={lacking} />
        ) : null
      ) : head === 'valueMaps' ? (
        <ValueMap preview={preview} field={field} choices={choices} said={said} onSay={onSay} />
      ) : choices.length === 0 ? null : (
        <Radio.Group
          aria-label={message}
          value={valueIn(said, about) ?? valueIn(preview.mapping, about) ?? proposal}
          onChange={(value) => onSay(answered(said, about, value))}
        >
          <Stack gap={4}>
            {choices.map((choice) => (
              <Radio key={choice.value} value={choice.value} label={choice.label} />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </Stack>
  )
}

// The file speaks of levels that this organization has not set up: where to do that.
function NothingToChoose({ lacking }: { lacking: 'classification' | 'method' }) {
  const t = useText('web')
  const path = useOrgPath()
  const ofAssets = lacking === 'classification'
  return (
    <Text>
      {t(ofAssets ? 'import.noClassification' : 'import.noMethod')}{' '}
      <PathLink to={path(ofAssets ? '/assets/classification' : '/risks/method')}>
        {t(ofAssets ? 'import.noClassificationGo' : 'import.noMethodGo')}
      </PathLink>{' '}
      {t('import.waits')}
    </Text>
  )
}

function ValueMap({
  preview,
  field,
  choices,
  said,
  onSay,
}: Omit<Props, 'uploaded'> & { field: string; choices: Preview['questions'][number]['choices'] }) {
  const t = useText('web')
  const open = Object.entries(preview.mapping.valueMaps[field] ?? {}).filter(
    ([text, value]) => value === null || Object.hasOwn(said.valueMaps?.[field] ?? {}, text),
  )
  return open.map(([text, value]) => (
    <Group key={text} gap="sm">
      <Text w={260}>{text}</Text>
      <Select
        size="xs"
        clearable
        w={260}
        aria-label={text}
        placeholder={t('import.keptAsText')}
        value={said.valueMaps?.[field]?.[text] ?? value}
        data={[...choices]}
        onChange={(chosen) =>
          onSay({ ...said, valueMaps: { ...said.valueMaps, [field]: { ...said.valueMaps?.[field], [text]: chosen } } })
        }
      />
    </Group>
  ))
}

// What was said shows at once; the server's reading of it follows.
function valueIn(mapping: Said | Preview['mapping'], about: string): string | null {
  const [head = '', key = '', part = ''] = about.split('.')
  if (head === 'residualMeans' || head === 'dateFormat') return mapping[head] ?? null
  if (head === 'defaults') return mapping.defaults?.[key] ?? null
  if (about === 'options.assessedMeans') return mapping.options?.assessedMeans ?? null
  if (about === 'options.controlMismatch') return mapping.options?.controlMismatch ?? null
  const dimension = key === 'dimensions' ? mapping.options?.dimensions?.[part] : undefined
  return dimension === null ? '' : (dimension ?? null)
}

/** What was said, with one more answer at its place in the mapping. */
function answered(said: Said, about: string, value: string): Said {
  const [head = '', key = '', part = ''] = about.split('.')
  if (head === 'defaults') return { ...said, defaults: { ...said.defaults, [key]: value } }
  if (head === 'options' && key === 'dimensions') {
    const dimensions = { ...said.options?.dimensions, [part]: value === '' ? null : value }
    return { ...said, options: { ...said.options, dimensions } }
  }
  return head === 'options' ? { ...said, options: { ...said.options, [key]: value } } : { ...said, [head]: value }
}

/** Sentences about files come without their full stop, as remarks in a table do; on their own they have it. */
const closed = (sentence: string): string => (/[.?!…]$/.test(sentence) ? sentence : `${sentence}.`)
