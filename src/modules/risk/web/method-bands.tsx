import { Button, CloseButton, Group, NumberInput, Select, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { bandColor } from '../domain/band-color.ts'
import { type BandToken, bandTokens } from '../domain/method.ts'
import type { MethodPartProps } from './method-part.ts'
import { addBand, dropBand } from './method-shape.ts'
import styles from './risk.module.css'

/** The levels of risk of a draft: name, colour, and where they are products, from which to which. */
export function MethodBands({ draft, edit }: MethodPartProps): ReactNode {
  const t = useText('risk')
  const product = draft.aggregate.mode === 'product'
  return (
    <Section title={t('method.bands')}>
      <div style={{ display: 'grid', gap: 8 }}>
        {draft.bands.map((band, at) => {
          const set = (patch: Partial<typeof band>) =>
            edit({ ...draft, bands: draft.bands.map((one, i) => (i === at ? { ...one, ...patch } : one)) })
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
