import { Button, Menu, Modal, TextInput } from '@mantine/core'
import { IconBookmark, IconChevronDown } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import type { WireResponse } from '#platform/contract/route.ts'
import { views } from '#platform/views/contract.ts'
import { FormFrame } from '#ui/form-frame.tsx'
import type { ViewMenuProps } from '#ui/list-frame.ts'
import { notify } from '#ui/notify.ts'
import { useErrorText, useText } from '#ui/text.ts'
import { listAddress, parseSearch } from '#ui/url-search.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApiLater, useCallApi } from './api.ts'
import styles from './view-menu.module.css'

type View = WireResponse<typeof views.save>

/** Views of a list kept under a name: opens, saves, shares and removes them. */
export function ViewMenu({ name, list, columns }: ViewMenuProps) {
  const t = useText('web')
  const { data } = useApiLater(views.list, { query: { list: name } })
  const [opened, setOpened] = useState(false)
  const [naming, setNaming] = useState<'new' | View | null>(null)
  const change = useCallApi(views.change)
  const share = useCallApi(views.share)
  const withdraw = useCallApi(views.withdraw)
  const items = data?.items ?? []
  const current = items.find((one) => one.id === list.view)
  // What would be saved: the address, and the columns on screen.
  const address = listAddress({ ...parseSearch(list.address), cols: columns.join(',') })
  const isChanged = current !== undefined && current.query !== address
  const plain = list.address === '' && current === undefined
  const groups = [
    { label: t('views.mine'), of: items.filter((one) => one.mine) },
    { label: t('views.team'), of: items.filter((one) => !one.mine) },
  ].filter(({ of }) => of.length > 0)
  const textOf = useErrorText()
  const failed = (error: Error) => notify(textOf(error))
  const open = (view: View) => list.show(view.query, view.id)
  return (
    <>
      <Menu opened={opened} onChange={setOpened} position="bottom-start" width={300}>
        <Menu.Target>
          <Button
            variant={current === undefined ? 'default' : 'light'}
            fw={450}
            maw={240}
            leftSection={<IconBookmark size={14} stroke={1.6} />}
            rightSection={<IconChevronDown size={13} />}
            aria-label={
              current === undefined
                ? t('views.open')
                : `${t('views.open')}: ${isChanged ? t('views.changed', { name: current.name }) : current.name}`
            }
          >
            {current === undefined ? (
              <span className={styles['title']}>{t('views.title')}</span>
            ) : (
              `${current.name}${isChanged ? ' *' : ''}`
            )}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={460} style={{ overflowY: 'auto' }}>
          <Menu.Item disabled={plain} onClick={() => list.show('', null)}>
            {t('views.all')}
          </Menu.Item>
          {groups.map(({ label, of }) => (
            <Fragment key={label}>
              <Menu.Label>{label}</Menu.Label>
              {of.map((view) => (
                <Menu.Item
                  key={view.id}
                  className={styles['name'] ?? ''}
                  aria-current={view.id === list.view ? 'true' : undefined}
                  fw={view.id === list.view ? 600 : 400}
                  onClick={() => open(view)}
                >
                  {view.name}
                  {view.mine ? null : <span className={styles['by']}>{t('views.by', { name: view.by })}</span>}
                </Menu.Item>
              ))}
            </Fragment>
          ))}
          {items.length === 0 ? <Menu.Label>{t('views.none')}</Menu.Label> : null}
          <Menu.Divider />
          {isChanged && current.can.edit ? (
            <Menu.Item
              onClick={() =>
                change.mutate(
                  { params: { viewId: current.id }, ifMatch: current.version, body: { query: address } },
                  {
                    onError: failed,
                    onSuccess: (view) => {
                      notify(t('views.saved', { name: view.name }))
                      open(view)
                    },
                  },
                )
              }
            >
              {t('views.saveChange', { name: current.name })}
            </Menu.Item>
          ) : null}
          <Menu.Item disabled={data?.can.save !== true} onClick={() => setNaming('new')}>
            {t('views.save')}
          </Menu.Item>
          {current?.can.edit === true ? (
            <>
              <Menu.Divider />
              <Menu.Label>{current.name}</Menu.Label>
              <Menu.Item onClick={() => setNaming(current)}>{t('views.rename')}</Menu.Item>
              {current.can.share ? (
                <Menu.Item
                  onClick={() =>
                    share.mutate(
                      { params: { viewId: current.id }, body: { shared: !current.shared } },
                      {
                        onError: failed,
                        onSuccess: ({ shared }) =>
                          notify(t(shared ? 'views.shared' : 'views.unshared', { name: current.name })),
                      },
                    )
                  }
                >
                  {t(current.shared ? 'views.unshare' : 'views.share')}
                </Menu.Item>
              ) : null}
              <Menu.Item
                c="var(--pl-bad)"
                onClick={() =>
                  withdraw.mutate(
                    { params: { viewId: current.id } },
                    {
                      onError: failed,
                      onSuccess: () => {
                        notify(t('views.removed', { name: current.name }))
                        list.show(list.address, null)
                      },
                    },
                  )
                }
              >
                {t('views.remove')}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={naming !== null}
        onClose={() => setNaming(null)}
        title={naming === null || naming === 'new' ? t('views.save') : t('views.renameTitle', { name: naming.name })}
        closeButtonProps={{ 'aria-label': t('nav.close') }}
      >
        {naming === null ? null : (
          <NameForm
            view={naming === 'new' ? null : naming}
            list={name}
            query={address}
            onClose={() => setNaming(null)}
            onSaved={(view) => {
              notify(t('views.saved', { name: view.name }))
              if (naming === 'new') open(view)
            }}
          />
        )}
      </Modal>
    </>
  )
}

function NameForm({
  view,
  list,
  query,
  onClose,
  onSaved,
}: {
  view: View | null
  list: string
  query: string
  onClose: () => void
  onSaved: (view: View) => void
}) {
  const t = useText('web')
  const save = useCallApi(views.save)
  const change = useCallApi(views.change)
  const form = useRecordForm({
    schema: views.save.body,
    initial: { list, query, name: view?.name ?? '' },
    guard: false,
    submit: ({ name }) =>
      view === null
        ? save.mutateAsync({ body: { list, query, name } })
        : change.mutateAsync({ params: { viewId: view.id }, ifMatch: view.version, body: { name } }),
    onDone: (saved) => {
      onSaved(saved)
      onClose()
    },
  })
  return (
    <FormFrame form={form} submitLabel={t('save')} onCancel={onClose}>
      <TextInput data-autofocus {...form.text('name', { label: t('views.name') })} />
    </FormFrame>
  )
}
