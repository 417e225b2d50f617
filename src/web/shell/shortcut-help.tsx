import { Modal, Table } from '@mantine/core'
import { useText } from '#ui/text.ts'
import styles from './shell.module.css'

const keys = [
  ['Ctrl K', 'command'],
  ['/', 'search'],
  ['j  k', 'move'],
  ['Enter', 'open'],
  ['Shift Enter', 'page'],
  ['e', 'edit'],
  ['o', 'owner'],
  ['d', 'date'],
  ['s', 'state'],
  ['x', 'select'],
  ['Shift j  Shift k', 'extend'],
  ['Shift Click', 'range'],
  ['Esc', 'close'],
  ['Ctrl Enter', 'submit'],
  ['?', 'help'],
] as const

/** The keys Plumbline understands. */
export function ShortcutHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText('web')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
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
