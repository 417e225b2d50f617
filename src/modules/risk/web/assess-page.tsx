import { Button, SegmentedControl, Select, Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { WireBody } from '#platform/contract/route.ts'
import { Action } from '#ui/action.tsx'
import { Band } from '#ui/band.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { notify } from '#ui/notify.ts'
import { Page } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { risks } from '../contract.ts'
import { lowerOf, risingAxes } from '../domain/compare-scores.ts'
import { FieldError } from './field-error.tsx'
import { StateLevel } from './level.tsx'
import styles from './risk.module.css'
import { completeScores, type PartialScores, preview, ScoreFields, ScorePreview, scoreWords } from './score-fields.tsx'
import { type MethodView, type RiskView, type RunView, type ScoresView, stale } from './views.ts'

type AssessBody = WireBody<typeof risks.assess>
type RescoreBody = WireBody<typeof risks.rescore>

/** Scoring a risk under the method in force or in an open run (6.1.2 d–e). */
export function AssessPage() {
  const { riskId = '' } = usePageParams()
  const { data: risk } = useApi(risks.show, { params: { riskId } })
  const { data: methods } = useApi(risks.methods, {})
  const { data: runs } = useApi(risks.runs, {})
  const inForce = methods.items.find((one) => one.status === 'approved')
  if (inForce === undefined) return <NoMethod />
  const open = runs.items.filter((one) => one.status === 'open')
  return <AssessForm key={risk.id} risk={risk} inForce={inForce} methods={methods.items} runs={open} />
}

/** Scoring the current level again after the treatment; the variance against the target is kept (8.3). */
export function RescorePage() {
  const { riskId = '' } = usePageParams()
  const { data: risk } = useApi(risks.show, { params: { riskId } })
  const { data: methods } = useApi(risks.methods, {})
  const method = methods.items.find((one) => one.id === risk.method?.id)
  if (method === undefined) return <NoMethod />
  return <RescoreForm key={risk.id} risk={risk} method={method} />
}

function NoMethod() {
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
  return (
    <Page title={t('assess.title')}>
      <EmptyState
        title={t('list.noMethod')}
        clause="6.1.2"
        actions={<Action onClick={() => void navigate({ to: path('/risks/method') })}>{t('empty.method')}</Action>}
      >
        {t('list.noMethodText')}
      </EmptyState>
    </Page>
  )
}

/** Scores of another method version, or an overall consequence, are not taken over: they would be refused. */
const startFrom = (risk: RiskView, state: 'current' | 'inherent' | 'target', method: MethodView): PartialScores => {
  const scores = risk[state]?.scores
  if (scores === undefined || risk.method?.id !== method.id) return {}
  return 'overall' in scores.consequences ? { likelihood: scores.likelihood } : scores
}

/** The level as the risk itself shows it, until every axis is chosen here. */
const soFar = (risk: RiskView, state: 'current' | 'inherent') =>
  risk[state] === null && (risk.original?.[state] ?? null) === null
    ? {}
    : { before: <LevelSoFar risk={risk} state={state} /> }

function LevelSoFar({ risk, state }: { risk: RiskView; state: 'current' | 'inherent' }) {
  const t = useText('risk')
  return (
    <span className={styles['row']}>
      <span className="pl-muted">{t('assess.soFar')}</span>
      <StateLevel risk={risk} state={state} />
    </span>
  )
}

/** What is still missing, by axis, once somebody tried to save. */
function missingIn(method: MethodView, scores: PartialScores, sentence: string): Record<string, string> {
  return Object.fromEntries([
    ...(scores.likelihood === undefined ? [['likelihood', sentence]] : []),
    ...method.dimensions
      .filter((one) => scores.consequences?.[one.key] === undefined)
      .map((one) => [one.key, sentence]),
  ])
}

/**
 * What becomes of the target when the current level changes: it is cleared under another version of the method, stays
 * equal where the risk is retained, and follows downwards where it would lie above the new level. Undefined: it stays.
 */
function followingTarget(
  risk: RiskView,
  runs: readonly RunView[],
  inForce: MethodView,
  body: { readonly current?: PartialScores | undefined; readonly runId?: string | null | undefined },
): { scores: ScoresView | null | undefined; why: 'cleared' | 'retained' | 'lowered' | null } {
  if (risk.target === null) return { scores: undefined, why: null }
  const methodId = runs.find((one) => one.id === body.runId)?.method.id ?? inForce.id
  if (risk.method?.id !== methodId) return { scores: null, why: 'cleared' }
  const { likelihood, consequences } = body.current ?? {}
  if (likelihood === undefined || consequences === undefined) return { scores: undefined, why: null }
  const current = { likelihood, consequences: { ...consequences } }
  if (risk.options.length > 0 && risk.options.every((one) => one === 'retain'))
    return { scores: current, why: 'retained' }
  const explained = risk.treatment.rises.map((one) => one.axis)
  if (risingAxes(current, risk.target.scores).every((axis) => explained.includes(axis)))
    return { scores: undefined, why: null }
  const lower = lowerOf(risk.target.scores, current)
  return { scores: { likelihood: lower.likelihood, consequences: { ...lower.consequences } }, why: 'lowered' }
}

function AssessForm({
  risk,
  inForce,
  methods,
  runs,
}: {
  risk: RiskView
  inForce: MethodView
  methods: readonly MethodView[]
  runs: readonly RunView[]
}) {
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
  const firstRun = runs.find((one) => one.scope === 'whole')?.id ?? null
  const [state, setState] = useState<'current' | 'inherent'>('current')
  const [tried, setTried] = useState(false)
  const assess = useCallApi(risks.assess, { invalidates: stale })
  const form = useRecordForm({
    schema: risks.assess.body,
    initial: {
      current: startFrom(risk, 'current', inForce),
      inherent: risk.inherent === null ? null : startFrom(risk, 'inherent', inForce),
      rationale: risk.rationale,
      runId: firstRun,
    },
    draft: `assess.${risk.ref}.${String(risk.version)}`,
    version: risk.version,
    submit: (body, version) => {
      const { scores } = followingTarget(risk, runs, inForce, body as AssessBody)
      return assess.mutateAsync({
        params: { riskId: risk.id },
        body: { ...(body as AssessBody), ...(scores === undefined ? {} : { target: scores }) },
        ifMatch: version ?? risk.version,
      })
    },
    onDone: (done) => {
      notify(t('assess.done', { ref: done.ref }))
      void navigate({ to: path(`/risks/${risk.id}`) })
    },
  })
  const runId = form.get('runId')
  const run = runs.find((one) => one.id === runId)
  const method = methods.find((one) => one.id === run?.method.id) ?? inForce
  const current = (form.get('current') ?? {}) as PartialScores
  const inherent = (form.get('inherent') ?? null) as PartialScores | null
  const errors = tried ? missingIn(method, (state === 'current' ? current : inherent) ?? {}, t('assess.choose')) : {}
  const target = followingTarget(risk, runs, inForce, { current, runId: run?.id ?? null })
  const complete =
    completeScores(method, current) !== null && (inherent === null || completeScores(method, inherent) !== null)
  const ready: typeof form = {
    ...form,
    submit: async () => {
      setTried(true)
      if (complete) await form.submit()
      else {
        setState(completeScores(method, current) === null ? 'current' : 'inherent')
        document.getElementById('scores')?.scrollIntoView({ block: 'start' })
      }
    },
  }
  const words = (text: string) => scoreWords(method, text)
  const field = {
    current: form.choice('current', { label: t('fields.current'), words, reveal: () => setState('current') }),
    inherent: form.choice('inherent', { label: t('fields.inherent'), words, reveal: () => setState('inherent') }),
  }[state]
  const runField = form.choice('runId', { label: t('assess.run'), hint: t('assess.runHint') })
  return (
    <Page title={t('assess.of', { ref: risk.ref })} clause="6.1.2" lead={risk.title}>
      <div className={styles['form']}>
        <div className={styles['card']}>
          <FormFrame
            form={ready}
            submitLabel={t('assess.save')}
            can={risk.can.assess}
            onCancel={() => void navigate({ to: path(`/risks/${risk.id}`) })}
          >
            {runs.length === 0 ? null : (
              <Select
                maw={420}
                id={runField.id}
                label={runField.label}
                description={runField.description}
                error={runField.error}
                data={[
                  { value: '', label: t('assess.noRun') },
                  ...runs.map((one) => ({ value: one.id, label: `${one.ref} ${one.name}` })),
                ]}
                allowDeselect={false}
                value={runField.value ?? ''}
                onChange={(value) => runField.onChange(value === '' ? null : value)}
              />
            )}
            <div className={styles['row']} id="scores" style={{ scrollMarginTop: 70 }}>
              <SegmentedControl
                aria-label={t('assess.which')}
                value={state}
                onChange={(value) => setState(value === 'inherent' ? 'inherent' : 'current')}
                data={[
                  { value: 'current', label: t('assess.current') },
                  { value: 'inherent', label: t('assess.inherent') },
                ]}
              />
              {state === 'inherent' && inherent !== null ? (
                <Button
                  variant="subtle"
                  onClick={() => {
                    form.set('inherent', null)
                    setState('current')
                  }}
                >
                  {t('assess.dropInherent')}
                </Button>
              ) : null}
            </div>
            <div className="pl-muted" style={{ fontSize: '0.8125rem' }}>
              {state === 'current' ? t('assess.currentText') : t('assess.inherentText')}
            </div>
            <StatedAsWhole risk={risk} state={state} method={method} />
            {state === 'current' ? <NotInPlace risk={risk} /> : null}
            {/* Where the summary of what is wrong leads to. */}
            <div key={state} id={field.id} tabIndex={-1}>
              {field.error === undefined ? null : <FieldError text={field.error} />}
              <ScoreFields
                idPrefix={state}
                method={method}
                scores={state === 'current' ? current : (inherent ?? {})}
                errors={errors}
                onChange={(scores) => form.set(state, scores)}
              />
            </div>
            <Textarea
              minRows={4}
              {...form.text('rationale', { label: t('fields.rationale'), hint: t('assess.rationaleHint') })}
            />
          </FormFrame>
        </div>
        <aside className={styles['aside']} aria-label={t('assess.result')}>
          <ScorePreview
            method={method}
            states={[
              ...(inherent === null
                ? []
                : [{ state: 'inherent' as const, level: preview(method, inherent), ...soFar(risk, 'inherent') }]),
              { state: 'current', level: preview(method, current), ...soFar(risk, 'current') },
              ...(risk.target === null || target.scores === null
                ? []
                : [{ state: 'target' as const, level: preview(method, target.scores ?? risk.target.scores) }]),
            ]}
          />
          {target.why === null ? null : <div className={styles['note']}>{t(`assess.target.${target.why}`)}</div>}
          <div className="pl-muted" style={{ fontSize: '0.75rem' }}>
            {t('assess.under', { method: method.name })}
          </div>
        </aside>
      </div>
    </Page>
  )
}

/** Scores stated as a whole are no choice by dimension: they are told, and stay the level until each dimension is chosen. */
function StatedAsWhole({ risk, state, method }: { risk: RiskView; state: 'current' | 'inherent'; method: MethodView }) {
  const t = useText('risk')
  const level = risk[state]
  if (level === null || risk.method?.id !== method.id || !('overall' in level.scores.consequences)) return null
  return (
    <p className={styles['note']} style={{ margin: 0 }}>
      {t('assess.asWhole', { band: level.band.name, likelihood: level.likelihood, consequence: level.consequence })}
    </p>
  )
}

/** Controls the level counted on that their own records contradict: from this score on they do not count as live. */
function NotInPlace({ risk }: { risk: RiskView }) {
  const t = useText('risk')
  const format = useFormat()
  const failing = risk.controls.filter((one) => one.state === 'live' && !one.works).map((one) => one.ref)
  if (failing.length === 0) return null
  return <Band tone="warn">{t('assess.notInPlace', { controls: format.list(failing) })}</Band>
}

function RescoreForm({ risk, method }: { risk: RiskView; method: MethodView }) {
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
  const [tried, setTried] = useState(false)
  const rescore = useCallApi(risks.rescore, { invalidates: stale })
  const form = useRecordForm({
    schema: risks.rescore.body,
    initial: { current: startFrom(risk, risk.target === null ? 'current' : 'target', method), rationale: '' },
    draft: `rescore.${risk.ref}.${String(risk.version)}`,
    version: risk.version,
    submit: (body, version) =>
      rescore.mutateAsync({ params: { riskId: risk.id }, body: body as RescoreBody, ifMatch: version ?? risk.version }),
    onDone: (done) => {
      notify(t('assess.done', { ref: done.ref }))
      void navigate({ to: path(`/risks/${risk.id}`) })
    },
  })
  const current = (form.get('current') ?? {}) as PartialScores
  const ready: typeof form = {
    ...form,
    submit: async () => {
      setTried(true)
      if (completeScores(method, current) !== null) await form.submit()
    },
  }
  return (
    <Page title={t('assess.rescore', { ref: risk.ref })} clause="8.3" lead={risk.title}>
      <div className={styles['form']}>
        <div className={styles['card']}>
          <FormFrame
            form={ready}
            submitLabel={t('assess.save')}
            can={risk.can.assess}
            onCancel={() => void navigate({ to: path(`/risks/${risk.id}`) })}
          >
            <div className="pl-muted">{t('assess.rescoreText')}</div>
            <NotInPlace risk={risk} />
            <ScoreFields
              idPrefix="rescore"
              hint={t('assess.rescoreLikelihoodHint')}
              method={method}
              scores={current}
              errors={tried ? missingIn(method, current, t('assess.choose')) : {}}
              onChange={(scores) => form.set('current', scores)}
            />
            <Textarea
              minRows={4}
              {...form.text('rationale', { label: t('fields.rationale'), hint: t('assess.rationaleHint') })}
            />
          </FormFrame>
        </div>
        <aside className={styles['aside']} aria-label={t('assess.result')}>
          <ScorePreview
            method={method}
            states={[
              { state: 'current', level: preview(method, current), ...soFar(risk, 'current') },
              ...(risk.target === null ? [] : [{ state: 'target' as const, level: risk.target }]),
            ]}
          />
        </aside>
      </div>
    </Page>
  )
}
