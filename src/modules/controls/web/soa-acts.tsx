import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { Action } from '#ui/action.tsx'
import { ImportAction } from '#ui/import-action.tsx'
import { PathLink } from '#ui/link.tsx'
import { useText } from '#ui/text.ts'
import type { ListState } from '#ui/use-list-state.ts'
import { RegisterExport } from '#web/register-export.tsx'
import { useOrgPath } from '#web/scope.ts'
import { controls } from '../contract.ts'
import type { Statement } from './wire.ts'

/** What can be done with the statement besides proposing it; beside a control it waits behind one button. */
export function SoaActs({
  can,
  tight,
  query,
  onAdd,
}: {
  can: Statement['can']
  tight: boolean
  /** The filter of the list, which an export follows. */
  query: ListState['query']
  onAdd: () => void
}) {
  const t = useText('controls')
  const path = useOrgPath()
  const navigate = useNavigate()
  const goTo = (page: string) => () => void navigate({ to: path(page) })
  if (tight) {
    return (
      <>
        <RegisterExport contract={controls.export} query={query} />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t('soa.more')}>
              <IconDots size={16} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={goTo('/soa/versions')}>{t('versions.title')}</Menu.Item>
            {can.import ? <Menu.Item onClick={goTo('/import/soa')}>{t('soa.import')}</Menu.Item> : null}
            {can.create ? <Menu.Item onClick={onAdd}>{t('own.add')}</Menu.Item> : null}
          </Menu.Dropdown>
        </Menu>
      </>
    )
  }
  return (
    <>
      <PathLink to={path('/soa/versions')} style={{ alignSelf: 'center', padding: '4px 8px' }}>
        {t('versions.title')}
      </PathLink>
      <RegisterExport contract={controls.export} query={query} />
      <ImportAction can={can.import} onClick={goTo('/import/soa')}>
        {t('soa.import')}
      </ImportAction>
      <Action variant="default" icon={<IconPlus size={15} stroke={1.6} />} can={can.create} onClick={onAdd}>
        {t('own.add')}
      </Action>
    </>
  )
}
