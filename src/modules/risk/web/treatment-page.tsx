import { Checkbox, CloseButton, SegmentedControl, Select, TextInput } from '@mantine/core'

import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { useState } from 'react'
import type { WireBody } from '#platform/contract/route.ts'
import { Band } from '#ui/band.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { Page, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { type RecordOption, RecordSelect } from '#ui/record-select.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { risks } from '../contract.ts'
import { risingAxes } from '../domain/compare-scores.ts'
import { overallLevels } from '../domain/method.ts'
import { axes, type OptionKind, optionKinds } from '../domain/treatment.ts'
import { useFinders } from './finders.ts'
import styles from './risk.module.css'
import { type PartialScores, preview, ScorePreview } from './score-fields.tsx'
import { type MethodView, type RiskView, type ScoresView, stale } from './views.ts'

type PlanBody = WireBody<typeof risks.plan>
type Control = PlanBody['controls'][number]
type Rise = NonNullable<PlanBody['rises']>[number]

/** Deciding how a risk is treated (6.1.3 a, b, e). */
export function TreatmentPage() {
  const { riskId = '' } = usePageParams()
  const t = useText('risk')
  const { data: risk } = useApi(risks.show, { params: { riskId } })
  const { data: methods } = useApi(risks.methods, {})
  const method = methods.items.find((one) => one.id === risk.method?.id)
  if (method === undefined || risk.current === null) {
    return (
      <Page title={t('treatment.of', { ref: risk.ref })}>
        <Band tone="warn" title={t('treatment.assessFirst')} />
      </Page>
    )
  }
  return <TreatmentForm key={risk.id} risk={risk} method={method} current={risk.current.scores} />
}

