import { Button, CopyButton, NumberInput } from '@mantine/core'
import { IconCopy, IconDice5, IconPrinter } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { dateAt, systemClock } from '#kernel/time.ts'
import { Action } from '#ui/action.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { useFormat } from '#ui/format.ts'
import { Page, Section } from '#ui/page.tsx'
import { type RecordColumn, RecordTable } from '#ui/record-table.tsx'
import { useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { useApi } from '#web/api.ts'
import { useOrgPath, useScope } from '#web/scope.ts'
import { useMe } from '#web/session.ts'
import { assets } from '../contract.ts'
import { assetColumns } from './asset-columns.tsx'
import { VerifyDialog } from './asset-page.tsx'
import styles from './sample.module.css'
import type { AssetItem } from './wire.ts'

const noFilters = {} as const
const whole = (text: unknown, least: number, most: number): number | null => {
  const value = typeof text === 'string' && /^\d{1,10}$/.test(text) ? Number(text) : null
  return value !== null && value >= least && value <= most ? value : null
}

/** A sample of the inventory that anybody can draw again: from the register to reality, as an auditor would. */
export function SamplePage() {
  const t = useText('assets')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const { at } = useScope()
  const zone = useMe()?.organization.timeZone ?? 'UTC'
  const today = dateAt(systemClock(), zone)
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const size = whole(search['size'], 1, 200) ?? 10
  const seed = whole(search['seed'], 0, 4_294_967_295) ?? Number(today.replaceAll('-', ''))
  const [wanted, setWanted] = useState<{ size: number | string; seed: number | string }>({ size, seed })
  const [verifying, setVerifying] = useState<AssetItem | null>(null)
  const list = useListState(noFilters)
  const { data } = useApi(assets.sample, { query: { size, seed } })
  const draw = (next: { size: number | string; seed: number | string }) => {
    setWanted(next)
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, size: String(next.size), seed: String(next.seed) }),
      replace: true,
    } as Parameters<typeof navigate>[0])
  }
  const cited = t('sample.cited', {
    count: data.items.length,
    population: format.number(data.population),
    seed: data.seed,
    date: format.date(at ?? today),
  })
  const seen = (one: AssetItem) => (
    <Action size="compact-xs" variant="default" can={one.can.verify} onClick={() => setVerifying(one)}>
      {t('verify.action')}
    </Action>
  )
  const shown = ['ref', 'name', 'kind', 'owner', 'location', 'verifiedOn']
  const columns: RecordColumn<AssetItem>[] = [
    ...shown.flatMap((key) => {
      const column = assetColumns(t, format).find((one) => one.key === key)
      return column === undefined ? [] : [{ ...column, hidden: false, onCard: ['owner', 'location'].includes(key) }]
    }),
    { key: 'verify', header: t('sample.seen'), width: 130, cell: seen },
  ]
  return (
    <Page
      title={t('sample.title')}
      clause="A.5.9"
      lead={t('sample.lead')}
      actions={
        <Button
          variant="default"
          leftSection={<IconPrinter size={15} stroke={1.6} />}
          onClick={() => globalThis.print()}
          className="pl-no-print"
        >
          {t('sample.print')}
        </Button>
      }
    >
      <form
        className={styles['controls']}
        onSubmit={(event) => {
          event.preventDefault()
          draw(wanted)
        }}
      >
        <NumberInput
          label={t('sample.size')}
          w={120}
          min={1}
          max={200}
          clampBehavior="strict"
          allowDecimal={false}
          value={wanted.size}
          onChange={(value) => setWanted({ ...wanted, size: value })}
        />
        <NumberInput
          label={t('sample.seed')}
          w={160}
          min={0}
          max={4_294_967_295}
          clampBehavior="strict"
          allowDecimal={false}
          value={wanted.seed}
          onChange={(value) => setWanted({ ...wanted, seed: value })}
        />
        <Button type="submit" size="sm">
          {t('sample.draw')}
        </Button>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconDice5 size={15} stroke={1.6} />}
          onClick={() => draw({ ...wanted, seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 1 })}
        >
          {t('sample.another')}
        </Button>
      </form>
      <div className={styles['cited']}>
        <span>{cited}</span>
        <CopyButton value={`${cited}: ${data.items.map((one) => one.ref).join(', ')}`}>
          {({ copied, copy }) => (
            <Button variant="subtle" size="compact-xs" leftSection={<IconCopy size={13} stroke={1.6} />} onClick={copy}>
              {copied ? t('sample.copied') : t('sample.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <RecordTable
        name="assets.sample"
        label={t('sample.title')}
        columns={columns}
        rows={data.items}
        rowId={(one) => one.id}
        href={(one) => path(`/assets/${one.ref}`)}
        list={list}
        sorting="client"
        total={data.items.length}
        searchable={false}
        empty={<EmptyState title={t('sample.nothing')}>{t('sample.nothingText')}</EmptyState>}
      />
      <div style={{ marginTop: 16, maxWidth: 720 }}>
        <Section title={t('sample.wayBack')}>{t('sample.wayBackText')}</Section>
      </div>
      {verifying === null ? null : <VerifyDialog asset={verifying} opened onClose={() => setVerifying(null)} />}
    </Page>
  )
}
