import { useNavigate } from '@tanstack/react-router'
import type { WireBody } from '#platform/contract/route.ts'
import { Band } from '#ui/band.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { Page, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { risks } from '../contract.ts'
import { risingAxes } from '../domain/compare-scores.ts'
import type { OptionKind } from '../domain/treatment.ts'
import { FieldError } from './field-error.tsx'
import styles from './risk.module.css'
import { preview, ScorePreview, scoreWords } from './score-fields.tsx'
import { TargetFields } from './target-fields.tsx'
import { TargetRises } from './target-rises.tsx'
import { TreatmentControls } from './treatment-controls.tsx'
import { TreatmentOptions } from './treatment-options.tsx'
import { type MethodView, type RiskView, type ScoresView, stale } from './views.ts'

type PlanBody = WireBody<typeof risks.plan>

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

const isOnly = (options: readonly { readonly kind: OptionKind }[], kind: OptionKind): boolean =>
  options.length > 0 && options.every((one) => one.kind === kind)

function TreatmentForm({ risk, method, current }: { risk: RiskView; method: MethodView; current: ScoresView }) {
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
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
      const target = isOnly(plan.options, 'retain') ? current : isOnly(plan.options, 'avoid') ? null : plan.target
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
  const controls = (form.get('controls') ?? []) as PlanBody['controls']
  const target = (form.get('target') ?? current) as ScoresView
  const rises = (form.get('rises') ?? []) as NonNullable<PlanBody['rises']>
  const retains = isOnly(options, 'retain')
  const avoids = isOnly(options, 'avoid')
  const shownTarget = retains ? current : avoids ? null : target
  const optionsField = form.many('options', { label: t('treatment.options') })
  const controlsField = form.many('controls', { label: t('fields.controls') })
  // Stated by an import as a whole, which the levels below cannot show.
  const wholeTarget =
    risk.target !== null && 'overall' in risk.target.scores.consequences && !('overall' in current.consequences)
      ? risk.target.scores
      : null
  const targetField = form.choice('target', {
    label: t('treatment.target'),
    words: (text) => scoreWords(method, text),
  })
  const risesField = form.many('rises', { label: t('treatment.rise') })
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
            <TreatmentOptions options={options} onChange={(next) => form.set('options', next)} />
            {optionsField.error === undefined ? null : <FieldError text={optionsField.error} />}
          </Section>

          {retains || avoids ? null : (
            <Section title={t('fields.controls')} id={controlsField.id}>
              <TreatmentControls risk={risk} controls={controls} onChange={(next) => form.set('controls', next)} />
              {controlsField.error === undefined ? null : <FieldError text={controlsField.error} />}
            </Section>
          )}

          <Section title={t('treatment.target')} id={targetField.id}>
            {retains || avoids ? (
              <span className="pl-muted">{t(retains ? 'treatment.retainTarget' : 'treatment.avoidTarget')}</span>
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
            {retains || avoids ? null : (
              <TargetRises
                method={method}
                rising={risingAxes(current, target)}
                rises={rises}
                onChange={(next) => form.set('rises', next)}
              />
            )}
            {risesField.error === undefined ? null : <FieldError text={risesField.error} />}
          </Section>
        </FormFrame>
        <aside className={styles['aside']} aria-label={t('assess.result')}>
          <ScorePreview
            method={method}
            states={[
              { state: 'current', level: risk.current },
              ...(shownTarget === null ? [] : [{ state: 'target' as const, level: preview(method, shownTarget) }]),
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
