import { IconSearch } from '@tabler/icons-react'
import { useText } from '#ui/text.ts'
import { loadCommands } from './on-demand.tsx'
import styles from './shell.module.css'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Opens the command menu; looks like the search field people expect there. */
export function SearchButton({ open }: { open: () => void }) {
  const t = useText('web')
  return (
    <button
      type="button"
      className={styles['find']}
      onPointerEnter={() => void loadCommands()}
      onFocus={() => void loadCommands()}
      onClick={open}
    >
      <IconSearch size={16} stroke={1.6} aria-hidden="true" />
      <span>{t('command.open')}</span>
      <kbd translate="no" aria-hidden="true">
        {isMac ? '⌘K' : 'Ctrl K'}
      </kbd>
    </button>
  )
}