function TreatmentForm({ risk, method, current }: { risk: RiskView; method: MethodView; current: ScoresView }) {
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
  const find = useFinders()
  const [names, setNames] = useState<ReadonlyMap<string, RecordOption>>(
    () => new Map(risk.controls.map((one) => [one.id, { id: one.id, ref: one.ref, title: one.title }])),
  )
  const [secondary, setSecondary] = useState<ReadonlyMap<string, RecordOption>>(new Map())
  const save = useCallApi(risks.plan, { invalidates: stale })
  const form = useRecordForm({
    schema: risks.plan.body,
    initial: {
      options: risk.treatment.options.map(({ kind, agreement, change }) => ({ kind, agreement, change })),
      controls: risk.controls.map(({ id, state, lowers }) => ({ controlId: id, state, lowers })),
      target: risk.target === null ? current : inTermsOf(current, risk.target.scores),
      rises: risk.treatment.rises.map((one) => ({ ...one })),
    },
    draft: `treatment.${risk.ref}.${String(risk.version)}`,
    version: risk.version,
    submit: (body, version) => {
      const plan = body as PlanBody
      const kinds = plan.options.map((one) => one.kind)
      const retains = kinds.length > 0 && kinds.every((one) => one === 'retain')
      const avoids = kinds.length > 0 && kinds.every((one) => one === 'avoid')
      const target = retains ? current : avoids ? null : plan.target
      const rising = target === null ? [] : risingAxes(current, target)
      return save.mutateAsync({
        params: { riskId: risk.id },
        body: { ...plan, target, rises: (plan.rises ?? []).filter((one) => rising.includes(one.axis)) },
        ifMatch: version ?? risk.version,
      })
    },
    onDone: () => {
      notify(t('treatment.saved'))
      void navigate({ to: path(`/risks/${risk.id}`) })
    },
  })
  const options = (form.get('options') ?? []) as PlanBody['options']
  const controls = (form.get('controls') ?? []) as Control[]
  // A draft put back knows controls by their ids only.
  const others = useQuery({
    queryKey: ['select', 'risk.controls', 'names'],
    queryFn: async ({ signal }) => new Map((await find.controls('', signal)).map((one) => [one.id, one])),
    enabled: controls.some((one) => !names.has(one.controlId)),
  })
  const target = (form.get('target') ?? current) as ScoresView
  const rises = (form.get('rises') ?? []) as Rise[]
  const has = (kind: OptionKind) => options.some((one) => one.kind === kind)
  const only = (kind: OptionKind) => options.length > 0 && options.every((one) => one.kind === kind)
  const setOption = (kind: OptionKind, patch: Partial<PlanBody['options'][number]>) =>
    form.set(
      'options',
      options.map((one) => (one.kind === kind ? { ...one, ...patch } : one)),
    )
  const setControl = (id: string, patch: Partial<Control>) =>
    form.set(
      'controls',
      controls.map((one) => (one.controlId === id ? { ...one, ...patch } : one)),
    )
  const rising = risingAxes(current, target)
  const shownTarget = only('retain') ? current : only('avoid') ? null : target
  const optionsField = form.many('options', { label: t('treatment.options') })
  const controlsField = form.many('controls', { label: t('fields.controls') })
  // Stated by an import as a whole, which the levels below cannot show.
  const wholeTarget =
    risk.target !== null && 'overall' in risk.target.scores.consequences && !('overall' in current.consequences)
      ? risk.target.scores
      : null
  const targetField = form.choice('target', { label: t('treatment.target') })
  const risesField = form.many('rises', { label: t('treatment.rise') })
  const axisName = (key: string) =>
    key === 'likelihood' ? t('likelihood') : (method.dimensions.find((one) => one.key === key)?.name ?? key)
  return (
    <Page title={t('treatment.of', { ref: risk.ref })} clause="6.1.3" lead={risk.title}>
      <div className={styles['form']}>
        <FormFrame
          form={form}
          submitLabel={t('treatment.save')}
          can={risk.can.treat}
          onCancel={() => void navigate({ to: path(`/risks/${risk.id}`) })}
        >
          <Section title={t('treatment.options')} id={optionsField.id}>
            <div className={styles['optionCards']}>
              {optionKinds.map((kind) => {
                const option = options.find((one) => one.kind === kind)
                return (
                  <div key={kind} className={styles['optionCard']} data-on={option !== undefined}>
                    <Checkbox
                      label={<strong>{t(`option.${kind}`)}</strong>}
                      description={t(`optionText.${kind}`)}
                      checked={option !== undefined}
                      onChange={(event) =>
                        form.set(
                          'options',
                          event.currentTarget.checked
                            ? [...options, { kind, agreement: null, change: null }]
                            : options.filter((one) => one.kind !== kind),
                        )
                      }
                    />
                    {option !== undefined && kind === 'share' ? (
                      <TextInput
                        label={t('treatment.agreement')}
                        placeholder={t('treatment.agreementHint')}
                        value={option.agreement ?? ''}
                        onChange={(event) => setOption('share', { agreement: event.currentTarget.value })}
                      />
                    ) : null}
                    {option !== undefined && kind === 'avoid' ? (
                      <TextInput
                        label={t('treatment.change_')}
                        placeholder={t('treatment.changeHint')}
                        value={option.change ?? ''}
                        onChange={(event) => setOption('avoid', { change: event.currentTarget.value })}
                      />
                    ) : null}
                  </div>
                )
              })}
            </div>
            {optionsField.error === undefined ? null : <FieldError text={optionsField.error} />}
          </Section>

          {only('retain') || only('avoid') ? null : (
            <Section title={t('fields.controls')} id={controlsField.id}>
              <div className={styles['note']} style={{ marginBottom: 10 }}>
                {t('treatment.controlsText')}
              </div>
              {controls.length === 0 ? null : (
                <div className={styles['scroll']}>
                  <table
                    className={`${styles['plain'] ?? ''} ${styles['inset'] ?? ''} ${styles['stacks'] ?? ''}`}
                    style={{ marginBottom: 12 }}
                  >
                    <thead>
                      <tr>
                        <th scope="col">{t('treatment.control')}</th>
                        <th scope="col">{t('treatment.lowers')}</th>
                        <th scope="col">{t('fields.status')}</th>
                        <th scope="col">
                          <span className="pl-visually-hidden">{t('treatment.removeColumn')}</span>
                        </th>
                      </tr>
                    </thead>
                    <tbody>
                      {controls.map((control) => {
                        const name = names.get(control.controlId) ?? others.data?.get(control.controlId)
                        return (
                          <tr key={control.controlId}>
                            <td>
                              <span className="pl-ref">{name?.ref}</span> {name?.title}
                            </td>
                            <td style={{ minWidth: 150 }}>
                              <Select
                                size="xs"
                                allowDeselect={false}
                                aria-label={t('treatment.lowersOf', { control: name?.ref ?? '' })}
                                placeholder={t('treatment.chooseAxis')}
                                data={axes.map((value) => ({ value, label: t(`axis.${value}`) }))}
                                value={control.lowers}
                                onChange={(value) =>
                                  setControl(control.controlId, { lowers: axes.find((one) => one === value) ?? null })
                                }
                              />
                            </td>
                            <td>
                              <SegmentedControl
                                aria-label={t('treatment.stateOf', { control: name?.ref ?? '' })}
                                value={control.state}
                                data={[
                                  { value: 'live', label: t('controlState.live') },
                                  { value: 'planned', label: t('controlState.planned') },
                                ]}
                                onChange={(value) =>
                                  setControl(control.controlId, { state: value === 'live' ? 'live' : 'planned' })
                                }
                              />
                            </td>
                            <td className={styles['end']}>
                              <CloseButton
                                aria-label={t('remove', { name: name?.ref ?? '' })}
                                onClick={() =>
                                  form.set(
                                    'controls',
                                    controls.filter((one) => one.controlId !== control.controlId),
                                  )
                                }
                              />
                            </td>
                          </tr>
                        )
                      })}
                    </tbody>
                  </table>
                </div>
              )}
              <div style={{ maxWidth: 520 }}>
                <RecordSelect
                  label={t('treatment.addControl')}
                  source="risk.controls"
                  find={find.controls}
                  value={null}
                  onChange={(chosen) => {
                    if (chosen === null || controls.some((one) => one.controlId === chosen.id)) return
                    setNames(new Map(names).set(chosen.id, chosen))
                    form.set('controls', [...controls, { controlId: chosen.id, state: 'planned', lowers: null }])
                  }}
                />
              </div>
              {controlsField.error === undefined ? null : <FieldError text={controlsField.error} />}
            </Section>
          )}

          <Section title={t('treatment.target')} id={targetField.id}>
            {only('retain') ? (
              <span className="pl-muted">{t('treatment.retainTarget')}</span>
            ) : only('avoid') ? (
              <span className="pl-muted">{t('treatment.avoidTarget')}</span>
            ) : (
              <>
                {wholeTarget === null ? null : (
                  <p className={styles['note']}>
                    {t('treatment.wholeTarget', {
                      likelihood: wholeTarget.likelihood,
                      consequence: wholeTarget.consequences['overall'],
                    })}
                  </p>
                )}
                <TargetFields
                  method={method}
                  current={current}
                  target={target}
                  onChange={(scores) => form.set('target', scores)}
                />
              </>
            )}
            {targetField.error === undefined ? null : <FieldError text={targetField.error} />}
            {only('retain') || only('avoid')
              ? null
              : rising.map((axis) => {
                  const rise = rises.find((one) => one.axis === axis)
                  const setRise = (patch: Partial<Rise>) =>
                    form.set('rises', [
                      ...rises.filter((one) => one.axis !== axis),
                      { axis, reason: '', secondaryRiskId: '', ...rise, ...patch },
                    ])
                  return (
                    <div key={axis} className={styles['optionCard']} style={{ marginTop: 12 }}>
                      <strong>{t('treatment.rises', { axis: axisName(axis) })}</strong>
                      <TextInput
                        label={t('treatment.riseReason')}
                        value={rise?.reason ?? ''}
                        onChange={(event) => setRise({ reason: event.currentTarget.value })}
                      />
                      <RecordSelect
                        label={t('treatment.riseRisk')}
                        source="risk.risks"
                        find={find.risks}
                        value={
                          secondary.get(axis) ??
                          (rise === undefined || rise.secondaryRiskId === ''
                            ? null
                            : { id: rise.secondaryRiskId, title: t('treatment.secondary') })
                        }
                        onChange={(chosen) => {
                          const copy = new Map(secondary)
                          if (chosen === null) copy.delete(axis)
                          else copy.set(axis, chosen)
                          setSecondary(copy)
                          setRise({ secondaryRiskId: chosen?.id ?? '' })
                        }}
                      />
                    </div>
                  )
                })}
            {risesField.error === undefined ? null : <FieldError text={risesField.error} />}
          </Section>
        </FormFrame>
        <aside className={styles['aside']} aria-label={t('assess.result')}>
          <ScorePreview
            method={method}
            states={[
              { state: 'current', level: risk.current },
              ...(shownTarget === null ||
              !(options.length === 0 || has('modify') || has('share') || has('retain') || has('avoid'))
                ? []
                : [{ state: 'target' as const, level: preview(method, shownTarget) }]),
            ]}
          />
          <div className={styles['note']}>{t('treatment.approvalNote')}</div>
        </aside>
      </div>
    </Page>
  )
}

