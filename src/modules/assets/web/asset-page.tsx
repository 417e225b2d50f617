import { ActionIcon, Button, Menu, Modal, Stack, Tooltip } from '@mantine/core'
import { IconArchive, IconCheck, IconDots, IconPencil, IconX } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { dateAt, systemClock } from '#kernel/time.ts'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DateField } from '#ui/date-field.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { FactList, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { usePast } from '#ui/past.ts'
import { RecordPage, type RecordProblem } from '#ui/record-page.tsx'
import { RecordSelect } from '#ui/record-select.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useErrorText, useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { call, useApi, useApiLater, useCallApi } from '#web/api.ts'
import { PersonField } from '#web/person-field.tsx'
import { RecordHistory } from '#web/record-history.tsx'
import { useOrgPath } from '#web/scope.ts'
import { useMe } from '#web/session.ts'
import { assets } from '../contract.ts'
import { AssetKind } from './asset-kind.tsx'
import { AssetValue } from './asset-value.tsx'
import styles from './assets.module.css'
import { gapTones } from './gap-marks.tsx'
import { OwnerName } from './owner-name.tsx'
import type { AssetView, Gap } from './wire.ts'

const lifeCycleMarks = { planned: ['clock', 'info'], inUse: ['full', 'good'], retired: ['dash', 'quiet'] } as const
const properties = ['confidentiality', 'integrity', 'availability'] as const

