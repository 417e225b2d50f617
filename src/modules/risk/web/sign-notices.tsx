import { Band } from '#ui/band.tsx'
import { useFormat } from '#ui/format.ts'
import { useText } from '#ui/text.ts'
import { isUnproven } from '../domain/treatment.ts'
import type { RiskItem } from './views.ts'

type Signed = Pick<RiskItem, 'residual' | 'actions' | 'controls'>

/** What somebody has to know of a risk before they sign for it: promised rather than reached, loose ends, claims. */
export function useSignNotices(): (risk: Signed, act: 'plan' | 'acceptance') => string[] {
  const t = useText('risk')
  const format = useFormat()
  const some = (key: string, count: number): string[] => (count > 0 ? [t(key, { count })] : [])
  return ({ residual, actions, controls }, act) => {
    const planned = controls.filter((one) => one.state === 'planned').length
    const unproven = controls.filter(isUnproven).map((one) => one.ref)
    const { open, overdue, unowned, undated } = actions
    const undone = [
      ...(overdue > 0 ? [t('act.openActionsLate', { count: open, overdue })] : some('act.openActions', open)),
      ...some('act.plannedControls', planned),
    ]
    const loose = [...some('act.unowned', unowned), ...some('act.undated', undated), ...some('act.late', overdue)]
    return [
      ...(act === 'acceptance' && residual === 'target'
        ? [t('act.inAdvance', { what: undone.length === 0 ? t('act.notDone') : format.list(undone) })]
        : []),
      ...(act === 'plan' && loose.length > 0 ? [t('act.loose', { what: format.list(loose) })] : []),
      ...(unproven.length > 0 ? [t('act.unproven', { controls: format.list(unproven) })] : []),
    ]
  }
}

/** The notices of one risk as a band above what is signed. */
export function SignNotices({ risk, act }: { risk: Signed; act: 'plan' | 'acceptance' }) {
  const notices = useSignNotices()(risk, act)
  if (notices.length === 0) return null
  return (
    <Band tone="warn">
      {notices.map((text) => (
        <div key={text}>{text}</div>
      ))}
    </Band>
  )
}
