import { Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import type { z } from 'zod'
import { assets } from '#modules/assets/contract.ts'
import { DateField } from '#ui/date-field.tsx'
import { useText } from '#ui/text.ts'
import type { RecordForm } from '#ui/use-record-form.ts'
import { useApiLater } from '#web/api.ts'
import { PersonField } from '#web/person-field.tsx'
import type { evidence } from '../contract.ts'

type Fields = RecordForm<z.input<typeof evidence.change.body>>

/** Where an artefact comes from, what it covers and how long it is valid. */
export function ProvenanceFields({
  form,
  owner = null,
}: {
  form: Fields
  /** The owner so far. */
  owner?: { id: string; name: string } | null
}) {
  const t = useText('evidence')
  const { data: scheme } = useApiLater(assets.scheme, {})
  return (
    <>
      <TextInput {...form.text('source', { label: t('fields.source'), hint: t('hints.source'), optional: true })} />
      <Group grow align="flex-start">
        <TextInput
          {...form.text('population', { label: t('fields.population'), hint: t('hints.population'), optional: true })}
        />
        <NumberInput
          {...form.number('populationCount', {
            label: t('fields.populationCount'),
            hint: t('hints.populationCount'),
            optional: true,
          })}
          min={0}
          allowDecimal={false}
        />
      </Group>
      <Group align="flex-start">
        <DateField {...form.date('periodFrom', { label: t('fields.periodFrom'), optional: true })} />
        <DateField {...form.date('periodTo', { label: t('fields.periodTo'), optional: true })} />
      </Group>
      <Group align="flex-start">
        <DateField {...form.date('effectiveOn', { label: t('fields.effectiveOn'), optional: true })} />
        <DateField {...form.date('validUntil', { label: t('fields.validUntil'), optional: true })} />
      </Group>
      <PersonField {...form.choice('ownerId', { label: t('fields.ownerId'), optional: true })} known={[owner]} />
      <Select
        {...form.choice('classificationId', { label: t('fields.classificationId'), optional: true })}
        data={(scheme?.items ?? []).map((level) => ({ value: level.id, label: level.name }))}
        clearable
      />
    </>
  )
}

/** What was seen or said, or what the artefact is. */
export function DescriptionField({ form, optional }: { form: Fields; optional: boolean }) {
  const t = useText('evidence')
  return (
    <Textarea
      {...form.text('description', { label: t('fields.description'), optional })}
      autosize
      minRows={3}
      maxRows={14}
    />
  )
}
