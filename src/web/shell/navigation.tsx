import { Menu } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { useText } from '#ui/text.ts'
import type { NavGroup, NavItem } from '../module.ts'
import { useOrgPath } from '../scope.ts'
import type { Membership, Session } from '../session.ts'
import { AttentionMark, useAttention } from './attention.tsx'
import styles from './shell.module.css'

/** Organization switcher, overview, and the groups Plan · Do · Check · Act · Certify. */
export function Navigation({
  session,
  member,
  groups,
  actions,
}: {
  session: Session
  member: Membership
  /** What the caller's roles allow; null until known. */
  actions: readonly string[] | null
  groups: readonly { group: NavGroup; items: readonly NavItem[] }[]
}) {
  const t = useText('web')
  const path = useOrgPath()
  const id = useId()
  const counts = useAttention()
  const { pathname } = useLocation()
  // The longest address that fits is where one is: /risks/matrix, not also /risks.
  const here = groups
    .flatMap((group) => group.items)
    .flatMap((one) => [one.path, ...(one.also ?? [])].map((at) => ({ to: path(one.path), at: path(at) })))
    .filter(({ at }) => pathname === at || pathname.startsWith(`${at}/`))
    .sort((a, b) => b.at.length - a.at.length)[0]?.to
  const item = (label: string, to: string, clause?: string, mark?: ReactNode) => (
    <Link
      key={to}
      to={path(to)}
      className={styles['item'] ?? ''}
      activeOptions={{ exact: path(to) !== here, includeSearch: false }}
      {...(path(to) === here ? { 'aria-current': 'page' } : {})}
    >
      <span>{label}</span>
      {mark}
      {clause === undefined ? null : <span className={styles['number']}>{clause}</span>}
    </Link>
  )
  return (
    <>
      <Switcher session={session} member={member} />
      {item(t('nav.overview'), '/')}
      {groups.map(({ group, items }) => (
        <section key={group} aria-labelledby={`${id}-${group}`}>
          <h2 id={`${id}-${group}`} className={styles['group']}>
            {t(`nav.${group}`)}
          </h2>
          {items.map((one) =>
            item(t(one.labelKey), one.path, one.clause, <AttentionMark key="mark" item={one} counts={counts} />),
          )}
        </section>
      ))}
      <div className={styles['foot']}>
        {actions?.includes('history.read') === true ? item(t('nav.history'), '/history') : null}
        {actions?.includes('member.read') === true ? item(t('nav.members'), '/members') : null}
      </div>
    </>
  )
}

function Switcher({ session, member }: { session: Session; member: Membership }) {
  const t = useText('web')
  const navigate = useNavigate()
  return (
    <Menu position="bottom-start" width={252}>
      <Menu.Target>
        <button type="button" className={styles['switch']}>
          <span className={styles['mark']} data-initials={member.name.slice(0, 1).toUpperCase()} aria-hidden="true" />
          <span className={styles['name']}>{member.name}</span>
          <span className="pl-visually-hidden">{t('nav.switch')}</span>
          <IconSelector size={15} stroke={1.6} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('nav.organizations')}</Menu.Label>
        {session.organizations.map((one) => (
          <Menu.Item
            key={one.slug}
            rightSection={one.slug === member.slug ? <IconCheck size={15} aria-hidden="true" /> : null}
            onClick={() => void navigate({ to: '/o/$org', params: { org: one.slug }, search: {} })}
          >
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
