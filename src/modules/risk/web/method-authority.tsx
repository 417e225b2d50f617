import { Button, CloseButton, Group, MultiSelect, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '#ui/text.ts'
import { type AuthorityStep, authorityRoles } from '../domain/method.ts'
import styles from './risk.module.css'

/** Who signs beside the owner, by the level of risk up to which that is enough. */
export function MethodAuthority({
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
}): ReactNode {
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
