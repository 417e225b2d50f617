import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowsDiagonal, IconX } from '@tabler/icons-react'
import { CatchBoundary, type ErrorComponentProps, Link } from '@tanstack/react-router'
import { type KeyboardEvent, Suspense, useState } from 'react'
import { CrumbContext } from '#ui/crumb.ts'
import { ErrorBand } from '#ui/error-band.tsx'
import { ListFrameContext, useListFrame } from '#ui/list-frame.ts'
import { PageParamsContext } from '#ui/page-params.ts'
import { useText } from '#ui/text.ts'
import { besideMark } from '#ui/use-table-keys.ts'
import { lazyPage } from '../lazy-page.ts'
import type { RecordAt } from '../record-at.ts'
import styles from './beside.module.css'
import { PendingPage } from './problem-page.tsx'

/** A record beside its list: its whole page, with a way to open it alone and a way to close it. */
export function BesidePanel({ record, path, onClose }: { record: RecordAt; path: string; onClose: () => void }) {
  const t = useText('web')
  const [name, setName] = useState<string | null>(null)
  const frame = useListFrame()
  const Content = lazyPage(record.route.page)
  const onKeyDown = (event: KeyboardEvent) => {
    // Fields, menus and dialogs of the record have their own use for Escape.
    const own = (event.target as Element).closest('input,textarea,select,[role=dialog],[role=menu],[role=listbox]')
    if (event.key !== 'Escape' || event.defaultPrevented || own !== null) return
    onClose()
    document.querySelector<HTMLElement>('[role=grid]')?.focus()
  }
  return (
    // A region one can read and scroll with the keyboard has to take it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      className={styles['panel']}
      aria-label={t('beside.label', { name: name ?? '' })}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={-1}
      onKeyDown={onKeyDown}
      {...{ [besideMark]: true }}
    >
      <div className={styles['bar']}>
        <span className={styles['name']}>{name}</span>
        <Tooltip label={t('beside.page')}>
          <ActionIcon aria-label={t('beside.page')} renderRoot={(props) => <Link {...props} to={path} search={{}} />}>
            <IconArrowsDiagonal size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('beside.close')}>
          <ActionIcon aria-label={t('beside.close')} onClick={onClose}>
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
      <CatchBoundary getResetKey={() => path} errorComponent={Failed}>
        <Suspense fallback={<PendingPage />}>
          <PageParamsContext value={record.params}>
            <CrumbContext value={setName}>
              <ListFrameContext value={{ ...frame, beside: null, fits: () => false, ViewMenu: null }}>
                <Content />
              </ListFrameContext>
            </CrumbContext>
          </PageParamsContext>
        </Suspense>
      </CatchBoundary>
    </aside>
  )
}

function Failed({ error, reset }: ErrorComponentProps) {
  return (
    <div style={{ padding: 20 }}>
      <ErrorBand error={error} retry={reset} />
    </div>
  )
}
