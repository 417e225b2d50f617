import { ActionIcon, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconMenu2 } from '@tabler/icons-react'
import { Outlet, useLocation } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import { CrumbContext } from '#ui/crumb.ts'
import { PathLink } from '#ui/link.tsx'
import { PastContext } from '#ui/past.ts'
import { useText } from '#ui/text.ts'
import { navigationFor, webModules } from '../pages.ts'
import { useOrgPath, useScope } from '../scope.ts'
import { useMe, useSession } from '../session.ts'
import { AsOf, PastBand } from './as-of.tsx'
import { WithBeside } from './beside.tsx'
import { Navigation } from './navigation.tsx'
import { CommandsOnDemand, HelpOnDemand, useOnDemand } from './on-demand.tsx'
import { PersonMenu } from './person-menu.tsx'
import { NotFoundPage, PendingPage } from './problem-page.tsx'
import { SearchButton } from './search-button.tsx'
import styles from './shell.module.css'

/** The frame of an organization's pages: navigation, top bar, command menu, as-of band. */
export function Shell() {
  const t = useText('web')
  const session = useSession()
  const { org, at } = useScope()
  const me = useMe()
  const path = useOrgPath()
  const location = useLocation()
  const [drawer, { open, close }] = useDisclosure()
  const [crumb, setCrumb] = useState<string | null>(null)
  const { openCommands, wanted } = useOnDemand()
  const main = useRef<HTMLElement>(null)
  const member = session.organizations.find((one) => one.slug === org)
  const groups = navigationFor(webModules, me?.actions ?? null)
  // The longest address that fits: a run belongs to /risks/runs, not to /risks.
  const parent = groups
    .flatMap((group) => group.items)
    .flatMap((item) => [item.path, ...(item.also ?? [])].map((at) => ({ item, at: path(at) })))
    .filter(({ at }) => location.pathname.startsWith(`${at}/`))
    .sort((a, b) => b.at.length - a.at.length)[0]?.item

  useEffect(() => {
    document.title = [crumb, member?.name, 'Plumbline'].filter(Boolean).join(' · ')
  }, [crumb, member?.name])
  useEffect(() => close(), [location.pathname, close])

  if (member === undefined) return <NotFoundPage />
  return (
    <PastContext value={at}>
      <CrumbContext value={setCrumb}>
        <a
          className={styles['skip']}
          href="#main"
          onClick={(event) => {
            event.preventDefault()
            main.current?.focus()
          }}
        >
          {t('skip')}
        </a>
        <WithBeside>
          {(panel, beside) => (
            <div className={styles['shell']} data-beside-open={beside || undefined}>
              <nav className={styles['nav']} aria-label={t('nav.label')}>
                <Navigation session={session} member={member} groups={groups} actions={me?.actions ?? null} />
              </nav>
              <section className={styles['top']} aria-label={t('nav.top')}>
                <ActionIcon className={styles['onlyNarrow'] ?? ''} size="lg" aria-label={t('nav.open')} onClick={open}>
                  <IconMenu2 size={20} stroke={1.6} />
                </ActionIcon>
                <div className={styles['crumbs']}>
                  <span className={styles['onlyWide']}>
                    <PathLink to={path('/')}>{member.name}</PathLink>
                  </span>
                  {/* A separator goes with what follows it: while a page loads there is nothing yet. */}
                  {parent === undefined ? null : (
                    <>
                      <span className={styles['onlyWide']} aria-hidden="true">
                        /
                      </span>
                      <PathLink to={path(parent.path)}>{t(parent.labelKey)}</PathLink>
                    </>
                  )}
                  {crumb === null ? null : (
                    <>
                      <span className={parent === undefined ? styles['onlyWide'] : undefined} aria-hidden="true">
                        /
                      </span>
                      <span className={styles['here']}>{crumb}</span>
                    </>
                  )}
                </div>
                <SearchButton open={openCommands} />
                <AsOf />
                <PersonMenu session={session} />
              </section>
              <main ref={main} id="main" tabIndex={-1} className={styles['main']}>
                <PastBand />
                <Suspense fallback={<PendingPage />}>
                  <Outlet />
                </Suspense>
              </main>
              {panel}
            </div>
          )}
        </WithBeside>
        <Drawer
          opened={drawer}
          onClose={close}
          size={288}
          title="Plumbline"
          closeButtonProps={{ 'aria-label': t('nav.close') }}
        >
          <nav className={styles['drawer']} aria-label={t('nav.label')}>
            <Navigation session={session} member={member} groups={groups} actions={me?.actions ?? null} />
          </nav>
        </Drawer>
        <CommandsOnDemand wanted={wanted} groups={groups} actions={me?.actions ?? null} />
        <HelpOnDemand />
      </CrumbContext>
    </PastContext>
  )
}
