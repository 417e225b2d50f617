import { Modal, Skeleton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
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
import { RecordPage, type RecordProblem } from '#ui/record-page.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { useOrgPath } from '#web/scope.ts'
import { obligations } from '../contract.ts'
import { Addressed, OwnerName, ReviewOn } from './marks.tsx'
import styles from './obligations.module.css'
import { obligationSections } from './sections.ts'
import type { Obligation } from './wire.ts'

/** One obligation: what it demands, how it is addressed, which controls it drives. */
export function ObligationPage() {
  const t = useText('obligations')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const { obligationId = '' } = usePageParams() as { obligationId?: string }
  const { data: one } = useApi(obligations.show, { params: { obligationId } })
  const [asking, setAsking] = useState<'review' | 'withdraw' | null>(null)
  const withdraw = useCallApi(obligations.withdraw, { invalidates: ['control.', 'soa.', 'party.'] })
  const edit = () => void navigate({ to: path(`/obligations/${one.ref}/edit`) })
  const gone = one.withdrawnAt === null ? undefined : t('isWithdrawn')
  return (
    <RecordPage
      reference={one.ref}
      title={one.title}
      state={<Addressed value={one.addressed} />}
      owner={<OwnerName obligation={one} />}
      facts={[
        { label: t('fields.kind'), value: t(`kinds.${one.kind}`) },
        { label: t('fields.reviewOn'), value: <ReviewOn obligation={one} /> },
      ]}
      actions={
        <>
          <Action variant="default" can={one.can.withdraw} reason={gone} onClick={() => setAsking('withdraw')}>
            {t('withdraw')}
          </Action>
          <Action variant="default" can={one.can.edit} reason={gone} onClick={edit}>
            {t('edit')}
          </Action>
          <Action can={one.can.review} reason={gone} onClick={() => setAsking('review')}>
            {t('review.action')}
          </Action>
        </>
      }
      problems={problemsOf(one, t)}
      questions={questionsOf(one, t)}
      history={<RecordHistory type="obligation" id={one.id} />}
    >
      <Section title={t('fields.requirement')}>
        <p className={styles['prose']}>
          {one.requirement === '' ? <span className="pl-muted">{t('noRequirement')}</span> : one.requirement}
        </p>
      </Section>
      <Section title={t('sections.origin')}>
        <FactList
          facts={[
            { label: t('fields.source'), value: one.source === '' ? '–' : one.source },
            { label: t('fields.clause'), value: one.clause === '' ? '–' : one.clause },
            { label: t('fields.jurisdiction'), value: one.jurisdiction === '' ? '–' : one.jurisdiction },
            {
              label: t('fields.partyId'),
              value:
                one.party === null ? (
                  '–'
                ) : (
                  <PathLink to={path(`/obligations?partyId=${one.party.id}`)}>{one.party.name}</PathLink>
                ),
            },
            {
              label: t('fields.appliesSince'),
              value: one.appliesSince === null ? '–' : format.date(one.appliesSince),
            },
            {
              label: t('fields.reviewedOn'),
              value: one.reviewedOn === null ? t('review.never') : format.date(one.reviewedOn),
            },
          ]}
        />
      </Section>
      <Section title={t('sections.addressed')}>
        <p className={styles['prose']}>
          <strong>{t(`addressedLong.${one.addressed}`)}</strong>
          {one.addressedWhy === '' ? null : `. ${one.addressedWhy}`}
        </p>
      </Section>
      {obligationSections.map(({ key, Section: Extra }) => (
        <Suspense key={key} fallback={<Skeleton height={110} radius="md" />}>
          <Extra reference={one.ref} />
        </Suspense>
      ))}
      <Modal
        opened={asking === 'review'}
        onClose={() => setAsking(null)}
        title={t('review.title', { ref: one.ref })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {asking === 'review' ? <ReviewForm obligation={one} onClose={() => setAsking(null)} /> : null}
      </Modal>
      <ConfirmDialog
        opened={asking === 'withdraw'}
        onClose={() => setAsking(null)}
        title={t('withdrawTitle', { ref: one.ref })}
        confirmLabel={t('withdraw')}
        danger
        reason="required"
        onConfirm={async (reason) => {
          await withdraw.mutateAsync({ params: { obligationId: one.id }, body: { reason } })
          notify(t('withdrawn', { ref: one.ref }))
        }}
      >
        {t('withdrawExplain')}
      </ConfirmDialog>
    </RecordPage>
  )
}

type T = (key: string, values?: Record<string, unknown>) => string

function problemsOf(one: Obligation, t: T): RecordProblem[] {
  if (one.withdrawnAt !== null) return [{ key: 'withdrawn', tone: 'info', what: t('isWithdrawn') }]
  const problem = (key: string, tone: RecordProblem['tone']): RecordProblem => ({
    key,
    tone,
    what: t(`problems.${key}.what`),
    fix: t(`problems.${key}.fix`),
  })
  return [
    ...(one.reviewOverdue ? [problem('overdue', 'bad')] : []),
    ...(one.addressed === 'undecided' ? [problem('undecided', 'warn')] : []),
    ...(one.requirement === '' ? [problem('noRequirement', 'warn')] : []),
    ...(one.owner === null ? [problem('noOwner', 'warn')] : []),
  ]
}

function questionsOf(one: Obligation, t: T): string[] {
  return [
    t(one.addressed === 'no' ? 'questions.notAddressed' : 'questions.show'),
    t('questions.known'),
    t(one.reviewedOn === null ? 'questions.neverReviewed' : 'questions.reviewed'),
    ...(one.kind === 'contract' ? [t('questions.contract')] : []),
  ]
}

/** Records that somebody looked: it still is so, or was brought up to date. */
function ReviewForm({ obligation, onClose }: { obligation: Obligation; onClose: () => void }) {
  const t = useText('obligations')
  const today = dateAt(systemClock(), Intl.DateTimeFormat().resolvedOptions().timeZone)
  const review = useCallApi(obligations.review)
  const form = useRecordForm({
    schema: obligations.review.body,
    initial: { on: today, next: null },
    guard: false,
    submit: (body) => review.mutateAsync({ params: { obligationId: obligation.id }, body }),
    onDone: () => {
      notify(t('review.done', { ref: obligation.ref }))
      onClose()
    },
  })
  return (
    <FormFrame form={form} submitLabel={t('review.action')} onCancel={onClose}>
      <div>{t('review.explain')}</div>
      <DateField {...form.date('on', { label: t('review.on') })} />
      <DateField {...form.date('next', { label: t('review.next'), hint: t('review.nextHint'), optional: true })} />
    </FormFrame>
  )
}
