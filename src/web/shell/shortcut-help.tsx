import { Modal, Table } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useText } from '#ui/text.ts'
import { isTyping } from '#ui/use-table-keys.ts'
import styles from './shell.module.css'

const openEvent = 'plumbline:keys'

/** Opens the list of keys from anywhere. */
export function openShortcutHelp(): void {
  document.dispatchEvent(new Event(openEvent))
}

const keys = [
  ['Ctrl K', 'command'],
  ['/', 'search'],
  ['j  k', 'move'],
  ['Enter', 'open'],
  ['e', 'edit'],
  ['x', 'select'],
  ['Shift j  Shift k', 'extend'],
  ['Ctrl Enter', 'submit'],
  ['?', 'help'],
] as const

/** The keys Plumbline understands; `?` opens it. */
export function ShortcutHelp() {
  const t = useText('web')
  const [opened, setOpened] = useState(false)
  useEffect(() => {
    const show = () => setOpened(true)
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) show()
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener(openEvent, show)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener(openEvent, show)
    }
  }, [])
  return (
    <Modal
      opened={opened}
      onClose={() => setOpened(false)}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('nav.close') }}
    >
      <Table>
        <Table.Tbody>
          {keys.map(([combination, name]) => (
            <Table.Tr key={name}>
              <Table.Td w={140} translate="no">
                {combination.split(/ {2}/).map((one) => (
                  <kbd key={one} className={styles['kbd']} style={{ marginRight: 6 }}>
                    {one}
                  </kbd>
                ))}
              </Table.Td>
              <Table.Td>{t(`keys.${name}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
