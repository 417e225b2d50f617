import {
  Button,
  CloseButton,
  Group,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
} from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import type { WireBody } from '#platform/contract/route.ts'
import { Band } from '#ui/band.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import { risks } from '../contract.ts'
import { bandColor } from '../domain/band-color.ts'
import {
  type AuthorityStep,
  authorityRoles,
  type BandToken,
  bandTokens,
  consequenceLevels,
  type MethodContent,
} from '../domain/method.ts'
import { validateMethod } from '../domain/validate-method.ts'
import { MatrixGrid } from './matrix-grid.tsx'
import {
  addBand,
  addConsequence,
  addDimension,
  addLikelihood,
  dropBand,
  dropConsequence,
  dropLikelihood,
  nameConsequence,
  switchMode,
  turnCell,
} from './method-shape.ts'
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
  const consequences = consequenceLevels(draft)
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

      <Section
        title={t('likelihood')}
        actions={
          <Sizes
            count={draft.likelihood.length}
            onAdd={() => edit(addLikelihood(draft))}
            onDrop={() => edit(dropLikelihood(draft))}
          />
        }
      >
        <LevelRows
          levels={draft.likelihood}
          onName={(index, name) =>
            form.set(
              'likelihood',
              draft.likelihood.map((one, i) => (i === index ? { ...one, name } : one)),
            )
          }
          onDefinition={(index, definition) =>
            form.set(
              'likelihood',
              draft.likelihood.map((one, i) => (i === index ? { ...one, definition } : one)),
            )
          }
        />
      </Section>

      <Section
        title={t('method.consequences')}
        actions={
          <Sizes
            count={consequences.length}
            onAdd={() => edit(addConsequence(draft))}
            onDrop={() => edit(dropConsequence(draft))}
          />
        }
      >
        <div className={styles['note']} style={{ marginBottom: 10 }}>
          {t('method.consequencesText')}
        </div>
        <div className={styles['row']} style={{ marginBottom: 16 }}>
          {consequences.map((level, index) => (
            <TextInput
              key={level.value}
              size="xs"
              w={140}
              label={String(level.value)}
              value={level.name}
              onChange={(event) => edit(nameConsequence(draft, index, event.currentTarget.value))}
            />
          ))}
        </div>
        <div className={styles['stack']}>
          {draft.dimensions.map((dimension, at) => {
            const set = (patch: Partial<typeof dimension>) =>
              form.set(
                'dimensions',
                draft.dimensions.map((one, i) => (i === at ? { ...one, ...patch } : one)),
              )
            return (
              <div key={dimension.key} className={styles['optionCard']}>
                <Group justify="space-between" align="end">
                  <Group gap="sm" align="end">
                    <TextInput
                      size="xs"
                      w={220}
                      label={t('method.dimension')}
                      value={dimension.name}
                      onChange={(event) => set({ name: event.currentTarget.value })}
                    />
                    <Select
                      size="xs"
                      w={200}
                      label={t('method.dimensionThreshold')}
                      data={[{ value: '', label: t('method.asOverall') }, ...bands]}
                      allowDeselect={false}
                      value={dimension.acceptUpTo ?? ''}
                      onChange={(value) => set({ acceptUpTo: value === '' ? null : value })}
                    />
                  </Group>
                  <CloseButton
                    aria-label={t('remove', { name: dimension.name })}
                    disabled={draft.dimensions.length === 1}
                    onClick={() =>
                      form.set(
                        'dimensions',
                        draft.dimensions.filter((_, i) => i !== at),
                      )
                    }
                  />
                </Group>
                <LevelRows
                  levels={dimension.levels}
                  onDefinition={(index, definition) =>
                    set({ levels: dimension.levels.map((one, i) => (i === index ? { ...one, definition } : one)) })
                  }
                />
              </div>
            )
          })}
        </div>
        <Button variant="default" mt="sm" onClick={() => edit(addDimension(draft))}>
          {t('method.addDimension')}
        </Button>
      </Section>

      <Section title={t('method.bands')}>
        <div style={{ display: 'grid', gap: 8 }}>
          {draft.bands.map((band, at) => {
            const set = (patch: Partial<typeof band>) =>
              form.set(
                'bands',
                draft.bands.map((one, i) => (i === at ? { ...one, ...patch } : one)),
              )
            return (
              <Group key={band.key} gap="xs" align="end">
                <TextInput
                  size="xs"
                  w={180}
                  aria-label={t('method.bandName', { n: at + 1 })}
                  value={band.name}
                  onChange={(event) => set({ name: event.currentTarget.value })}
                />
                <TokenSelect
                  value={band.token}
                  onChange={(token) => set({ token })}
                  label={t('method.bandColor', { n: at + 1 })}
                />
                {product ? (
                  <>
                    <NumberInput
                      size="xs"
                      w={90}
                      aria-label={t('method.bandFrom', { n: at + 1 })}
                      value={band.from ?? ''}
                      onChange={(value) => set({ from: value === '' ? null : Number(value) })}
                    />
                    <span className="pl-muted">–</span>
                    <NumberInput
                      size="xs"
                      w={90}
                      aria-label={t('method.bandTo', { n: at + 1 })}
                      value={band.to ?? ''}
                      onChange={(value) => set({ to: value === '' ? null : Number(value) })}
                    />
                  </>
                ) : null}
                <CloseButton
                  aria-label={t('remove', { name: band.name })}
                  disabled={draft.bands.length <= 2}
                  onClick={() => edit(dropBand(draft, band.key))}
                />
              </Group>
            )
          })}
        </div>
        <Button variant="default" mt="sm" onClick={() => edit(addBand(draft))}>
          {t('method.addBand')}
        </Button>
      </Section>

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
          <Authority
            title={t('method.whoAccepts')}
            steps={draft.acceptanceAuthority}
            bands={bands}
            onChange={(steps) => form.set('acceptanceAuthority', steps)}
            empty={t('method.nobody')}
          />
          <Authority
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

