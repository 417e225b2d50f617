import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { parseDate } from '#kernel/time.ts'
import { parseSearch, writeSearch } from '#ui/url-search.ts'
import { changeLanguage, loadApiDocsTexts, loadImportTexts, loadModuleTexts, loadNavTexts } from './i18n.ts'
import { lazyPage } from './lazy-page.ts'
import { webModules } from './pages.ts'
import { enterScope } from './scope.ts'
import { installationQuery, sessionQuery } from './session.ts'
import { NotFoundPage, PendingPage, ProblemPage } from './shell/problem-page.tsx'

type AnySearch = Record<string, unknown> & { at?: string; locale?: string }

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  errorComponent: ProblemPage,
  notFoundComponent: NotFoundPage,
  validateSearch: (search: Record<string, unknown>): AnySearch => search,
  search: { middlewares: [retainSearchParams<AnySearch>(['locale'])] },
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context: { client } }) => {
    const session = await client.ensureQueryData(sessionQuery)
    if (session === null) {
      const { state } = await client.ensureQueryData(installationQuery)
      throw redirect({ to: state === 'fresh' ? '/set-up' : '/sign-in' })
    }
    const [first] = session.organizations
    if (first === undefined) throw redirect({ to: '/account' })
    throw redirect({ to: '/o/$org', params: { org: lastOrganization(session.organizations) ?? first.slug } })
  },
})

/** The organization looked at last on this machine, while it is still among the person's own. */
function lastOrganization(own: readonly { slug: string }[]): string | null {
  try {
    const slug = localStorage.getItem('plumbline.org')
    return own.some((one) => one.slug === slug) ? slug : null
  } catch {
    return null
  }
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  loader: ({ context: { client } }) => client.ensureQueryData(installationQuery),
  component: lazyRouteComponent(() => import('./pages/sign-in-page.tsx'), 'SignInPage'),
})
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  loader: ({ context: { client } }) => client.ensureQueryData(installationQuery),
  component: lazyRouteComponent(() => import('./pages/set-up-page.tsx'), 'SetUpPage'),
})
const link = createRoute({
  getParentRoute: () => root,
  path: '/link',
  component: lazyRouteComponent(() => import('./pages/link-page.tsx'), 'LinkPage'),
})

const apiDocs = createRoute({
  getParentRoute: () => root,
  path: '/api/docs',
  component: lazyRouteComponent(async () => {
    const [{ ApiDocsPage }] = await Promise.all([import('./api-docs/api-docs-page.tsx'), loadApiDocsTexts()])
    return { ApiDocsPage }
  }, 'ApiDocsPage'),
})

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context: { client }, location }) => {
    const session = await client.ensureQueryData(sessionQuery)
    if (session === null) throw redirect({ to: '/sign-in', search: { to: location.href } as AnySearch })
    await changeLanguage(session.account.locale)
  },
})
const account = createRoute({
  getParentRoute: () => signedIn,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/account-page.tsx'), 'AccountPage'),
})
const org = createRoute({
  getParentRoute: () => signedIn,
  path: '/o/$org',
  validateSearch: (search: AnySearch): AnySearch => {
    const { at, ...rest } = search
    return typeof at === 'string' && parseDate(at) !== null ? { ...rest, at } : rest
  },
  search: { middlewares: [retainSearchParams<AnySearch>(['at'])] },
  beforeLoad: async ({ params, search }) => {
    enterScope({ org: params.org, at: search.at ?? null })
    try {
      localStorage.setItem('plumbline.org', params.org)
    } catch {
      // Storage is blocked: the first organization opens next time.
    }
    void loadModuleTexts()
    await loadNavTexts()
  },
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
})

const page = (path: string, Content: ComponentType) =>
  createRoute({ getParentRoute: () => org, path, component: () => <Content />, errorComponent: ProblemPage })

/** The router over the shell's own pages and those of every module. */
export function newRouter(client: QueryClient) {
  const pages = [
    page(
      '/',
      lazyRouteComponent(() => import('./pages/overview-page.tsx'), 'OverviewPage'),
    ),
    page(
      '/members',
      lazyRouteComponent(() => import('./pages/members-page.tsx'), 'MembersPage'),
    ),
    page(
      '/import/$register',
      lazyPage(async () => {
        const [{ ImportPage }] = await Promise.all([
          import('./pages/import-page.tsx'),
          loadImportTexts(),
          // What a row becomes is said in the words of the registers.
          loadModuleTexts(),
        ])
        return ImportPage
      }),
    ),
    page(
      '/history',
      lazyPage(() => import('./pages/history-page.tsx').then((m) => m.HistoryPage)),
    ),
    ...webModules.flatMap((module) => module.routes).map((route) => page(route.path, lazyPage(route.page))),
  ]
  return createRouter({
    routeTree: root.addChildren([
      home,
      signIn,
      setUp,
      link,
      apiDocs,
      signedIn.addChildren([account, org.addChildren(pages)]),
    ]),
    context: { client },
    parseSearch,
    stringifySearch: writeSearch,
    defaultPreload: 'intent',
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: ProblemPage,
    defaultNotFoundComponent: NotFoundPage,
    defaultPendingMs: 400,
    scrollRestoration: true,
  })
}
