import { Modal, NumberInput, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconShieldLock } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { Page } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { assets } from '../contract.ts'
import styles from './assets.module.css'
import type { Level } from './wire.ts'

/** The classification scheme (A.5.12) with the rules for handling what carries a level (A.5.13, A.5.10). */
export function SchemePage() {
  const t = useText('assets')
  const { i18n } = useTranslation()
  const path = useOrgPath()
  const format = useFormat()
  const { data } = useApi(assets.scheme, {})
  const [editing, setEditing] = useState<Level | 'new' | null>(null)
  const [withdrawing, setWithdrawing] = useState<Level | null>(null)
  const adopt = useCallApi(assets.adoptScheme, { invalidates: ['asset.'] })
  const withdraw = useCallApi(assets.withdrawLevel, { invalidates: ['asset.'] })
  const adding = (variant: 'filled' | 'default') => (
    <Action variant={variant} icon={<IconPlus size={15} />} can={data.can.edit} onClick={() => setEditing('new')}>
      {t('scheme.add')}
    </Action>
  )
  return (
    <Page
      title={t('scheme.title')}
      clause="A.5.12"
      lead={t('scheme.lead')}
      actions={data.items.length === 0 ? undefined : adding('filled')}
    >
      {data.items.length === 0 ? (
        <EmptyState
          icon={<IconShieldLock size={28} stroke={1.5} />}
          title={t('scheme.empty')}
          clause="A.5.12"
          actions={
            <>
              <Action
                can={data.can.edit}
                loading={adopt.isPending}
                onClick={() => adopt.mutate({ body: { language: i18n.language === 'de' ? 'de' : 'en' } })}
              >
                {t('scheme.adopt')}
              </Action>
              {adding('default')}
            </>
          }
        >
          {t('scheme.emptyText')}
          {adopt.error === null ? null : <ErrorBand error={adopt.error} />}
        </EmptyState>
      ) : (
        <div className={styles['scheme']}>
          {data.items.map((level) => (
            <article key={level.id} className={styles['rung']}>
              <span className={styles['rank']}>{level.rank}</span>
              <div>
                <h2>{level.name}</h2>
                <p>
                  {level.description === '' ? <span className="pl-muted">{t('notStated')}</span> : level.description}
                </p>
                <div style={{ marginTop: 6, fontSize: '0.8125rem' }}>
                  {level.assets === 0 ? (
                    <span className="pl-muted">{t('scheme.noAssets')}</span>
                  ) : (
                    <PathLink to={path(`/assets?classificationId=${level.id}`)}>
                      {t('scheme.assets', { count: level.assets, shown: format.number(level.assets) })}
                    </PathLink>
                  )}
                </div>
              </div>
              <div>
                <span className={styles['caption']}>{t('scheme.handling')}</span>
                <p>
                  {level.handling === '' ? <span className="pl-muted">{t('scheme.noHandling')}</span> : level.handling}
                </p>
              </div>
              <div style={{ display: 'flex', gap: 6 }}>
                <Action size="compact-xs" variant="default" can={data.can.edit} onClick={() => setEditing(level)}>
                  {t('edit')}
                </Action>
                <Action
                  size="compact-xs"
                  variant="subtle"
                  can={data.can.edit && level.assets === 0}
                  reason={level.assets > 0 ? t('scheme.inUse', { count: level.assets }) : undefined}
                  onClick={() => setWithdrawing(level)}
                >
                  {t('withdraw.level')}
                </Action>
              </div>
            </article>
          ))}
        </div>
      )}
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        size="lg"
        title={editing === 'new' ? t('scheme.add') : editing?.name}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {editing === null ? null : (
          <LevelForm
            level={editing === 'new' ? null : editing}
            next={Math.min(10, Math.max(0, ...data.items.map((one) => one.rank)) + 1)}
            onClose={() => setEditing(null)}
          />
        )}
      </Modal>
      {withdrawing === null ? null : (
        <ConfirmDialog
          opened
          onClose={() => setWithdrawing(null)}
          title={t('scheme.withdraw', { name: withdrawing.name })}
          confirmLabel={t('withdraw.level')}
          danger
          reason="required"
          onConfirm={(reason) => withdraw.mutateAsync({ params: { levelId: withdrawing.id }, body: { reason } })}
        >
          {t('scheme.withdrawText')}
        </ConfirmDialog>
      )}
    </Page>
  )
}

function LevelForm({ level, next, onClose }: { level: Level | null; next: number; onClose: () => void }) {
  const t = useText('assets')
  const add = useCallApi(assets.addLevel, { invalidates: ['asset.'] })
  const change = useCallApi(assets.changeLevel, { invalidates: ['asset.'] })
  const form = useRecordForm({
    schema: assets.addLevel.body,
    initial: {
      name: level?.name ?? '',
      rank: level?.rank ?? next,
      description: level?.description ?? '',
      handling: level?.handling ?? '',
    },
    version: level?.version ?? 0,
    submit: async (body, version) => {
      if (level === null) await add.mutateAsync({ body })
      else await change.mutateAsync({ params: { levelId: level.id }, body, ifMatch: version ?? level.version })
    },
    onDone: () => {
      notify(t('saved'))
      onClose()
    },
  })
  return (
    <FormFrame form={form} submitLabel={level === null ? t('scheme.add') : t('save')} onCancel={onClose}>
      <div className={styles['pair']}>
        <TextInput data-autofocus {...form.text('name', { label: t('fields.name') })} />
        <NumberInput
          {...form.number('rank', { label: t('scheme.rank'), hint: t('scheme.rankHint') })}
          min={1}
          max={10}
        />
      </div>
      <Textarea {...form.text('description', { label: t('scheme.description'), hint: t('scheme.descriptionHint') })} />
      <Textarea {...form.text('handling', { label: t('scheme.handling'), hint: t('scheme.handlingHint') })} />
    </FormFrame>
  )
}