function Sizes({ count, onAdd, onDrop }: { count: number; onAdd: () => void; onDrop: () => void }) {
  const t = useText('risk')
  return (
    <Group gap={6}>
      <Button variant="default" disabled={count <= 3} onClick={onDrop}>
        {t('method.fewer')}
      </Button>
      <Button variant="default" disabled={count >= 10} onClick={onAdd}>
        {t('method.moreLevels')}
      </Button>
    </Group>
  )
}

function LevelRows({
  levels,
  onName,
  onDefinition,
}: {
  levels: MethodContent['likelihood']
  onName?: (index: number, name: string) => void
  onDefinition: (index: number, definition: string) => void
}): ReactNode {
  const t = useText('risk')
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      {levels.map((level, index) => (
        <div key={level.value} className={styles['levelRow']}>
          <span className="pl-num" style={{ fontWeight: 600 }}>
            {level.value}
          </span>
          {onName === undefined ? (
            <span>{level.name}</span>
          ) : (
            <TextInput
              size="xs"
              aria-label={t('method.levelName', { level: level.value })}
              value={level.name}
              onChange={(event) => onName(index, event.currentTarget.value)}
            />
          )}
          <Textarea
            size="xs"
            minRows={1}
            aria-label={t('method.levelDefinition', { level: `${level.value} ${level.name}` })}
            value={level.definition}
            onChange={(event) => onDefinition(index, event.currentTarget.value)}
          />
        </div>
      ))}
    </div>
  )
}

function TokenSelect({
  value,
  onChange,
  label,
}: {
  value: BandToken
  onChange: (token: BandToken) => void
  label: string
}) {
  const t = useText('risk')
  const swatch = (token: BandToken) => (
    <span className={styles['swatch']} style={{ background: bandColor(token) }} aria-hidden="true" />
  )
  return (
    <Select
      size="xs"
      w={150}
      aria-label={label}
      data={bandTokens.map((token) => ({ value: token, label: t(`color.${token}`) }))}
      leftSection={swatch(value)}
      renderOption={({ option }) => (
        <Group gap={8}>
          {swatch(bandTokens.find((one) => one === option.value) ?? 'gray')}
          {option.label}
        </Group>
      )}
      allowDeselect={false}
      value={value}
      onChange={(chosen) => {
        const token = bandTokens.find((one) => one === chosen)
        if (token !== undefined) onChange(token)
      }}
    />
  )
}

function Authority({
  title,
  steps,
  bands,
  onChange,
  empty,
}: {
  title: string
  steps: readonly AuthorityStep[]
  bands: readonly { value: string; label: string }[]
  onChange: (steps: AuthorityStep[]) => void
  empty: string
}) {
  const t = useText('risk')
  const set = (at: number, patch: Partial<AuthorityStep>) =>
    onChange(steps.map((one, i) => (i === at ? { ...one, ...patch } : one)))
  const free = bands.find((band) => !steps.some((step) => step.upTo === band.value))
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend style={{ padding: 0, fontSize: '0.8125rem', fontWeight: 500, marginBottom: 6 }}>{title}</legend>
      {steps.length === 0 ? <div className={styles['note']}>{empty}</div> : null}
      <div style={{ display: 'grid', gap: 8 }}>
        {steps.map((step, at) => (
          <Group key={step.upTo} gap="xs" align="center">
            <span className="pl-muted" style={{ fontSize: '0.8125rem' }}>
              {t('method.upTo')}
            </span>
            <Select
              size="xs"
              w={150}
              aria-label={t('method.upToOf', { n: at + 1, title })}
              data={bands}
              allowDeselect={false}
              value={step.upTo}
              onChange={(value) => {
                if (value !== null) set(at, { upTo: value })
              }}
            />
            <span className="pl-muted" style={{ fontSize: '0.8125rem' }}>
              {t('method.ownerPlus')}
            </span>
            <MultiSelect
              size="xs"
              w={280}
              aria-label={t('method.alsoOf', { n: at + 1, title })}
              placeholder={step.also.length === 0 ? t('method.nobodyElse') : ''}
              data={authorityRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
              value={[...step.also]}
              onChange={(value) => set(at, { also: authorityRoles.filter((one) => value.includes(one)) })}
            />
            <CloseButton
              aria-label={t('method.removeStep', { n: at + 1 })}
              onClick={() => onChange(steps.filter((_, i) => i !== at))}
            />
          </Group>
        ))}
      </div>
      {free === undefined ? null : (
        <Button
          variant="default"
          mt="xs"
          onClick={() => onChange([...steps, { upTo: free.value, also: [...(steps.at(-1)?.also ?? [])] }])}
        >
          {t('method.addStep')}
        </Button>
      )}
    </fieldset>
  )
}
