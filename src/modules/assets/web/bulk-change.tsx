import { Button, Menu, Popover, Stack } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { WireBody } from '#platform/contract/route.ts'
import { Action } from '#ui/action.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { notify } from '#ui/notify.ts'
import { useText } from '#ui/text.ts'
import { useCallApi } from '#web/api.ts'
import { PersonField } from '#web/person-field.tsx'
import { assets } from '../contract.ts'
import { lifeCycles } from '../domain/asset.ts'
import styles from './assets.module.css'
import type { AssetItem, Level } from './wire.ts'

/** Changes owner, classification or life cycle of the selected assets at once, all or none. */
export function BulkChange({
  rows,
  levels,
  done,
}: {
  rows: readonly AssetItem[]
  levels: readonly Level[]
  done: () => void
}) {
  const t = useText('assets')
  const change = useCallApi(assets.changeMany, {
    invalidates: ['classification.'],
    onDone: ({ changed }) => {
      notify(t('bulk.done', { count: changed }))
      done()
    },
  })
  const [naming, setNaming] = useState(false)
  const [owner, setOwner] = useState<string | null>(null)
  const foreign = rows.filter((one) => !one.can.edit).length
  const can = foreign === 0
  const reason = t('bulk.notYours', { count: foreign })
  const send = (patch: WireBody<typeof assets.changeMany>['patch']) =>
    change.mutate({ body: { items: rows.map(({ id, version }) => ({ id, version })), patch } })
  const chooser = (label: string, options: readonly { key: string; label: string; choose: () => void }[]) =>
    can ? (
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" loading={change.isPending} rightSection={<IconChevronDown size={13} />}>
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {options.map((option) => (
            <Menu.Item key={option.key} onClick={option.choose}>
              {option.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    ) : (
      <Action variant="default" can={false} reason={reason}>
        {label}
      </Action>
    )
  return (
    <div className={styles['bulk']}>
      <Popover opened={naming && can} onChange={setNaming} position="bottom-start" trapFocus>
        <Popover.Target>
          <span>
            <Action
              variant="default"
              can={can}
              reason={reason}
              loading={change.isPending}
              onClick={() => setNaming(!naming)}
            >
              {t('bulk.owner')}
            </Action>
          </span>
        </Popover.Target>
        <Popover.Dropdown w={300}>
          <Stack gap="xs">
            <PersonField label={t('fields.owner')} value={owner} onChange={setOwner} />
            <Button
              disabled={owner === null}
              onClick={() => {
                setNaming(false)
                send({ ownerId: owner })
              }}
            >
              {t('bulk.setOwner', { count: rows.length })}
            </Button>
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {chooser(
        t('bulk.classification'),
        levels.map((one) => ({ key: one.id, label: one.name, choose: () => send({ classificationId: one.id }) })),
      )}
      {chooser(
        t('bulk.lifeCycle'),
        lifeCycles.map((lifeCycle) => ({
          key: lifeCycle,
          label: t(`lifeCycles.${lifeCycle}`),
          choose: () => send({ lifeCycle }),
        })),
      )}
      {change.error === null ? null : <ErrorBand error={change.error} />}
    </div>
  )
}
