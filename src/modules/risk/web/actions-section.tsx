import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { ActionDialog } from './action-dialog.tsx'
import { ActionOwner } from './action-owner.tsx'
import { ActionSteps } from './action-steps.tsx'
import { DueDate } from './due-date.tsx'
import styles from './risk.module.css'
import { ActionStatusBadge } from './risk-status.tsx'
import type { ActionView, RiskView } from './views.ts'

/** The actions of the treatment plan: who does what by when (6.1.3 e, 8.3). */
export function ActionsSection({ risk }: { risk: RiskView }) {
  const t = useText('risk')
  const [chosen, setEditing] = useState<ActionView | 'new' | null>(null)
  const { actions } = risk.treatment
  // As the list has it now: a dialog over it follows what others save.
  const editing = chosen === 'new' ? chosen : (actions.find((one) => one.id === chosen?.id) ?? null)
  return (
    <Section
      title={t('action.title')}
      id="actions"
      flush
      actions={
        <Action variant="default" icon={<IconPlus size={14} />} can={risk.can.treat} onClick={() => setEditing('new')}>
          {t('action.add')}
        </Action>
      }
    >
      {actions.length === 0 ? (
        <div style={{ padding: '14px 16px' }} className="pl-muted">
          {t('action.none')}
        </div>
      ) : (
        <div className={styles['scroll']}>
          <table className={`${styles['plain'] ?? ''} ${styles['stacks'] ?? ''}`}>
            <thead>
              <tr>
                <th scope="col">{t('action.what')}</th>
                <th scope="col">{t('fieldsOf.risk_action.ownerId')}</th>
                <th scope="col">{t('fields.dueOn')}</th>
                <th scope="col">{t('fields.status')}</th>
                <th scope="col">
                  <span className="pl-visually-hidden">{t('action.steps')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {actions.map((action) => (
                <tr key={action.id}>
                  <td>
                    <span className="pl-ref">{action.ref}</span> {action.title}
                    {action.controls.length === 0 && action.resources === null ? null : (
                      <div className="pl-muted" style={{ fontSize: '0.75rem' }}>
                        {[...action.controls.map(({ ref, title }) => `${ref} ${title}`), action.resources]
                          .filter((one) => one !== null)
                          .join(' · ')}
                      </div>
                    )}
                    {action.description === null ? null : (
                      <div className="pl-muted" style={{ fontSize: '0.75rem', whiteSpace: 'pre-line' }}>
                        {action.description}
                      </div>
                    )}
                    {action.statusReason === null ? null : (
                      <div className="pl-muted" style={{ fontSize: '0.75rem' }}>
                        {action.statusReason}
                      </div>
                    )}
                  </td>
                  <td>
                    <ActionOwner action={action} />
                  </td>
                  <td>
                    <DueDate action={action} />
                  </td>
                  <td>
                    <ActionStatusBadge action={action} />
                  </td>
                  <td className={styles['end']}>
                    <ActionSteps action={action} onEdit={() => setEditing(action)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ActionDialog riskId={risk.id} editing={editing} onClose={() => setEditing(null)} />
    </Section>
  )
}
