import { SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { WireBody } from '#platform/contract/route.ts'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { Page } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { PersonSelect, type RecordOption } from '#ui/record-select.tsx'
import { useText } from '#ui/text.ts'
import { type RecordForm, useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { risks } from '../contract.ts'
import { properties, propertyLosses, riskKinds } from '../domain/risk.ts'
import { useFinders } from './finders.ts'
import { ManySelect } from './many-select.tsx'
import styles from './risk.module.css'
import { type RiskView, stale } from './views.ts'

type NewBody = WireBody<typeof risks.record>
type EditBody = WireBody<typeof risks.change>
/** Both forms show the same fields; the kind is decided when a risk is recorded. */
type FieldsForm = Pick<RecordForm<EditBody>, 'text' | 'choice' | 'set'>

/** Recording a risk (6.1.2 c). */
export function NewRiskPage() {
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
  const record = useCallApi(risks.record, { invalidates: stale })
  const form = useRecordForm({
    schema: risks.record.body,
    initial: { title: '', scenario: '', kind: 'informationSecurity' },
    draft: 'risk.new',
    submit: (body) => record.mutateAsync({ body: body as NewBody }),
    onDone: (risk) => {
      notify(t('form.recorded', { ref: risk.ref }))
      void navigate({ to: path(`/risks/${risk.id}`) })
    },
  })
  const kind = form.choice('kind', { label: t('fields.kind') })
  return (
    <Page title={t('form.new')} clause="6.1.2">
      <div className={styles['form']}>
        <div className={styles['card']}>
          <FormFrame form={form} submitLabel={t('list.record')} onCancel={() => void navigate({ to: path('/risks') })}>
            <Select
              id={kind.id}
              label={kind.label}
              description={t(`kindText.${kind.value ?? 'informationSecurity'}`)}
              allowDeselect={false}
              data={riskKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
              value={kind.value}
              onChange={kind.onChange}
            />
            <RiskFields
              form={form}
              owner={null}
              assign
              assets={[]}
              obligations={[]}
              kind={kind.value ?? 'informationSecurity'}
            />
          </FormFrame>
        </div>
        <Guide />
      </div>
    </Page>
  )
}

/** Changing what a risk says, what it touches and who owns it. */
export function EditRiskPage() {
  const { riskId = '' } = usePageParams()
  const { data: risk } = useApi(risks.show, { params: { riskId } })
  return <EditForm key={risk.id} risk={risk} />
}

const valuesOf = (risk: RiskView): EditBody => ({
  title: risk.title,
  scenario: risk.scenario,
  threat: risk.threat,
  vulnerability: risk.vulnerability,
  category: risk.category,
  confidentiality: risk.confidentiality,
  integrity: risk.integrity,
  availability: risk.availability,
  ownerId: risk.owner?.id ?? null,
  assetIds: risk.assets.map((one) => one.id),
  obligationIds: risk.obligations.map((one) => one.id),
})

function EditForm({ risk }: { risk: RiskView }) {
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
  const change = useCallApi(risks.change, { invalidates: stale })
  const params = { riskId: risk.id }
  const form = useRecordForm({
    schema: risks.change.body,
    initial: valuesOf(risk),
    draft: `risk.${risk.ref}.${String(risk.version)}`,
    version: risk.version,
    submit: (body, version) => change.mutateAsync({ params, body: body as EditBody, ifMatch: version ?? risk.version }),
    onDone: () => {
      notify(t('saved'))
      void navigate({ to: path(`/risks/${risk.id}`) })
    },
  })
  return (
    <Page title={t('form.edit', { ref: risk.ref })} lead={risk.title}>
      <div className={styles['form']}>
        <div className={styles['card']}>
          <FormFrame
            form={form}
            submitLabel={t('save')}
            can={risk.can.edit}
            onCancel={() => void navigate({ to: path(`/risks/${risk.id}`) })}
          >
            <RiskFields
              form={form}
              owner={risk.owner === null ? null : { id: risk.owner.id, title: risk.owner.name }}
              assign={risk.can.assign}
              assets={risk.assets}
              obligations={risk.obligations}
              kind={risk.kind}
            />
          </FormFrame>
        </div>
        <Guide />
      </div>
    </Page>
  )
}

function RiskFields({
  form,
  owner: firstOwner,
  assign,
  assets: firstAssets,
  obligations: firstObligations,
  kind,
}: {
  form: FieldsForm
  owner: RecordOption | null
  /** Who owns the risk may be decided here. */
  assign: boolean
  assets: readonly RecordOption[]
  obligations: readonly RecordOption[]
  kind: string
}) {
  const t = useText('risk')
  const find = useFinders()
  const [owner, setOwner] = useState(firstOwner)
  const [assets, setAssets] = useState(firstAssets)
  const [obligations, setObligations] = useState(firstObligations)
  const ownerField = form.choice('ownerId', {
    label: t('fields.ownerId'),
    hint: t(assign ? 'form.ownerHint' : 'form.ownerFixed'),
  })
  return (
    <div className={styles['fields']}>
      <TextInput data-autofocus {...form.text('title', { label: t('fields.title'), hint: t('form.titleHint') })} />
      <Textarea
        minRows={4}
        {...form.text('scenario', {
          label: t('fields.scenario'),
          hint: kind === 'opportunity' ? t('form.opportunityHint') : t('form.scenarioHint'),
        })}
      />
      {kind === 'opportunity' ? null : (
        <>
          <TextInput
            {...form.text('threat', { label: t('fields.threat'), hint: t('form.threatHint'), optional: true })}
          />
          <TextInput
            {...form.text('vulnerability', {
              label: t('fields.vulnerability'),
              hint: t('form.vulnerabilityHint'),
              optional: true,
            })}
          />
        </>
      )}
      {kind === 'informationSecurity' ? (
        <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
          <legend style={{ padding: 0, fontSize: '0.8125rem', fontWeight: 500 }}>{t('form.properties')}</legend>
          <div className="pl-muted" style={{ fontSize: '0.75rem', marginBottom: 8 }}>
            {t('form.propertiesHint')}
          </div>
          {properties.map((property) => {
            const { value, onChange } = form.choice(property, { label: t(`property.${property}`) })
            return (
              <div key={property} className={styles['row']} style={{ marginBottom: 6 }}>
                <span style={{ minWidth: 130, fontSize: '0.8125rem' }}>{t(`property.${property}`)}</span>
                <SegmentedControl
                  aria-label={t(`property.${property}`)}
                  value={value ?? 'notStated'}
                  onChange={onChange}
                  data={propertyLosses.map((one) => ({ value: one, label: t(`loss.${one}`) }))}
                />
              </div>
            )
          })}
        </fieldset>
      ) : null}
      <PersonSelect
        id={ownerField.id}
        label={ownerField.label}
        description={ownerField.description}
        error={ownerField.error}
        find={find.people}
        disabled={!assign}
        value={owner}
        onChange={(value) => {
          setOwner(value)
          form.set('ownerId', value?.id ?? null)
        }}
      />
      <TextInput
        maw={360}
        {...form.text('category', { label: t('fields.category'), hint: t('form.categoryHint'), optional: true })}
      />
      <ManySelect
        label={t('fields.assets')}
        description={t('form.assetsHint')}
        source="risk.assets"
        find={find.assets}
        value={assets}
        onChange={(value) => {
          setAssets(value)
          form.set(
            'assetIds',
            value.map((one) => one.id),
          )
        }}
      />
      <ManySelect
        label={t('fields.obligations')}
        source="risk.obligations"
        find={find.obligations}
        value={obligations}
        onChange={(value) => {
          setObligations(value)
          form.set(
            'obligationIds',
            value.map((one) => one.id),
          )
        }}
      />
    </div>
  )
}

/** What makes a risk easy to judge, beside the form. */
function Guide(): ReactNode {
  const t = useText('risk')
  return (
    <aside className={styles['aside']} aria-label={t('form.guide')} style={{ fontSize: '0.8125rem' }}>
      <strong>{t('form.guide')}</strong>
      <span className="pl-muted">{t('form.guideCause')}</span>
      <span className="pl-muted">{t('form.guideEvent')}</span>
      <span className="pl-muted">{t('form.guideConsequence')}</span>
      <span className="pl-muted">{t('form.guideNotControl')}</span>
    </aside>
  )
}
