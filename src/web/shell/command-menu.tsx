import '@mantine/spotlight/styles.css'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { search } from '#platform/search/contract.ts'
import { useText } from '#ui/text.ts'
import { parseSearch } from '#ui/url-search.ts'
import { useApiLater } from '../api.ts'
import type { NavGroup, NavItem } from '../module.ts'
import { webModules } from '../pages.ts'
import { useOrgPath } from '../scope.ts'
import styles from './shell.module.css'
import { commandTypeAhead } from './type-ahead.ts'

/** Opens the menu that is there. */
export const openCommandMenu = (): void => spotlight.open()

interface Entry {
  key: string
  label: string
  note: string
  to: string
}

/** Ctrl/⌘ K: records by reference or words, pages, and what can be done. */
export function CommandMenu({
  groups,
  actions,
}: {
  groups: readonly { group: NavGroup; items: readonly NavItem[] }[]
  actions: readonly string[] | null
}) {
  const t = useText('web')
  const path = useOrgPath()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  // It is fetched when it is first asked for, so it opens as soon as it is there.
  useEffect(() => spotlight.open(), [])
  const [asked] = useDebouncedValue(text.trim(), 120)
  const found = useApiLater(search, { query: { q: asked } }, asked.length > 1)
  const open = (to: string) => {
    const [page, query] = to.split('?')
    void navigate({ to: path(page ?? '/'), search: parseSearch(query ?? '') })
  }
  const matches = (label: string): boolean =>
    text
      .toLowerCase()
      .split(/\s+/)
      .every((word) => label.toLowerCase().includes(word))
  const commands: Entry[] = webModules
    .flatMap((module) => module.commands ?? [])
    .filter((one) => one.action === undefined || actions === null || actions.includes(one.action))
    .map((one) => ({ key: one.path + one.labelKey, label: t(one.labelKey), note: '', to: one.path }))
  const pages: Entry[] = [
    { key: '/', label: t('nav.overview'), note: '', to: '/' },
    ...groups.flatMap(({ items }) =>
      items.map((item) => ({ key: item.path, label: t(item.labelKey), note: item.clause, to: item.path })),
    ),
    ...(actions?.includes('history.read') === true
      ? [{ key: '/history', label: t('nav.history'), note: '', to: '/history' }]
      : []),
    ...(actions?.includes('member.read') === true
      ? [{ key: '/members', label: t('nav.members'), note: '', to: '/members' }]
      : []),
  ]
  const records: Entry[] =
    asked.length > 1
      ? (found.data?.items ?? []).map((hit) => ({ key: hit.id, label: hit.title, note: hit.ref, to: hit.path }))
      : []
  const sections = [
    { label: t('command.records'), entries: records },
    { label: t('command.actions'), entries: commands.filter((one) => matches(one.label)) },
    { label: t('command.pages'), entries: pages.filter((one) => matches(one.label)) },
  ].filter(({ entries }) => entries.length > 0)
  return (
    <Spotlight.Root
      query={text}
      onQueryChange={setText}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      scrollable
      maxHeight={420}
      size={560}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      attributes={{ content: { 'aria-label': t('command.open') } }}
      classNames={{ actionsGroup: styles['found'] ?? '' }}
    >
      <Spotlight.Search
        placeholder={t('command.placeholder')}
        aria-label={t('command.placeholder')}
        onFocus={() => {
          const early = commandTypeAhead.take()
          if (early !== '') setText((typed) => typed + early)
        }}
        onKeyDown={(event) => {
          // Enter without having moved takes the best hit.
          const best = sections[0]?.entries[0]
          if (event.key !== 'Enter' || best === undefined || document.querySelector('[data-selected]') !== null) return
          spotlight.close()
          open(best.to)
        }}
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Spotlight.ActionsList>
        {sections.map(({ label, entries }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {entries.map((entry) => (
              <Spotlight.Action key={entry.key} onClick={() => open(entry.to)}>
                <span style={{ flex: 1 }}>{entry.label}</span>
                <span className="pl-ref" style={{ fontSize: '0.75rem' }}>
                  {entry.note}
                </span>
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {sections.length === 0 ? (
          <Spotlight.Empty>{found.isFetching ? t('loading') : t('command.nothing')}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