/** One asset: what it is worth, what it relies on, and what an auditor would object to. */
export function AssetPage() {
  const t = useText('assets')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const { ref } = usePageParams() as { ref: string }
  const { data: asset } = useApi(assets.show, { params: { assetId: ref } })
  const scheme = useApiLater(assets.scheme, {}).data?.items ?? []
  const [dialog, setDialog] = useState<'verify' | 'withdraw' | 'owner' | null>(null)
  const params = { assetId: asset.id }
  const withdraw = useCallApi(assets.withdraw)
  const change = useCallApi(assets.change, { invalidates: ['classification.'] })
  const edit = () => void navigate({ to: path(`/assets/${asset.ref}/edit`) })
  const reason = asset.withdrawnAt === null ? undefined : t('isWithdrawn')

  const fixes: Record<Gap, React.ReactNode> = {
    noOwner: <FixButton can={asset.can.edit} onClick={() => setDialog('owner')} label={t('fix.owner')} />,
    ownerUnresolved: <FixButton can={asset.can.edit} onClick={() => setDialog('owner')} label={t('fix.owner')} />,
    ownerLeft: <FixButton can={asset.can.edit} onClick={() => setDialog('owner')} label={t('fix.owner')} />,
    notClassified:
      scheme.length === 0 || !asset.can.edit ? (
        <FixButton
          can={asset.can.edit}
          onClick={() => void navigate({ to: path('/assets/classification') })}
          label={t('fix.scheme')}
        />
      ) : (
        <Menu>
          <Menu.Target>
            <Button variant="default" size="compact-sm" loading={change.isPending}>
              {t('fix.classify')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {scheme.map((level) => (
              <Menu.Item
                key={level.id}
                onClick={() => change.mutate({ params, ifMatch: asset.version, body: { classificationId: level.id } })}
              >
                {level.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ),
    notValued: <FixButton can={asset.can.edit} onClick={edit} label={t('fix.value')} />,
    neverVerified: <FixButton can={asset.can.verify} onClick={() => setDialog('verify')} label={t('fix.verify')} />,
  }
  const problems = asset.gaps.map(
    (gap): RecordProblem => ({
      key: gap,
      tone: gapTones[gap],
      what: t(`problem.${gap}.what`, { owner: asset.owner?.name ?? asset.ownerText }),
      fix: t(`problem.${gap}.fix`),
      action: fixes[gap],
    }),
  )
  const [glyph, tone] = lifeCycleMarks[asset.lifeCycle]
  const stated = (text: string) => (text === '' ? <span className="pl-muted">{t('notStated')}</span> : text)
  const withdrawn: RecordProblem[] =
    asset.withdrawnAt === null
      ? []
      : [{ key: 'withdrawn', tone: 'info', what: t('withdrawnOn', { date: format.date(asset.withdrawnAt) }) }]
  return (
    <RecordPage
      reference={asset.ref}
      title={asset.name}
      state={
        <StatusBadge tone={tone} glyph={glyph}>
          {t(`lifeCycles.${asset.lifeCycle}`)}
        </StatusBadge>
      }
      ownerLabel={t('fields.ownerId')}
      owner={<OwnerName owner={asset.owner} text={asset.ownerText} />}
      facts={[
        { label: t('fields.kind'), value: <AssetKind kind={asset.kind} /> },
        { label: t('fields.value'), value: <AssetValue asset={asset} /> },
        {
          label: t('fields.classification'),
          value: asset.classification?.name ?? <span className="pl-muted">{t('notStated')}</span>,
        },
      ]}
      problems={asset.withdrawnAt === null ? problems : withdrawn}
      actions={
        <>
          <Action
            variant="default"
            icon={<IconCheck size={15} />}
            can={asset.can.verify}
            reason={reason}
            onClick={() => setDialog('verify')}
          >
            {t('verify.action')}
          </Action>
          <Action icon={<IconPencil size={15} stroke={1.6} />} can={asset.can.edit} reason={reason} onClick={edit}>
            {t('edit')}
          </Action>
          <MoreMenu asset={asset} onWithdraw={() => setDialog('withdraw')} />
        </>
      }
      questions={(['owner', 'handling', 'verified', 'complete'] as const).map((key) => t(`questions.${key}`))}
      history={<RecordHistory type="asset" id={asset.id} />}
    >
      <Section title={t('sections.what')}>
        <FactList
          facts={[
            { label: t('fields.description'), value: <span className="pl-prose">{stated(asset.description)}</span> },
            { label: t('fields.category'), value: stated(asset.category) },
            {
              label: t('fields.custodian'),
              value:
                asset.custodian === null && asset.custodianText === '' ? (
                  <span className="pl-muted">{t('notStated')}</span>
                ) : (
                  <OwnerName owner={asset.custodian} text={asset.custodianText} />
                ),
            },
            { label: t('fields.location'), value: stated(asset.location) },
            { label: t('fields.environment'), value: stated(asset.environment) },
            { label: t('fields.supplier'), value: stated(asset.supplier) },
            { label: t('fields.personalData'), value: t(`personalData.${asset.personalData}`) },
            {
              label: t('fields.verifiedOn'),
              value: asset.verifiedOn === null ? t('never') : format.date(asset.verifiedOn),
            },
            ...(asset.note === '' ? [] : [{ label: t('fields.note'), value: asset.note }]),
          ]}
        />
      </Section>
      <Section title={t('sections.value')}>
        {properties.every((one) => asset[one] === null) && asset.criticality !== null ? (
          <p style={{ margin: '0 0 8px' }}>
            <strong>{t(`levels.${asset.criticality}`)}</strong>{' '}
            <span className="pl-muted">{t('value.overallOnly')}</span>
          </p>
        ) : (
          <dl className={styles['values']}>
            {properties.map((one) => (
              <div key={one}>
                <dt>{t(`fields.${one}`)}</dt>
                <dd className={asset[one] === null ? styles['none'] : undefined}>
                  {asset[one] === null ? t('notStated') : `${String(asset[one])} ${t(`levels.${asset[one]}`)}`}
                </dd>
              </div>
            ))}
          </dl>
        )}
        {asset.valueReason === '' ? (
          <span className="pl-muted">{t('value.noReason')}</span>
        ) : (
          <p style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{asset.valueReason}</p>
        )}
      </Section>
      <Dependencies asset={asset} />
      <VerifyDialog asset={asset} opened={dialog === 'verify'} onClose={() => setDialog(null)} />
      <ConfirmDialog
        opened={dialog === 'withdraw'}
        onClose={() => setDialog(null)}
        title={t('withdraw.title', { ref: asset.ref })}
        confirmLabel={t('withdraw.action')}
        danger
        reason="required"
        onConfirm={async (text) => {
          await withdraw.mutateAsync({ params, body: { reason: text } })
          notify(t('withdraw.done', { ref: asset.ref }))
        }}
      >
        {t('withdraw.text')}
      </ConfirmDialog>
      <Modal
        opened={dialog === 'owner'}
        onClose={() => setDialog(null)}
        title={t('fix.owner')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {dialog === 'owner' ? <OwnerForm asset={asset} onClose={() => setDialog(null)} /> : null}
      </Modal>
    </RecordPage>
  )
}

function FixButton({ can, onClick, label }: { can: boolean; onClick: () => void; label: string }) {
  return (
    <Action variant="default" size="compact-sm" can={can} onClick={onClick}>
      {label}
    </Action>
  )
}

function MoreMenu({ asset, onWithdraw }: { asset: AssetView; onWithdraw: () => void }) {
  const t = useText('assets')
  const past = usePast()
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('more')}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArchive size={15} stroke={1.6} />}
          disabled={!asset.can.withdraw || past !== null}
          onClick={onWithdraw}
        >
          {t('withdraw.action')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function OwnerForm({ asset, onClose }: { asset: AssetView; onClose: () => void }) {
  const t = useText('assets')
  const change = useCallApi(assets.change)
  const form = useRecordForm({
    schema: assets.change.body,
    initial: { ownerId: asset.owner?.active === true ? asset.owner.id : null },
    version: asset.version,
    guard: false,
    submit: (body, version) =>
      change.mutateAsync({ params: { assetId: asset.id }, body, ifMatch: version ?? asset.version }),
    onDone: () => {
      notify(t('saved'))
      onClose()
    },
  })
  return (
    <FormFrame form={form} submitLabel={t('save')} onCancel={onClose}>
      <PersonField
        known={[asset.owner]}
        {...form.choice('ownerId', {
          label: t('fields.owner'),
          hint: asset.ownerText === '' ? t('hints.owner') : t('hints.ownerFrom', { text: asset.ownerText }),
        })}
      />
    </FormFrame>
  )
}

/** Records that the asset was seen as described, on a day that may lie in the past. */
export function VerifyDialog({
  asset,
  opened,
  onClose,
}: {
  asset: Pick<AssetView, 'id' | 'ref' | 'name'>
  opened: boolean
  onClose: () => void
}) {
  const t = useText('assets')
  const zone = useMe()?.organization.timeZone ?? 'UTC'
  const today = dateAt(systemClock(), zone)
  const [on, setOn] = useState<string | null>(null)
  const verify = useCallApi(assets.verify)
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('verify.title', { ref: asset.ref })}
      confirmLabel={t('verify.action')}
      reason="optional"
      onConfirm={async (note) => {
        await verify.mutateAsync({ params: { assetId: asset.id }, body: { on: on ?? today, note } })
        notify(t('verify.done', { ref: asset.ref }))
      }}
    >
      <Stack gap="sm">
        <span>{t('verify.text', { name: asset.name })}</span>
        <DateField label={t('verify.on')} value={on ?? today} max={today} onChange={setOn} />
      </Stack>
    </ConfirmDialog>
  )
}

function Dependencies({ asset }: { asset: AssetView }) {
  const t = useText('assets')
  const errorText = useErrorText()
  const add = useCallApi(assets.relyOn)
  const remove = useCallApi(assets.relyNoMore)
  const find = async (text: string, signal: AbortSignal) => {
    const { items } = await call(assets.list, { query: { q: text, limit: 20, sort: 'name' }, signal })
    const already = new Set(asset.reliesOn.map((one) => one.id))
    return items
      .filter((one) => one.id !== asset.id && !already.has(one.id))
      .map((one) => ({ id: one.id, ref: one.ref, title: one.name, note: t(`kinds.${one.kind}`) }))
  }
  return (
    <Section title={t('sections.chain')}>
      <div className={styles['chain']}>
        <div>
          <h3>{t('chain.reliesOn')}</h3>
          <Others
            items={asset.reliesOn}
            nothing={t('chain.nothing')}
            onRemove={
              asset.can.edit ? (one) => remove.mutate({ params: { assetId: asset.id, reliesOnId: one.id } }) : undefined
            }
          />
          {asset.can.edit ? (
            <div style={{ marginTop: 8 }}>
              <RecordSelect
                label={t('chain.add')}
                source={`assets.not.${asset.id}.${String(asset.reliesOn.length)}`}
                value={null}
                find={find}
                error={add.error === null ? undefined : errorText(add.error)}
                onChange={(one) => {
                  if (one !== null) add.mutate({ params: { assetId: asset.id }, body: { reliesOnId: one.id } })
                }}
              />
            </div>
          ) : null}
        </div>
        <div>
          <h3>{t('chain.reliedOnBy')}</h3>
          <Others items={asset.reliedOnBy} nothing={t('chain.nobody')} />
        </div>
      </div>
    </Section>
  )
}

function Others({
  items,
  nothing,
  onRemove,
}: {
  items: AssetView['reliesOn']
  nothing: string
  onRemove?: ((one: AssetView['reliesOn'][number]) => void) | undefined
}) {
  const t = useText('assets')
  const path = useOrgPath()
  const past = usePast()
  if (items.length === 0) return <p className="pl-muted">{nothing}</p>
  return (
    <ul className={styles['others']}>
      {items.map((one) => (
        <li key={one.id}>
          <span className="pl-ref">{one.ref}</span>
          <PathLink to={path(`/assets/${one.ref}`)}>{one.name}</PathLink>
          {onRemove === undefined || past !== null ? null : (
            <Tooltip label={t('chain.remove')}>
              <ActionIcon
                className={styles['end'] ?? ''}
                size="sm"
                aria-label={t('chain.removeOne', { name: one.name })}
                onClick={() => onRemove(one)}
              >
                <IconX size={14} />
              </ActionIcon>
            </Tooltip>
          )}
        </li>
      ))}
    </ul>
  )
}
