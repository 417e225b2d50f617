import { Select, SimpleGrid, Textarea, TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Action } from '#ui/action.tsx'
import { DateField } from '#ui/date-field.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { FactList, Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import { PersonField } from '#web/person-field.tsx'
import { controls } from '../contract.ts'
import { operators } from '../domain/control.ts'
import styles from './control.module.css'
import type { ControlView } from './wire.ts'

/** How the control is done here, by whom, and until when where it is planned. */
export function HowSection({ control }: { control: ControlView }) {
  const t = useText('controls')
  const format = useFormat()
  const navigate = useNavigate()
  const { edit } = useSearch({ strict: false }) as { edit?: string }
  const editing = edit === 'how' && control.can.edit
  const setEditing = (on: boolean) =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, edit: on ? 'how' : undefined }),
      replace: true,
      resetScroll: false,
    } as Parameters<typeof navigate>[0])
  if (control.applicability === 'excluded' && control.implementation === '' && !editing) return null
  return (
    <Section
      title={t('how.title')}
      id="how"
      actions={
        editing ? null : (
          <Action size="compact-sm" variant="default" can={control.can.edit} onClick={() => setEditing(true)}>
            {t('edit')}
          </Action>
        )
      }
    >
      {editing ? (
        <HowForm control={control} onClose={() => setEditing(false)} />
      ) : (
        <>
          <p className={styles['prose']} style={{ marginBottom: 14 }}>
            {control.implementation === '' ? <span className="pl-muted">{t('how.none')}</span> : control.implementation}
          </p>
          <FactList
            facts={[
              {
                label: t('fields.ownerId'),
                value:
                  control.owner?.name ??
                  (control.ownerText === '' ? t('soa.noOwner') : t('how.imported', { name: control.ownerText })),
              },
              {
                label: t('fields.operatedBy'),
                value:
                  control.operatedBy === 'us'
                    ? t('how.us')
                    : t(`soa.operated.${control.operatedBy}`, { provider: control.provider }),
              },
              ...(control.plannedOn === null
                ? []
                : [{ label: t('fields.plannedOn'), value: format.date(control.plannedOn) }]),
              ...(control.note === '' ? [] : [{ label: t('fields.note'), value: control.note }]),
            ]}
          />
        </>
      )}
    </Section>
  )
}

const valuesOf = (control: ControlView) => ({
  implementation: control.implementation,
  ownerId: control.owner?.id ?? null,
  operatedBy: control.operatedBy,
  provider: control.provider,
  plannedOn: control.plannedOn,
  note: control.note,
})

function HowForm({ control, onClose }: { control: ControlView; onClose: () => void }) {
  const t = useText('controls')
  const change = useCallApi(controls.change, { invalidates: ['soa.'] })
  const form = useRecordForm({
    schema: controls.change.body,
    initial: valuesOf(control),
    version: control.version,
    draft: `control.how.${control.id}`,
    submit: (body, version) =>
      change.mutateAsync({ params: { controlId: control.id }, ifMatch: version ?? control.version, body }),
    onDone: onClose,
  })
  const byUs = form.get('operatedBy') === 'us'
  return (
    <FormFrame form={form} submitLabel={t('save')} onCancel={onClose}>
      <Textarea
        minRows={5}
        {...form.text('implementation', { label: t('fields.implementation'), hint: t('how.hint') })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <PersonField
          known={[control.owner]}
          {...form.choice('ownerId', { label: t('fields.ownerId'), optional: true })}
        />
        <DateField {...form.date('plannedOn', { label: t('fields.plannedOn'), optional: true })} />
        <Select
          allowDeselect={false}
          data={operators.map((value) => ({ value, label: t(`how.operators.${value}`) }))}
          {...form.choice('operatedBy', { label: t('fields.operatedBy') })}
        />
        {byUs ? null : (
          <TextInput {...form.text('provider', { label: t('fields.provider'), hint: t('how.providerHint') })} />
        )}
      </SimpleGrid>
      <Textarea
        minRows={1}
        {...form.text('note', { label: t('fields.note'), hint: t('how.noteHint'), optional: true })}
      />
    </FormFrame>
  )
}
