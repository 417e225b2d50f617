import { Select, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { Page, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { useText } from '#ui/text.ts'
import { type RecordForm, useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { PersonField } from '#web/person-field.tsx'
import { useOrgPath } from '#web/scope.ts'
import { assets } from '../contract.ts'
import { assetKinds, assetValues, lifeCycles, personalDataStates } from '../domain/asset.ts'
import styles from './assets.module.css'
import type { AssetView } from './wire.ts'

type Values = z.input<typeof assets.change.body>

/** Entering an asset. */
export function NewAssetPage() {
  const t = useText('assets')
  const path = useOrgPath()
  const navigate = useNavigate()
  const add = useCallApi(assets.add, { invalidates: ['classification.'] })
  const form = useRecordForm({
    schema: assets.add.body,
    initial: { name: '', lifeCycle: 'inUse', personalData: 'notStated' },
    draft: 'asset.new',
    submit: (body) => add.mutateAsync({ body }),
    onDone: (asset) => {
      notify(t('added', { ref: asset.ref }))
      void navigate({ to: path(`/assets/${asset.ref}`) })
    },
  })
  return (
    <Page title={t('add')} lead={t('addLead')}>
      <div className={styles['form']}>
        <FormFrame form={form} submitLabel={t('add')} onCancel={() => void navigate({ to: path('/assets') })}>
          <Fields form={form as RecordForm<Values>} asset={null} />
        </FormFrame>
      </div>
    </Page>
  )
}

const valuesOf = (asset: AssetView): Values => ({
  name: asset.name,
  kind: asset.kind,
  category: asset.category,
  description: asset.description,
  ownerId: asset.owner?.id ?? null,
  custodianId: asset.custodian?.id ?? null,
  classificationId: asset.classification?.id ?? null,
  confidentiality: asset.confidentiality,
  integrity: asset.integrity,
  availability: asset.availability,
  criticality: asset.criticality,
  valueReason: asset.valueReason,
  location: asset.location,
  environment: asset.environment,
  supplier: asset.supplier,
  personalData: asset.personalData,
  lifeCycle: asset.lifeCycle,
  note: asset.note,
})

/** Changing an asset. */
export function EditAssetPage() {
  const t = useText('assets')
  const path = useOrgPath()
  const navigate = useNavigate()
  const { ref } = usePageParams() as { ref: string }
  const { data: asset } = useApi(assets.show, { params: { assetId: ref } })
  const change = useCallApi(assets.change, { invalidates: ['classification.'] })
  const params = { assetId: asset.id }
  const back = () => void navigate({ to: path(`/assets/${asset.ref}`) })
  const form = useRecordForm({
    schema: assets.change.body,
    initial: valuesOf(asset),
    draft: `asset.${asset.id}`,
    version: asset.version,
    submit: (body, version) => change.mutateAsync({ params, body, ifMatch: version ?? asset.version }),
    onDone: () => {
      notify(t('saved'))
      back()
    },
  })
  return (
    <Page title={t('editTitle', { ref: asset.ref, name: asset.name })}>
      <div className={styles['form']}>
        <FormFrame form={form} submitLabel={t('save')} can={asset.can.edit} onCancel={back}>
          <Fields form={form} asset={asset} />
        </FormFrame>
      </div>
    </Page>
  )
}

const properties = ['confidentiality', 'integrity', 'availability'] as const

function Fields({ form, asset }: { form: RecordForm<Values>; asset: AssetView | null }) {
  const t = useText('assets')
  const scheme = useApi(assets.scheme, {}).data.items
  const levels = assetValues.map((value) => ({
    value: String(value),
    label: `${String(value)} ${t(`levels.${value}`)}`,
  }))
  const level = (name: (typeof properties)[number] | 'criticality', hint?: string) => {
    const { value, onChange, ...field } = form.level(name, {
      label: t(`fields.${name}`),
      ...(hint === undefined ? {} : { hint }),
    })
    return (
      <Select
        key={name}
        {...field}
        clearable
        placeholder={t('notStated')}
        data={levels}
        value={value === null ? null : String(value)}
        onChange={(chosen) => (chosen === null ? form.set(name, null) : onChange(Number(chosen)))}
      />
    )
  }
  const chosen = scheme.find((one) => one.id === form.get('classificationId'))
  const someStated = properties.some((one) => typeof form.get(one) === 'number')
  return (
    <>
      <Section title={t('sections.what')}>
        <div className={styles['form']}>
          <TextInput {...form.text('name', { label: t('fields.name'), hint: t('hints.name') })} />
          <div className={styles['pair']}>
            <Select
              {...form.choice('kind', { label: t('fields.kind') })}
              data={assetKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
              placeholder={t('choose')}
            />
            <TextInput {...form.text('category', { label: t('fields.category'), optional: true })} />
          </div>
          <Textarea {...form.text('description', { label: t('fields.description'), optional: true })} />
          <div className={styles['pair']}>
            <Select
              {...form.choice('lifeCycle', { label: t('fields.lifeCycle') })}
              allowDeselect={false}
              data={lifeCycles.map((value) => ({ value, label: t(`lifeCycles.${value}`) }))}
            />
            <Select
              {...form.choice('personalData', { label: t('fields.personalDataQuestion') })}
              allowDeselect={false}
              data={personalDataStates.map((value) => ({ value, label: t(`personalData.${value}`) }))}
            />
          </div>
        </div>
      </Section>
      <Section title={t('sections.who')}>
        <div className={styles['pair']}>
          <PersonField
            known={[asset?.owner ?? null]}
            {...form.choice('ownerId', {
              label: t('fields.owner'),
              hint:
                asset !== null && asset.ownerText !== '' && asset.owner === null
                  ? t('hints.ownerFrom', { text: asset.ownerText })
                  : t('hints.owner'),
            })}
          />
          <PersonField
            known={[asset?.custodian ?? null]}
            {...form.choice('custodianId', {
              label: t('fields.custodian'),
              hint: t('hints.custodian'),
              optional: true,
            })}
          />
        </div>
      </Section>
      <Section title={t('sections.worth')}>
        <div className={styles['form']}>
          <Select
            {...form.choice('classificationId', {
              label: t('fields.classification'),
              hint: scheme.length === 0 ? t('hints.noScheme') : (chosen?.description ?? t('hints.classification')),
            })}
            clearable
            placeholder={t('notStated')}
            disabled={scheme.length === 0}
            data={scheme.map((one) => ({ value: one.id, label: one.name }))}
          />
          <dl className={styles['scaleHelp']}>
            {assetValues.map((value) => (
              <div key={value} style={{ display: 'contents' }}>
                <dt>
                  {value} {t(`levels.${value}`)}
                </dt>
                <dd>{t(`levelMeans.${value}`)}</dd>
              </div>
            ))}
          </dl>
          <div className={styles['values']} style={{ margin: 0 }}>
            {properties.map((one) => (
              <div key={one} style={{ border: 0, padding: 0 }}>
                {level(one)}
              </div>
            ))}
          </div>
          {someStated ? null : <div style={{ maxWidth: 260 }}>{level('criticality', t('hints.criticality'))}</div>}
          <Textarea
            {...form.text('valueReason', {
              label: t('fields.valueReason'),
              hint: t('hints.valueReason'),
              optional: true,
            })}
            minRows={2}
          />
        </div>
      </Section>
      <Section title={t('sections.where')}>
        <div className={styles['form']}>
          <div className={styles['pair']}>
            <TextInput {...form.text('location', { label: t('fields.location'), optional: true })} />
            <TextInput {...form.text('environment', { label: t('fields.environment'), optional: true })} />
          </div>
          <TextInput {...form.text('supplier', { label: t('fields.supplier'), optional: true })} />
          <Textarea {...form.text('note', { label: t('fields.note'), optional: true })} minRows={2} />
        </div>
      </Section>
    </>
  )
}
