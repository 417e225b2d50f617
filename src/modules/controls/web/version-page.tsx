import { CopyButton, Stack, Tabs, UnstyledButton } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { Band } from '#ui/band.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { notify } from '#ui/notify.ts'
import { FactList, Page, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { RegisterExport } from '#web/register-export.tsx'
import { useMe } from '#web/session.ts'
import { controls } from '../contract.ts'
import { shortList } from './bulk-applies.tsx'
import { IssuedRows } from './issued-rows.tsx'
import { Redline } from './redline-view.tsx'
import { OpenPoints } from './soa-gaps.tsx'
import { VersionState } from './version-state.tsx'
import type { VersionView } from './wire.ts'

const views = ['rows', 'redline', 'history'] as const

/** A version of the statement: what was signed, by whom, and whether it still is true. */
export function VersionPage() {
  const t = useText('controls')
  const format = useFormat()
  const navigate = useNavigate()
  const { soaId = '' } = usePageParams() as { soaId?: string }
  const search = useSearch({ strict: false }) as { view?: string }
  const { data: version } = useApi(controls.statement, { params: { soaId } })
  const view = views.find((one) => one === search.view) ?? 'rows'
  return (
    <Page
      title={t('version.title', { number: version.number })}
      clause="6.1.3 d"
      lead={version.note === '' ? undefined : version.note}
      actions={<VersionActions version={version} />}
    >
      <Standing version={version} />
      <Section title={t('version.facts')}>
        <FactList
          facts={[
            { label: t('versions.state'), value: <VersionState status={version.status} /> },
            {
              label: t('versions.prepared'),
              value: t(version.preparedBy === null ? 'version.at' : 'version.atBy', {
                date: format.date(version.preparedAt),
                name: version.preparedBy ?? '',
              }),
            },
            {
              label: t('versions.issued'),
              value:
                version.approvedAt === null
                  ? t('version.notIssued')
                  : t(version.approvedBy === null ? 'version.at' : 'version.atBy', {
                      date: format.date(version.approvedAt),
                      name: version.approvedBy ?? '',
                    }),
            },
            ...(version.separation === 'onePerson' || version.separation === 'unknown'
              ? [
                  {
                    label: t('version.duties'),
                    value: (
                      <StatusBadge plain glyph="alert" tone="warn">
                        {t(`version.separation.${version.separation}`)}
                      </StatusBadge>
                    ),
                  },
                ]
              : []),
            ...(version.endedAt === null
              ? []
              : [{ label: t(`version.ended.${version.status}`), value: format.date(version.endedAt) }]),
            { label: t('version.language'), value: t(`languages.${version.language === 'de' ? 'de' : 'en'}`) },
            {
              label: t('version.hash'),
              value: (
                <CopyButton value={version.hash}>
                  {({ copied, copy }) => (
                    <span style={{ overflowWrap: 'anywhere' }}>
                      <code>{version.hash}</code>{' '}
                      <UnstyledButton className="pl-link" fz="xs" onClick={copy}>
                        {copied ? t('version.copied') : t('version.copy')}
                      </UnstyledButton>
                    </span>
                  )}
                </CopyButton>
              ),
            },
          ]}
        />
      </Section>
      <Tabs
        mt="lg"
        value={view}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            to: '.',
            search: (old: Record<string, unknown>) => ({ ...old, view: next === 'rows' ? undefined : next }),
            replace: true,
            resetScroll: false,
          } as Parameters<typeof navigate>[0])
        }
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="rows">{t('version.rows', { count: version.rows.length })}</Tabs.Tab>
          <Tabs.Tab value="redline">{t('version.redline')}</Tabs.Tab>
          <Tabs.Tab value="history">{t('version.history')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rows">
          <IssuedRows rows={version.rows} />
        </Tabs.Panel>
        <Tabs.Panel value="redline">
          <Redline version={version} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <RecordHistory type="soa_version" id={version.id} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

/** Whether an issued version still tells the truth, and which controls no longer are as it says. */
function Standing({ version }: { version: VersionView }) {
  const t = useText('controls')
  const { standing } = version
  const band =
    version.status === 'proposed' ? (
      <Band tone="info" title={t('version.waiting')}>
        <span>{t('version.waitingText')}</span>
      </Band>
    ) : standing === null ? null : standing.holds ? (
      <Band tone="good" title={t('version.holds')} />
    ) : (
      <Band tone="warn" title={t('issued.changed', { count: standing.reasons.length })}>
        <span>
          {t('version.outOfDate', {
            refs: shortList(
              standing.reasons.map((row) => row.ref),
              12,
            ),
          })}
        </span>
      </Band>
    )
  return band === null ? null : <div style={{ marginBottom: 16 }}>{band}</div>
}

function VersionActions({ version }: { version: VersionView }) {
  const t = useText('controls')
  const [asking, setAsking] = useState<'issue' | 'withdraw' | null>(null)
  const issue = useCallApi(controls.issue, { invalidates: ['control.'] })
  const withdraw = useCallApi(controls.withdrawProposal, { invalidates: ['control.'] })
  const params = { soaId: version.id }
  const me = useMe()
  const ownWork = version.preparedById !== null && version.preparedById === me?.personId
  return (
    <>
      <RegisterExport contract={controls.export} fixed={{ soaId: version.id }} />
      {version.status === 'proposed' ? (
        <>
          <Action variant="default" can={version.can.withdraw} onClick={() => setAsking('withdraw')}>
            {t('version.withdraw')}
          </Action>
          <Action can={version.can.issue} reason={t('version.issueWho')} onClick={() => setAsking('issue')}>
            {t('version.issue')}
          </Action>
        </>
      ) : null}
      <ConfirmDialog
        opened={asking === 'issue'}
        onClose={() => setAsking(null)}
        title={t('version.issueTitle', { number: version.number })}
        confirmLabel={t('version.issue')}
        onConfirm={async () => {
          await issue.mutateAsync({ params })
          notify(t('version.issued', { number: version.number }))
        }}
      >
        <Stack gap="md">
          <span>
            {t('version.issueExplain', { count: version.rows.length })}{' '}
            {version.supersedes === null
              ? t('version.issueFirst')
              : t('version.issueSupersedes', { number: version.supersedes })}
          </span>
          <OpenPoints note={t('version.open')} nothing={t('propose.nothingOpen')} onFollow={() => setAsking(null)} />
          {ownWork ? (
            <Band tone="warn" title={t('version.ownWork')}>
              <span>{t('version.ownWorkText')}</span>
            </Band>
          ) : null}
          {version.preparedById === null ? (
            <Band tone="warn" title={t('version.unnamedWork')}>
              <span>{t('version.unnamedWorkText')}</span>
            </Band>
          ) : null}
        </Stack>
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'withdraw'}
        onClose={() => setAsking(null)}
        title={t('version.withdrawTitle', { number: version.number })}
        confirmLabel={t('version.withdraw')}
        danger
        reason="required"
        onConfirm={async (reason) => {
          await withdraw.mutateAsync({ params, body: { reason } })
          notify(t('version.withdrawn', { number: version.number }))
        }}
      >
        {t('version.withdrawExplain')}
      </ConfirmDialog>
    </>
  )
}
