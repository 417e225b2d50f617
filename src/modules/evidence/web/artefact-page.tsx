import { Button, Code, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconDownload, IconGavel, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { FileDrop } from '#ui/file-drop.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { FactList, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { RecordPage, type RecordProblem } from '#ui/record-page.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { upload, urlOf, useApi, useCallApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { useOrgPath } from '#web/scope.ts'
import { evidence } from '../contract.ts'
import { AttachDialog } from './attach-dialog.tsx'
import { ConcludeForm } from './conclude-form.tsx'
import { DescriptionField, ProvenanceFields } from './provenance-fields.tsx'
import { type Artefact, WorthBadge } from './worth.tsx'

type Dialog = 'edit' | 'attach' | 'conclude' | 'withdraw' | null

/** One artefact: what it is, where it comes from, where it is used and what it is worth there. */
export function ArtefactPage() {
  const t = useText('evidence')
  const format = useFormat()
  const { ref } = usePageParams() as { ref: string }
  const { data: artefact } = useApi(evidence.show, { params: { artefactId: ref } })
  const artefactId = artefact.id
  const withdraw = useCallApi(evidence.withdraw, { invalidates: ['control.', 'soa.'] })
  const [dialog, setDialog] = useState<Dialog>(null)
  const close = () => setDialog(null)
  const { can, file } = artefact
  return (
    <RecordPage
      reference={artefact.ref}
      title={artefact.title}
      state={<WorthBadge artefact={artefact} />}
      owner={artefact.owner?.name ?? '–'}
      facts={[
        { label: t('fields.kind'), value: t(`kinds.${artefact.kind}`) },
        ...(artefact.validUntil === null
          ? []
          : [{ label: t('fields.validUntil'), value: format.shortDate(artefact.validUntil) }]),
      ]}
      problems={problemsOf(artefact, t)}
      questions={[t('questions.population'), t('questions.period'), t('questions.judged')]}
      actions={
        <>
          {file === null ? null : (
            <Button
              component="a"
              href={urlOf(evidence.download, { params: { artefactId } })}
              variant="default"
              leftSection={<IconDownload size={15} />}
            >
              {t('record.download', { size: format.bytes(file.bytes) })}
            </Button>
          )}
          <Action variant="default" icon={<IconPencil size={15} />} can={can.edit} onClick={() => setDialog('edit')}>
            {t('record.edit')}
          </Action>
          <Action variant="default" icon={<IconGavel size={15} />} can={can.edit} onClick={() => setDialog('conclude')}>
            {t('record.conclude')}
          </Action>
          <Action
            variant="default"
            icon={<IconTrash size={15} />}
            can={can.withdraw}
            onClick={() => setDialog('withdraw')}
          >
            {t('record.withdraw')}
          </Action>
          <Action icon={<IconPlus size={15} />} can={can.attach} onClick={() => setDialog('attach')}>
            {t('record.attach')}
          </Action>
        </>
      }
      history={<RecordHistory type="artefact" id={artefact.id} />}
      links={artefact.copies.length === 0 ? undefined : <Copies artefact={artefact} />}
    >
      <Uses artefact={artefact} />
      <Content artefact={artefact} />
      <Provenance artefact={artefact} />
      <Section title={t('record.conclusion')}>
        {artefact.verdict === null ? (
          <Text c="dimmed">{t('record.notConcluded')}</Text>
        ) : (
          <FactList
            facts={[
              { label: t('fields.verdict'), value: t(`verdicts.${artefact.verdict}`) },
              { label: t('fields.conclusion'), value: artefact.conclusion },
              { label: t('fields.concludedBy'), value: artefact.concludedBy?.name ?? '–' },
              {
                label: t('fields.concludedOn'),
                value: artefact.concludedOn === null ? '–' : format.date(artefact.concludedOn),
              },
            ]}
          />
        )}
      </Section>
      <Modal
        opened={dialog === 'edit'}
        onClose={close}
        size="lg"
        title={t('record.edit')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        <EditForm artefact={artefact} onClose={close} />
      </Modal>
      <Modal
        opened={dialog === 'conclude'}
        onClose={close}
        title={t('record.conclude')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        <ConcludeForm artefact={artefact} onClose={close} />
      </Modal>
      <Modal
        opened={dialog === 'attach'}
        onClose={close}
        size="lg"
        title={t('attach.title', { ref: artefact.ref })}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        <AttachDialog artefact={artefact} onClose={close} />
      </Modal>
      <ConfirmDialog
        opened={dialog === 'withdraw'}
        onClose={close}
        title={t('record.withdraw')}
        confirmLabel={t('record.withdraw')}
        danger
        reason="required"
        onConfirm={(reason) => withdraw.mutateAsync({ params: { artefactId }, body: { reason } })}
      >
        {t('record.withdrawText', { count: artefact.uses.length })}
      </ConfirmDialog>
    </RecordPage>
  )
}

function problemsOf(artefact: Artefact, t: (key: string) => string): RecordProblem[] {
  if (artefact.withdrawnAt !== null) return []
  const { weakness, freshness } = artefact
  return [
    ...(weakness === null
      ? []
      : [{ key: weakness, tone: 'bad' as const, what: `${t(`weakness.${weakness}`)}.`, fix: t(`fix.${weakness}`) }]),
    ...(freshness === 'fresh'
      ? []
      : [
          {
            key: freshness,
            tone: freshness === 'stale' ? ('bad' as const) : ('warn' as const),
            what: `${t(`freshness.${freshness}`)}.`,
            fix: t(`fix.${freshness}`),
          },
        ]),
    ...(artefact.uses.length === 0
      ? [{ key: 'unused', tone: 'info' as const, what: t('record.unused'), fix: t('fix.unused') }]
      : []),
  ]
}

/** The controls the artefact stands for and what it is worth to each. */
function Uses({ artefact }: { artefact: Artefact }) {
  const t = useText('evidence')
  const path = useOrgPath()
  const detach = useCallApi(evidence.detach, {
    invalidates: ['control.', 'soa.'],
    onDone: () => notify(t('attach.detached')),
  })
  return (
    <Section title={t('record.uses')}>
      {artefact.uses.length === 0 ? (
        <Text c="dimmed">{t('record.unused')}</Text>
      ) : (
        <Stack gap="xs" component="ul" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
          {artefact.uses.map((use) => (
            <li key={use.id} style={{ display: 'flex', flexWrap: 'wrap', gap: 10, alignItems: 'center' }}>
              <PathLink to={path(`/controls/${use.ref}`)} style={{ flex: '1 1 240px' }}>
                <span className="pl-ref">{use.ref}</span> {use.title}
              </PathLink>
              {use.assurance ? (
                <StatusBadge tone="info" glyph="check" plain>
                  {t('attach.assurance')}
                </StatusBadge>
              ) : null}
              <StatusBadge tone={use.counts ? 'good' : 'warn'} glyph={use.counts ? 'full' : 'dotted'}>
                {use.why === null ? t('counts') : t(`weakness.${use.why}`)}
              </StatusBadge>
              <Action
                variant="subtle"
                size="compact-xs"
                can={use.can.detach}
                onClick={() => detach.mutate({ params: { artefactId: artefact.id }, body: { controlId: use.id } })}
              >
                {t('attach.detach')}
              </Action>
            </li>
          ))}
        </Stack>
      )}
    </Section>
  )
}

/** What the artefact holds: description, address, file, the record it points to. */
function Content({ artefact }: { artefact: Artefact }) {
  const t = useText('evidence')
  const format = useFormat()
  const client = useQueryClient()
  const { file, record } = artefact
  const facts = [
    ...(artefact.description === ''
      ? []
      : [
          {
            label: t('fields.description'),
            value: <span style={{ whiteSpace: 'pre-wrap' }}>{artefact.description}</span>,
          },
        ]),
    ...(artefact.url === null
      ? []
      : [
          {
            label: t('fields.url'),
            value: (
              <a className="pl-link" href={artefact.url} rel="noreferrer noopener" target="_blank">
                {artefact.url}
              </a>
            ),
          },
        ]),
    ...(artefact.outcome === null ? [] : [{ label: t('fields.outcome'), value: t(`outcomes.${artefact.outcome}`) }]),
    ...(artefact.kind === 'interview'
      ? [{ label: t('fields.intervieweeId'), value: artefact.interviewee?.name ?? artefact.intervieweeText }]
      : []),
    ...(record === null
      ? []
      : [{ label: t('fields.record'), value: `${record.ref ?? record.type} ${record.title ?? ''}`.trim() }]),
    ...(file === null
      ? []
      : [
          { label: t('fields.file'), value: `${file.name} (${format.bytes(file.bytes)})` },
          { label: t('fields.mediaType'), value: file.mediaType },
          { label: t('fields.sha256'), value: <Code style={{ overflowWrap: 'anywhere' }}>{file.sha256}</Code> },
        ]),
  ]
  return (
    <Section title={t('record.content')}>
      <Stack>
        <FactList facts={facts} />
        {artefact.kind === 'link' && file === null && artefact.can.edit ? (
          <FileDrop
            label={t('record.capture')}
            hint={t('record.captureHint')}
            send={(chosen, onProgress, signal) =>
              upload(evidence.capture, {
                params: { artefactId: artefact.id },
                query: { fileName: chosen.name },
                file: chosen,
                onProgress,
                signal,
              })
            }
            onDone={() =>
              void client.invalidateQueries({
                predicate: ({ queryKey }) => /^(evidence|control)\./.test(String(queryKey[0])),
              })
            }
          />
        ) : null}
      </Stack>
    </Section>
  )
}

/** From which system, by whom, when, from what, for which time. */
function Provenance({ artefact }: { artefact: Artefact }) {
  const t = useText('evidence')
  const format = useFormat()
  const day = (value: string | null): string => (value === null ? '–' : format.date(value))
  return (
    <Section title={t('record.provenance')}>
      <FactList
        facts={[
          { label: t('fields.source'), value: artefact.source || '–' },
          {
            label: t('fields.collectedBy'),
            value: `${artefact.collector?.name ?? '–'} (${t(`collectedBy.${artefact.collectedBy}`)})`,
          },
          { label: t('fields.collectedAt'), value: format.dateTime(artefact.collectedAt) },
          {
            label: t('fields.population'),
            value:
              artefact.populationCount === null
                ? artefact.population || '–'
                : `${artefact.population} (${format.number(artefact.populationCount)})`,
          },
          {
            label: t('fields.period'),
            value: artefact.periodFrom === null ? '–' : `${day(artefact.periodFrom)} – ${day(artefact.periodTo)}`,
          },
          { label: t('fields.effectiveOn'), value: day(artefact.effectiveOn) },
          { label: t('fields.validUntil'), value: day(artefact.validUntil) },
          { label: t('fields.classificationId'), value: artefact.classification?.name ?? '–' },
        ]}
      />
    </Section>
  )
}

function Copies({ artefact }: { artefact: Artefact }) {
  const t = useText('evidence')
  const path = useOrgPath()
  return (
    <Stack gap={4}>
      <Text size="xs" c="dimmed">
        {t('record.copies')}
      </Text>
      {artefact.copies.map((one) => (
        <PathLink key={one.id} to={path(`/evidence/${one.ref}`)}>
          {one.ref} {one.title}
        </PathLink>
      ))}
    </Stack>
  )
}

function EditForm({ artefact, onClose }: { artefact: Artefact; onClose: () => void }) {
  const t = useText('evidence')
  const change = useCallApi(evidence.change, { invalidates: ['control.', 'soa.'] })
  const params = { artefactId: artefact.id }
  const form = useRecordForm({
    schema: evidence.change.body,
    initial: {
      title: artefact.title,
      description: artefact.description,
      source: artefact.source,
      population: artefact.population,
      populationCount: artefact.populationCount,
      periodFrom: artefact.periodFrom,
      periodTo: artefact.periodTo,
      effectiveOn: artefact.effectiveOn,
      validUntil: artefact.validUntil,
      classificationId: artefact.classification?.id ?? null,
      ownerId: artefact.owner?.id ?? null,
      ...(artefact.kind === 'link' ? { url: artefact.url } : {}),
    },
    version: artefact.version,
    submit: (body, version) => change.mutateAsync({ params, body, ifMatch: version ?? artefact.version }),
    onDone: onClose,
  })
  return (
    <FormFrame form={form} submitLabel={t('record.save')} onCancel={onClose}>
      <TextInput {...form.text('title', { label: t('fields.title') })} />
      {artefact.kind === 'link' && artefact.file === null ? (
        <TextInput {...form.text('url', { label: t('fields.url') })} />
      ) : null}
      <DescriptionField form={form} optional />
      <ProvenanceFields form={form} owner={artefact.owner} />
    </FormFrame>
  )
}
