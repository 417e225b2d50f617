import { Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { WireResponse } from '#platform/contract/route.ts'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { notify } from '#ui/notify.ts'
import { useText } from '#ui/text.ts'
import { useCallApi } from '#web/api.ts'
import { useMe } from '#web/session.ts'
import { risks } from '../contract.ts'
import { StateLevel } from './level.tsx'
import { useReason } from './reasons.ts'
import styles from './risk.module.css'
import { useSignNotices } from './sign-notices.tsx'
import { type RiskItem, stale } from './views.ts'

type Outcome = WireResponse<typeof risks.approveMany>
type ActName = 'plan' | 'acceptance'

/** Signs one act for the selected risks; what the rules refuse is listed with its reason, the rest is signed. */
export function SignMany({ selected, onDone }: { selected: readonly RiskItem[]; onDone: () => void }) {
  const t = useText('risk')
  const reason = useReason()
  const me = useMe()
  // Only the owner signs; the server ends a request that holds somebody else's risk.
  const own = selected.filter((one) => one.owner !== null && one.owner.id === me?.personId)
  const [act, setAct] = useState<ActName | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const notices = useSignNotices()
  // A plan promises its target; accepted is what is left now, or in advance what the plan promises.
  const signedState = (one: RiskItem) => (act === 'plan' ? 'target' : (one.residual ?? 'current'))
  const sign = useCallApi(risks.approveMany, { invalidates: stale })
  return (
    <>
      <Action variant="default" can={own.length > 0} reason={t('act.noneOwn')} onClick={() => setAct('plan')}>
        {t('act.approvePlans')}
      </Action>
      <Action variant="default" can={own.length > 0} reason={t('act.noneOwn')} onClick={() => setAct('acceptance')}>
        {t('act.acceptMany')}
      </Action>
      <ConfirmDialog
        opened={act !== null}
        onClose={() => setAct(null)}
        title={act === 'plan' ? t('act.approvePlans') : t('act.acceptMany')}
        confirmLabel={t('act.signMany', { count: own.length })}
        onConfirm={async () => {
          if (act === null) return
          const result = await sign.mutateAsync({ body: { act, riskIds: own.map((one) => one.id) } })
          notify(t('act.signedMany', { count: result.signed.length }))
          if (result.refused.length > 0) setOutcome(result)
          else onDone()
        }}
      >
        {own.length === selected.length ? null : (
          <p style={{ marginTop: 0 }}>{t('act.ownOf', { own: own.length, count: selected.length })}</p>
        )}
        {t('act.manyText')}
        <ul className={styles['signed']} style={{ marginTop: 10 }}>
          {own.map((one) => (
            <li key={one.id}>
              <span>
                <span className="pl-ref">{one.ref}</span> {one.title}
                <span className={styles['signedFacts']}>
                  {act === 'acceptance' && one.residual === 'target'
                    ? t('act.targetDone')
                    : t(`state.${signedState(one)}`)}
                </span>
                {notices(one, act ?? 'plan').map((text) => (
                  <span key={text} className={styles['signedNotice']}>
                    {text}
                  </span>
                ))}
              </span>
              <span>
                <StateLevel risk={one} state={signedState(one)} />
                {act === 'acceptance' && one.residual === 'target' ? (
                  <span className={styles['signedFacts']}>
                    {t('act.currentToday')} <StateLevel risk={one} state="current" />
                  </span>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      </ConfirmDialog>
      <Modal
        opened={outcome !== null}
        onClose={() => setOutcome(null)}
        title={t('act.refusedMany', { count: outcome?.refused.length ?? 0 })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Stack gap="xs">
          {outcome?.refused.map((one) => (
            <Group key={one.riskId} gap="xs" align="baseline" wrap="nowrap">
              <span className="pl-ref">{one.ref}</span>
              <Text size="sm">{reason(one)}</Text>
            </Group>
          ))}
        </Stack>
      </Modal>
    </>
  )
}
