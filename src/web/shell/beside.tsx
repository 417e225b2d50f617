import { useMediaQuery } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, memo, type ReactNode, Suspense, useMemo } from 'react'
import { type ListFrame, ListFrameContext, type ViewMenuProps } from '#ui/list-frame.ts'
import { besideMark } from '#ui/use-table-keys.ts'
import { webModules } from '../pages.ts'
import { type RecordAt, recordAt } from '../record-at.ts'
import { useOrgPath } from '../scope.ts'

const ViewMenu = lazy(() => import('../view-menu.tsx').then((m) => ({ default: m.ViewMenu })))
const BesidePanel = lazy(() => import('./beside-panel.tsx').then((m) => ({ default: m.BesidePanel })))

const routes = webModules.flatMap((module) => module.routes)
/** Below this a record beside a list leaves too little of both. */
const roomy = '(min-width: 68em)'

// Lists draw themselves again at every step of scrolling; the menu need not.
const LazyViewMenu: ListFrame['ViewMenu'] = memo((props: ViewMenuProps) => (
  <Suspense fallback={null}>
    <ViewMenu {...props} />
  </Suspense>
))

/** What the address says stands beside the page: `?beside=/risks/R-12`. Nothing where there is no room. */
export function useBeside(): { frame: ListFrame; record: (RecordAt & { path: string }) | null } {
  const { beside } = useSearch({ strict: false }) as { beside?: unknown }
  const navigate = useNavigate()
  const orgPath = useOrgPath()
  const hasRoom = useMediaQuery(roomy, false, { getInitialValueInEffect: false })
  const root = orgPath('/')
  return useMemo(() => {
    const own = typeof beside === 'string' && hasRoom ? beside : null
    const at = own === null ? null : recordAt(routes, own)
    const inside = (path: string) => (path.startsWith(`${root}/`) ? path.slice(root.length) : path)
    const show = (path: string | undefined, replace: boolean) =>
      void navigate({
        to: '.',
        search: (old: Record<string, unknown>) => ({ ...old, beside: path }),
        replace,
        resetScroll: false,
      } as Parameters<typeof navigate>[0])
    return {
      record: at === null || own === null ? null : { ...at, path: own },
      frame: {
        beside: at === null || own === null ? null : `${root}${own}`,
        fits: (path: string) => hasRoom && recordAt(routes, inside(path)) !== null,
        // Going from record to record is one step back to the list, not many.
        open: (path: string) => show(inside(path), own !== null),
        close: () => show(undefined, true),
        enter: () => document.querySelector<HTMLElement>(`[${besideMark}]`)?.focus(),
        ViewMenu: LazyViewMenu,
      },
    }
  }, [beside, hasRoom, navigate, root])
}

/** The frame's content with the record beside it. */
export function WithBeside({ children }: { children: (panel: ReactNode, open: boolean) => ReactNode }) {
  const { frame, record } = useBeside()
  return (
    <ListFrameContext value={frame}>
      {children(
        record === null ? null : (
          <Suspense fallback={null}>
            <BesidePanel key={record.path} record={record} path={frame.beside ?? ''} onClose={frame.close} />
          </Suspense>
        ),
        record !== null,
      )}
    </ListFrameContext>
  )
}
