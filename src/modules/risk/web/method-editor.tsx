import { Group, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useEffect } from 'react'
import type { WireBody } from '#platform/contract/route.ts'
import { Band } from '#ui/band.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import { risks } from '../contract.ts'
import type { MethodContent } from '../domain/method.ts'
import { validateMethod } from '../domain/validate-method.ts'
import { MatrixGrid } from './matrix-grid.tsx'
import { MethodAuthority } from './method-authority.tsx'
import { MethodBands } from './method-bands.tsx'
import { MethodScales } from './method-scales.tsx'
import { switchMode, turnCell } from './method-shape.ts'
import { useReason } from './reasons.ts'
import styles from './risk.module.css'
import { type MethodView, stale } from './views.ts'

type Body = WireBody<typeof risks.changeMethod>

const bodyOf = (method: MethodContent): Body => ({
  name: method.name,
  likelihood: method.likelihood.map((one) => ({ ...one })),
  dimensions: method.dimensions.map((one) => ({ ...one, levels: one.levels.map((level) => ({ ...level })) })),
  aggregate:
    method.aggregate.mode === 'product'
      ? { mode: 'product' }
      : { mode: 'matrix', cells: method.aggregate.cells.map((row) => [...row]) },
  bands: method.bands.map((one) => ({ ...one })),
  acceptUpTo: method.acceptUpTo,
  acceptanceAuthority: method.acceptanceAuthority.map((one) => ({ upTo: one.upTo, also: [...one.also] })),
  planAuthority: method.planAuthority.map((one) => ({ upTo: one.upTo, also: [...one.also] })),
  intervalMonths: method.intervalMonths,
  triggers: [...method.triggers],
  validityMonths: method.validityMonths,
})

/** Editing a draft of the method; what keeps it from being approved is listed while one types, by the same rules as on the server. */
export function MethodEditor({ method, onDirty }: { method: MethodView; onDirty: (dirty: boolean) => void }) {
  const t = useText('risk')
  const reason = useReason()
  const change = useCallApi(risks.changeMethod, { invalidates: stale })
  const params = { methodId: method.id }
  const form = useRecordForm({
    schema: risks.changeMethod.body,
    initial: bodyOf(method),
    draft: `method.${method.id}.${String(method.version)}`,
    version: method.version,
    submit: (body, version) => change.mutateAsync({ params, body: body as Body, ifMatch: version ?? method.version }),
    onDone: () => notify(t('method.saved')),
  })
  const { dirty } = form
  useEffect(() => onDirty(dirty), [dirty, onDirty])
  const draft = { ...bodyOf(method), ...form.values, combination: 'maximum' } as MethodContent
  const edit = (next: MethodContent) => {
    for (const [key, value] of Object.entries(bodyOf(next))) form.set(key as keyof Body, value)
  }
  const problems = validateMethod(draft)
  const bands = draft.bands.map((one) => ({ value: one.key, label: one.name === '' ? '–' : one.name }))
  const product = draft.aggregate.mode === 'product'
  const months = (path: 'intervalMonths' | 'validityMonths', label: string, hint: string) => {
    const { onBlur: _onBlur, ...field } = form.number(path, { label, hint })
    return <NumberInput maw={260} min={1} max={60} allowDecimal={false} {...field} />
  }
  return (
    <FormFrame form={form} submitLabel={t('method.save')}>
      {problems.length === 0 ? (
        <Band tone="good" title={t('method.complete')} />
      ) : (
        <Band tone="warn" title={t('method.problems', { count: problems.length })}>
          <ul style={{ margin: 0, paddingLeft: 18 }}>
            {problems.slice(0, 8).map((one, index) => (
              <li key={`${one.code}-${String(index)}`}>
                {reason({ ...one, facts: { ...one.facts } as MethodView['problems'][number]['facts'] })}
              </li>
            ))}
            {problems.length > 8 ? <li>{t('method.moreProblems', { count: problems.length - 8 })}</li> : null}
          </ul>
        </Band>
      )}

      <Section title={t('method.general')}>
        <div className={styles['fields']}>
          <TextInput maw={420} {...form.text('name', { label: t('fields.name') })} />
          <Group align="start" gap="lg">
            {months('intervalMonths', t('method.intervalMonths'), t('method.intervalHint'))}
            {months('validityMonths', t('method.validityMonths'), t('method.validityHint'))}
          </Group>
          <Textarea
            label={t('method.triggers')}
            description={t('method.triggersHint')}
            minRows={4}
            value={draft.triggers.join('\n')}
            onChange={(event) => form.set('triggers', event.currentTarget.value.split('\n'))}
            onBlur={() =>
              form.set(
                'triggers',
                draft.triggers.map((one) => one.trim()).filter((one) => one !== ''),
              )
            }
          />
        </div>
      </Section>

      <MethodScales draft={draft} edit={edit} />

      <MethodBands draft={draft} edit={edit} />

      <Section
        title={t('method.aggregate')}
        actions={
          <SegmentedControl
            aria-label={t('method.aggregate')}
            value={draft.aggregate.mode}
            onChange={(mode) => edit(switchMode(draft, mode === 'product' ? 'product' : 'matrix'))}
            data={[
              { value: 'matrix', label: t('method.matrix') },
              { value: 'product', label: t('method.product') },
            ]}
          />
        }
      >
        <div className={styles['note']} style={{ marginBottom: 10 }}>
          {product ? t('method.productText') : t('method.matrixText')}
        </div>
        <MatrixGrid method={draft} onCell={product ? undefined : (row, column) => edit(turnCell(draft, row, column))} />
      </Section>

      <Section title={t('method.criteria')}>
        <div className={styles['fields']}>
          <Select
            maw={320}
            label={t('method.acceptUpTo')}
            description={t('method.acceptHint')}
            data={bands}
            value={draft.acceptUpTo}
            onChange={(value) => form.set('acceptUpTo', value)}
          />
          <MethodAuthority
            title={t('method.whoAccepts')}
            steps={draft.acceptanceAuthority}
            bands={bands}
            onChange={(steps) => form.set('acceptanceAuthority', steps)}
            empty={t('method.nobody')}
          />
          <MethodAuthority
            title={t('method.whoApproves')}
            steps={draft.planAuthority}
            bands={bands}
            onChange={(steps) => form.set('planAuthority', steps)}
            empty={t('method.ownerAlone')}
          />
        </div>
      </Section>
    </FormFrame>
  )
}
