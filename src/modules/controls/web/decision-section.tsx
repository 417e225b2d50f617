import { Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import { obligations } from '#modules/obligations/contract.ts'
import { Action } from '#ui/action.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { Section } from '#ui/page.tsx'
import { usePast } from '#ui/past.ts'
import { RecordSelect } from '#ui/record-select.tsx'
import { StateGlyph } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { call, useCallApi } from '#web/api.ts'
import { controls } from '../contract.ts'
import { type Applicability, applicabilityLook } from './applicability-menu.tsx'
import styles from './control.module.css'
import { ExcludeForm } from './decide-form.tsx'
import { useDriverPath } from './drivers.tsx'
import type { ControlView } from './wire.ts'

/** Whether the control applies, and everything that asks for it (6.1.3 b–d). */
export function DecisionSection({ control }: { control: ControlView }) {
  const t = useText('controls')
  const past = usePast()
  const [excluding, setExcluding] = useState(false)
  const [explaining, setExplaining] = useState(false)
  const decide = useCallApi(controls.decide, { invalidates: ['soa.'] })
  const frozen = !control.can.decide || past !== null
  const to = (applicability: Applicability) => {
    setExcluding(false)
    if (applicability === control.applicability) return
    decide.mutate(
      {
        params: { controlId: control.id },
        body: { applicability, justification: control.applicability === 'excluded' ? '' : control.justification },
      },
      { onSuccess: () => notify(t(`decide.done.${applicability}`, { ref: control.ref })) },
    )
  }
  const shown = excluding ? 'excluded' : control.applicability
  const choices: Applicability[] = control.own ? ['applicable', 'undecided'] : ['applicable', 'excluded', 'undecided']
  return (
    <Section title={t('decide.title')} id="decide">
      <fieldset className={styles['choices']} disabled={frozen}>
        <legend className="pl-visually-hidden">{t('decide.title')}</legend>
        {choices.map((choice) => (
          <label key={choice} className={styles['choice']} data-on={shown === choice}>
            <input
              type="radio"
              name="applicability"
              checked={shown === choice}
              onChange={() => {
                if (choice === 'excluded') setExcluding(true)
                else to(choice)
              }}
            />
            <StateGlyph glyph={applicabilityLook[choice][0]} />
            <span>{t(`decided.${choice}`)}</span>
          </label>
        ))}
      </fieldset>
      {frozen && past === null && control.withdrawnAt === null ? (
        <div className={styles['note']}>{t('decide.notYours')}</div>
      ) : null}
      {decide.error === null ? null : (
        <div style={{ marginTop: 10 }}>
          <ErrorBand error={decide.error} />
        </div>
      )}
      {excluding ? (
        <div className={styles['inset']}>
          <ExcludeForm item={control} onClose={() => setExcluding(false)} />
        </div>
      ) : null}
      {excluding ? null : explaining ? (
        <div className={styles['inset']}>
          <JustificationForm control={control} onClose={() => setExplaining(false)} />
        </div>
      ) : control.applicability === 'undecided' ? null : (
        <div className={styles['block']}>
          <div className={styles['label']}>{t('fields.justification')}</div>
          <p className={styles['prose']}>
            {control.justification === '' ? (
              <span className="pl-muted">
                {control.drivers.length > 0 ? t('decide.driversSay') : t('decide.noJustification')}
              </span>
            ) : (
              control.justification
            )}
          </p>
          <Action
            size="compact-sm"
            variant="default"
            can={control.can.decide}
            onClick={() => (control.applicability === 'excluded' ? setExcluding(true) : setExplaining(true))}
          >
            {t('decide.editJustification')}
          </Action>
        </div>
      )}
      <Drivers control={control} />
    </Section>
  )
}

function JustificationForm({ control, onClose }: { control: ControlView; onClose: () => void }) {
  const t = useText('controls')
  const decide = useCallApi(controls.decide, { invalidates: ['soa.'] })
  const form = useRecordForm({
    schema: controls.decide.body,
    initial: { applicability: 'applicable', justification: control.justification },
    draft: `control.justification.${control.id}`,
    submit: (body) => decide.mutateAsync({ params: { controlId: control.id }, body }),
    onDone: onClose,
  })
  return (
    <FormFrame form={form} submitLabel={t('save')} onCancel={onClose}>
      <Textarea
        data-autofocus
        {...form.text('justification', {
          label: t('fields.justification'),
          hint: t('decide.applicableHint'),
          optional: true,
        })}
      />
    </FormFrame>
  )
}

/** Risks, obligations and the business reason behind the control; obligations are linked here, risks on their own page. */
function Drivers({ control }: { control: ControlView }) {
  const t = useText('controls')
  const pathOf = useDriverPath()
  const [linking, setLinking] = useState(false)
  const [reasoning, setReasoning] = useState(false)
  const oblige = useCallApi(controls.oblige, { invalidates: ['soa.', 'obligation.'] })
  const release = useCallApi(controls.obligeNoMore, { invalidates: ['soa.', 'obligation.'] })
  const obliged = new Map(control.obligations.map((one) => [one.ref, one.id]))
  const error = oblige.error ?? release.error
  return (
    <div className={styles['block']}>
      <div className={styles['label']}>{t('drivers.title')}</div>
      {control.drivers.length === 0 ? (
        <p className={styles['prose']}>
          <span className="pl-muted">{t('drivers.none')}</span>
        </p>
      ) : (
        <ul className={styles['rows']}>
          {control.drivers.map((driver) => {
            const to = pathOf(driver)
            const obligation = obliged.get(driver.ref)
            return (
              <li key={driver.ref === '' ? 'business' : driver.ref}>
                <span className={styles['kind']}>{t(`drivers.kinds.${driver.kind}`)}</span>
                <span className={styles['grow']}>
                  {to === null ? (
                    driver.title
                  ) : (
                    <PathLink to={to}>
                      {driver.ref} {driver.title}
                    </PathLink>
                  )}
                </span>
                {obligation === undefined ? null : (
                  <Action
                    size="compact-xs"
                    variant="subtle"
                    can={control.can.edit}
                    loading={release.isPending}
                    onClick={() => release.mutate({ params: { controlId: control.id, obligationId: obligation } })}
                  >
                    {t('drivers.unlink')}
                  </Action>
                )}
                {driver.kind === 'business' ? (
                  <Action size="compact-xs" variant="subtle" can={control.can.edit} onClick={() => setReasoning(true)}>
                    {t('edit')}
                  </Action>
                ) : null}
              </li>
            )
          })}
        </ul>
      )}
      {error === null ? null : <ErrorBand error={error} />}
      {linking ? (
        <div className={styles['inset']}>
          <RecordSelect
            label={t('drivers.obligation')}
            description={t('drivers.obligationHint')}
            source="obligations"
            value={null}
            find={async (text, signal) => {
              const { items } = await call(obligations.list, { query: { q: text, limit: 20 }, signal })
              return items.map((one) => ({
                id: one.id,
                ref: one.ref,
                title: one.title,
                disabled: obliged.has(one.ref),
                note: obliged.has(one.ref) ? t('drivers.linked') : undefined,
              }))
            }}
            onChange={(chosen) => {
              if (chosen === null) return
              oblige.mutate(
                { params: { controlId: control.id }, body: { obligationId: chosen.id } },
                { onSuccess: () => setLinking(false) },
              )
            }}
          />
          <Button variant="default" mt="xs" onClick={() => setLinking(false)}>
            {t('cancel')}
          </Button>
        </div>
      ) : null}
      {reasoning ? (
        <div className={styles['inset']}>
          <BusinessReasonForm control={control} onClose={() => setReasoning(false)} />
        </div>
      ) : null}
      {linking || reasoning ? null : (
        <Group gap="xs" mt={10}>
          <Action size="compact-sm" variant="default" can={control.can.edit} onClick={() => setLinking(true)}>
            {t('drivers.link')}
          </Action>
          {control.businessReason === '' ? (
            <Action size="compact-sm" variant="default" can={control.can.edit} onClick={() => setReasoning(true)}>
              {t('drivers.addBusiness')}
            </Action>
          ) : null}
          <span className="pl-muted" style={{ fontSize: '0.75rem' }}>
            {t('drivers.risksElsewhere')}
          </span>
        </Group>
      )}
    </div>
  )
}

function BusinessReasonForm({ control, onClose }: { control: ControlView; onClose: () => void }) {
  const t = useText('controls')
  const change = useCallApi(controls.change, { invalidates: ['soa.'] })
  const form = useRecordForm({
    schema: controls.change.body,
    initial: { businessReason: control.businessReason },
    version: control.version,
    draft: `control.business.${control.id}`,
    submit: (body, version) =>
      change.mutateAsync({ params: { controlId: control.id }, ifMatch: version ?? control.version, body }),
    onDone: onClose,
  })
  return (
    <FormFrame form={form} submitLabel={t('save')} onCancel={onClose}>
      <Textarea
        minRows={2}
        {...form.text('businessReason', { label: t('fields.businessReason'), hint: t('drivers.businessHint') })}
      />
    </FormFrame>
  )
}