// A target stated as a whole cannot be kept beside a current level by dimensions, nor the other way round.
function inTermsOf(current: ScoresView, target: ScoresView): ScoresView {
  const asWhole = 'overall' in current.consequences
  return 'overall' in target.consequences === asWhole ? target : { likelihood: target.likelihood, consequences: {} }
}

function FieldError({ text }: { text: string }) {
  return (
    <div style={{ color: 'var(--mantine-color-error)', fontSize: '0.75rem', marginTop: 8 }} role="alert">
      {text}
    </div>
  )
}

/** The target per axis beside the current level; a chosen level shows its definition. */
function TargetFields({
  method,
  current,
  target,
  onChange,
}: {
  method: MethodView
  current: ScoresView
  target: PartialScores
  onChange: (scores: PartialScores) => void
}) {
  const t = useText('risk')
  const lines =
    'overall' in current.consequences
      ? [{ key: 'overall', name: t('assess.overall'), levels: overallLevels(method) }]
      : method.dimensions.map(({ key, name, levels }) => ({ key, name, levels }))
  const line = (
    key: string,
    name: string,
    levels: readonly MethodView['likelihood'][number][],
    now: number | undefined,
    then: number | undefined,
    set: (value: number) => void,
  ) => {
    const level = levels.find((one) => one.value === then)
    return (
      <tr key={key}>
        <th scope="row">{name}</th>
        <td style={{ whiteSpace: 'nowrap' }} className="pl-muted">
          {now} {levels.find((one) => one.value === now)?.name}
        </td>
        <td style={{ minWidth: 260 }}>
          <Select
            size="xs"
            aria-label={t('treatment.targetOf', { axis: name })}
            data={levels.map((one) => ({ value: String(one.value), label: `${one.value} ${one.name}` }))}
            renderOption={({ option }) => (
              <div>
                <div style={{ fontWeight: 550 }}>{option.label}</div>
                <div className="pl-muted" style={{ fontSize: '0.75rem' }}>
                  {levels.find((one) => String(one.value) === option.value)?.definition}
                </div>
              </div>
            )}
            comboboxProps={{ width: 380, position: 'bottom-start' }}
            allowDeselect={false}
            value={then === undefined ? null : String(then)}
            onChange={(value) => {
              if (value !== null) set(Number(value))
            }}
          />
          <div className="pl-muted" style={{ fontSize: '0.75rem', marginTop: 4, maxWidth: 380 }}>
            {level?.definition}
          </div>
        </td>
      </tr>
    )
  }
  return (
    <div className={styles['scroll']}>
      <table className={`${styles['plain'] ?? ''} ${styles['inset'] ?? ''} ${styles['stacks'] ?? ''}`}>
        <thead>
          <tr>
            <th scope="col">{t('treatment.axis')}</th>
            <th scope="col">{t('state.current')}</th>
            <th scope="col">{t('state.target')}</th>
          </tr>
        </thead>
        <tbody>
          {line('likelihood', t('likelihood'), method.likelihood, current.likelihood, target.likelihood, (value) =>
            onChange({ ...target, likelihood: value }),
          )}
          {lines.map(({ key, name, levels }) =>
            line(key, name, levels, current.consequences[key], target.consequences?.[key], (value) =>
              onChange({ ...target, consequences: { ...target.consequences, [key]: value } }),
            ),
          )}
        </tbody>
      </table>
    </div>
  )
}
