import { Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconKeyboard, IconLogout, IconUser } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { identity } from '#platform/identity/contract.ts'
import { dropAllDrafts } from '#ui/drafts.ts'
import { useText } from '#ui/text.ts'
import { call } from '../api.ts'
import { beginSession, type Session } from '../session.ts'
import { openShortcutHelp } from './on-demand.tsx'
import styles from './shell.module.css'

/** The person: account, light or dark, keys, signing out. */
export function PersonMenu({ session }: { session: Session }) {
  const t = useText('web')
  const navigate = useNavigate()
  const client = useQueryClient()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const signOut = async () => {
    await call(identity.signOut, {}).catch(() => undefined)
    dropAllDrafts()
    beginSession(client, null)
    await navigate({ to: '/sign-in', search: {} })
  }
  const initials = session.account.name
    .split(/\s+/)
    .map((word) => word.slice(0, 1))
    .slice(0, 2)
    .join('')
  return (
    <Menu width={240}>
      <Menu.Target>
        <UnstyledButton
          aria-label={t('person.menu', { name: session.account.name })}
          ml={4}
          style={{ borderRadius: '50%' }}
        >
          <span className={styles['initials']} data-initials={initials} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--pl-text)">
            {session.account.name}
          </Text>
          <Text size="xs">{session.account.email}</Text>
        </Menu.Label>
        <Menu.Item leftSection={<IconUser size={16} stroke={1.6} />} onClick={() => void navigate({ to: '/account' })}>
          {t('person.account')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={16} stroke={1.6} />}
          onClick={openShortcutHelp}
          rightSection={<Text size="xs">?</Text>}
        >
          {t('person.keys')}
        </Menu.Item>
        <Menu.Divider />
        <div style={{ padding: '4px 8px 8px' }}>
          <Text size="xs" c="dimmed" mb={4}>
            {t('person.scheme')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-label={t('person.scheme')}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
            data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`person.${value}`) }))}
          />
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void signOut()}>
          {t('person.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
