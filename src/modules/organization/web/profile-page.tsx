import { Button, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { sectors, sizes } from '#platform/contract/profile.ts'
import { exportOrganization } from '#platform/transfer/contract.ts'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { Page, Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { timeZones } from '#ui/time-zones.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { urlOf, useApi, useCallApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { organization } from '../contract.ts'
import styles from './organization.module.css'
import { StructureTabs } from './structure-tabs.tsx'

/** What the organization says of itself; it stands on every document. */
export function ProfilePage() {
  const t = useText('organization')
  const { data } = useApi(organization.profile, {})
  return (
    <Page title={t('nav.organization')} clause="4.1" lead={t('profile.lead')}>
      <StructureTabs here="/organization" />
      <div className={styles['profile']}>
        <Section title={t('profile.title')}>
          <ProfileForm />
        </Section>
        {data.can.export ? (
          <Section title={t('everything.title')}>
            <Stack gap="sm" align="flex-start">
              <Text size="sm">{t('everything.text')}</Text>
              <Button
                component="a"
                variant="default"
                leftSection={<IconDownload size={15} stroke={1.6} />}
                href={urlOf(exportOrganization, {})}
                download
              >
                {t('everything.button')}
              </Button>
            </Stack>
          </Section>
        ) : null}
        <Section title={t('ui:record.history')}>
          <RecordHistory type="organization" id={data.id} />
        </Section>
      </div>
    </Page>
  )
}

const currencies = () => Intl.supportedValuesOf('currency')

function ProfileForm() {
  const t = useText('organization')
  const { data } = useApi(organization.profile, {})
  const change = useCallApi(organization.changeProfile, { invalidates: ['me.', 'session.'] })
  const valuesOf = (from: typeof data) => ({
    name: from.name,
    sector: from.sector,
    size: from.size,
    language: from.language,
    currency: from.currency,
    timeZone: from.timeZone,
  })
  const form = useRecordForm({
    schema: organization.changeProfile.body,
    initial: valuesOf(data),
    version: data.version,
    submit: (body, version) => change.mutateAsync({ body, ifMatch: version ?? data.version }),
    onDone: () => notify(t('saved')),
  })
  return (
    <FormFrame form={form} submitLabel={t('save')} can={data.can.edit}>
      <TextInput {...form.text('name', { label: t('fields.name'), hint: t('hints.name') })} />
      <div className={styles['pair']}>
        <Select
          {...form.choice('sector', { label: t('fields.sector'), words: (value) => t(`web:sectors.${value}`) })}
          allowDeselect={false}
          data={sectors.map((value) => ({ value, label: t(`web:sectors.${value}`) }))}
        />
        <Select
          {...form.choice('size', { label: t('fields.size'), words: (value) => t(`web:sizes.${value}`) })}
          allowDeselect={false}
          data={sizes.map((value) => ({ value, label: t(`web:sizes.${value}`) }))}
        />
        <Select
          {...form.choice('language', {
            label: t('fields.language'),
            hint: t('hints.language'),
            words: (value) => t(`web:languages.${value}`),
          })}
          allowDeselect={false}
          data={(['en', 'de'] as const).map((value) => ({ value, label: t(`web:languages.${value}`) }))}
        />
        <Select
          {...form.choice('currency', { label: t('fields.currency'), hint: t('hints.currency') })}
          allowDeselect={false}
          searchable
          data={currencies()}
        />
        <Select
          {...form.choice('timeZone', { label: t('fields.timeZone'), hint: t('hints.timeZone') })}
          allowDeselect={false}
          searchable
          data={timeZones(data.timeZone)}
        />
      </div>
    </FormFrame>
  )
}
