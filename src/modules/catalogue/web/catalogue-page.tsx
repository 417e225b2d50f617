import { Checkbox, Tabs, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { Page } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { AnnexAReader } from './annex-a-reader.tsx'
import styles from './catalogue.module.css'
import { ClauseReader } from './clause-reader.tsx'

/** What the standard asks for, in our own words: clauses 4 to 10 and the controls of Annex A. */
export function CataloguePage() {
  const t = useText('catalogue')
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as { view?: string; q?: string; documented?: string }
  const view = search.view === 'controls' ? 'controls' : 'clauses'
  const q = search.q ?? ''
  const words = useDeferredValue(q).toLowerCase().split(/\s+/).filter(Boolean)
  const patch = (change: Record<string, string | undefined>) =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, ...change }),
      replace: true,
      resetScroll: false,
    } as Parameters<typeof navigate>[0])
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Tabs
        value={view}
        keepMounted={false}
        onChange={(next) => patch({ view: next === 'controls' ? 'controls' : undefined })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="clauses">{t('clauses.tab')}</Tabs.Tab>
          <Tabs.Tab value="controls">{t('controls.tab')}</Tabs.Tab>
        </Tabs.List>
        <div className={styles['bar']}>
          <TextInput
            className={styles['search'] ?? ''}
            size="xs"
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<IconSearch size={15} stroke={1.6} />}
            value={q}
            onChange={(event) => patch({ q: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
          />
          {view === 'clauses' ? (
            <Checkbox
              label={t('clauses.onlyDocumented')}
              checked={search.documented === 'true'}
              onChange={(event) => patch({ documented: event.currentTarget.checked ? 'true' : undefined })}
            />
          ) : null}
        </div>
        <Tabs.Panel value="clauses">
          <ClauseReader words={words} onlyDocumented={search.documented === 'true'} />
        </Tabs.Panel>
        <Tabs.Panel value="controls">
          <AnnexAReader words={words} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
