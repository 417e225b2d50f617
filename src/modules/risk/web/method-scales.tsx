import { Button, CloseButton, Group, Select, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { consequenceLevels, type MethodContent } from '../domain/method.ts'
import type { MethodPartProps } from './method-part.ts'
import {
  addConsequence,
  addDimension,
  addLikelihood,
  dropConsequence,
  dropLikelihood,
  nameConsequence,
} from './method-shape.ts'
import styles from './risk.module.css'

/** The scales of a draft: levels of likelihood, levels of consequence, and what each means in each dimension. */
export function MethodScales({ draft, edit }: MethodPartProps): ReactNode {
  const t = useText('risk')
  const consequences = consequenceLevels(draft)
  const bands = draft.bands.map((one) => ({ value: one.key, label: one.name === '' ? '–' : one.name }))
  return (
    <>
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
            edit({ ...draft, likelihood: draft.likelihood.map((one, i) => (i === index ? { ...one, name } : one)) })
          }
          onDefinition={(index, definition) =>
            edit({
              ...draft,
              likelihood: draft.likelihood.map((one, i) => (i === index ? { ...one, definition } : one)),
            })
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
              edit({ ...draft, dimensions: draft.dimensions.map((one, i) => (i === at ? { ...one, ...patch } : one)) })
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
                    onClick={() => edit({ ...draft, dimensions: draft.dimensions.filter((_, i) => i !== at) })}
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
    </>
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
