import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { notify } from '#ui/notify.ts'
import { Section } from '#ui/page.tsx'
import { StateGlyph } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useCallApi } from '#web/api.ts'
import { useMe, useSession } from '#web/session.ts'
import { risks } from '../contract.ts'
import { ReasonText } from './reason-text.tsx'
import { useReason } from './reasons.ts'
import styles from './risk.module.css'
import type { RiskDialog } from './risk-page.tsx'
import { StandingBadge } from './risk-status.tsx'
import { type RiskView, stale } from './views.ts'

/** The two acts of the risk owner (6.1.3 f): approving the plan, accepting the residual risk; what holds and why not. */
export function ActsSection({ risk, open }: { risk: RiskView; open: (dialog: RiskDialog) => void }) {
  const t = useText('risk')
  const retains = risk.options.length > 0 && risk.options.every((one) => one === 'retain')
  return (
    <Section title={t('act.title')} id="acts" flush>
      <div className={styles['acts']}>
        <Act risk={risk} act="plan" open={open} note={retains ? t('act.retainNote') : undefined} />
        <Act risk={risk} act="acceptance" open={open} />
      </div>
    </Section>
  )
}

function Act({
  risk,
  act,
  open,
  note,
}: {
  risk: RiskView
  act: 'plan' | 'acceptance'
  open: (dialog: RiskDialog) => void
  note?: string | undefined
}) {
  const t = useText('risk')
  const format = useFormat()
  const reason = useReason()
  const name = useSession().account.name
  const me = useMe()
  const [revoking, setRevoking] = useState(false)
  const revoke = useCallApi(risks.revoke, { invalidates: stale })
  const given = risk.approvals[act]
  const can = act === 'plan' ? risk.can.approve : risk.can.accept
  const blocked = act === 'plan' ? risk.blocked.approve : risk.blocked.accept
  const missing = given === null ? [] : given.needs.filter((role) => !given.signatures.some((one) => one.role === role))
  const counts = given?.standing === 'valid' || given?.standing === 'improved'
  return (
    <div className={styles['act']}>
      <div className={styles['actHead']}>
        <h3>{act === 'plan' ? t('act.plan') : t('act.acceptance')}</h3>
        <StandingBadge standing={given?.standing ?? null} />
      </div>
      {given === null ? (
        <div className={styles['note']}>{note ?? (act === 'plan' ? t('act.planText') : t('act.acceptanceText'))}</div>
      ) : (
        <>
          <div style={{ fontSize: '0.8125rem' }}>
            <div>{t('act.signed', { by: given.by, date: format.date(given.signedAt) })}</div>
            <div className="pl-muted">{t('act.until', { date: format.date(given.expiresOn) })}</div>
            {given.signatures.map((one) => (
              <div key={one.role}>
                {t('act.also', { by: one.by, role: t(`role.${one.role}`), date: format.date(one.signedAt) })}
              </div>
            ))}
          </div>
          {given.note === null ? null : <q className={styles['note']}>{given.note}</q>}
          {given.reasons.length + given.improvements.length === 0 ? null : (
            <ul className={styles['reasons']}>
              {given.reasons.map((one, index) => (
                <li key={`${one.code}-${String(index)}`}>
                  <span style={{ color: given.standing === 'outOfDate' ? 'var(--pl-bad)' : 'var(--pl-warn)' }}>
                    <StateGlyph glyph={given.standing === 'outOfDate' ? 'cross' : 'half'} size={11} />
                  </span>
                  <ReasonText why={one} />
                </li>
              ))}
              {given.improvements.map((one, index) => (
                <li key={`${one.code}-${String(index)}`}>
                  <span style={{ color: 'var(--pl-good)' }}>
                    <StateGlyph glyph="check" size={11} />
                  </span>
                  <ReasonText why={one} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <div className={styles['row']}>
        <Action
          variant={counts ? 'default' : 'filled'}
          can={can}
          reason={blocked === null ? undefined : reason(blocked)}
          onClick={() => open(act)}
        >
          {act === 'plan'
            ? given === null
              ? t('act.approve')
              : t('act.approveAgain')
            : given === null
              ? t('act.accept')
              : t('act.acceptAgain')}
        </Action>
        {missing.length === 0 ? null : (
          <Action
            variant="default"
            can={risk.can.sign}
            reason={risk.blocked.sign === null ? undefined : reason(risk.blocked.sign)}
            onClick={() => open(act === 'plan' ? 'signPlan' : 'signAcceptance')}
          >
            {t('act.signAs', { roles: format.list(missing.map((role) => t(`role.${role}`))) })}
          </Action>
        )}
        {given === null ? null : (
          <Action
            variant="subtle"
            can={given.by === name && me?.personId === risk.owner?.id}
            reason={t('act.revokeOwn', { by: given.by })}
            onClick={() => setRevoking(true)}
          >
            {t('act.revoke')}
          </Action>
        )}
      </div>
      {blocked === null || counts ? null : <div className={styles['note']}>{reason(blocked)}</div>}
      <ConfirmDialog
        opened={revoking}
        onClose={() => setRevoking(false)}
        title={t('act.revokeTitle')}
        confirmLabel={t('act.revoke')}
        danger
        reason="required"
        onConfirm={async (why) => {
          await revoke.mutateAsync({ params: { riskId: risk.id }, body: { act, reason: why } })
          notify(t('act.revoked'))
        }}
      >
        {t('act.revokeText')}
      </ConfirmDialog>
    </div>
  )
}
