import { Diff } from '#ui/diff.tsx'
import { useFormat } from '#ui/format.ts'
import { Page, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { useText } from '#ui/text.ts'
import { useApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { scope } from '../contract-scope.ts'
import { Changes } from './changes.tsx'
import { ContentView } from './content-view.tsx'
import styles from './organization.module.css'

/** One version of the scope statement as it was approved, and what differs from the one before. */
export function StatementPage() {
  const t = useText('organization')
  const format = useFormat()
  const { statementId } = usePageParams() as { statementId: string }
  const { data } = useApi(scope.statement, { params: { statementId } })
  const { previous } = data
  return (
    <Page
      title={t('scope.version', { number: data.number ?? 0 })}
      clause="4.3"
      lead={
        data.approvedAt === null
          ? t(`statuses.${data.status}`)
          : t('scope.approvedBy', { name: data.approvedBy?.name ?? '', date: format.date(data.approvedAt) })
      }
    >
      <div className={styles['scope']}>
        <Section title={t('scope.statement')}>
          <p className={styles['statement']}>
            {previous === null ? data.statement : <Diff before={previous.statement} after={data.statement} />}
          </p>
          {data.considerations === '' ? null : (
            <>
              <p className={styles['caption']}>{t('fields.considerations')}</p>
              <p className={styles['statement']}>
                {previous === null ? (
                  data.considerations
                ) : (
                  <Diff before={previous.considerations} after={data.considerations} />
                )}
              </p>
            </>
          )}
          {data.stateHash === null ? null : (
            <p className={styles['caption']}>
              {t('scope.hash')} <code style={{ overflowWrap: 'anywhere' }}>{data.stateHash}</code>
            </p>
          )}
        </Section>
        {data.changes.length === 0 ? null : (
          <Section title={t('scope.differs', { number: previous?.number ?? 0 })}>
            <Changes changes={data.changes} content={data.content} />
          </Section>
        )}
        <Section title={t('scope.contents')}>
          <ContentView content={data.content} />
        </Section>
        <Section title={t('ui:record.history')}>
          <RecordHistory type="scope_statement" id={data.id} />
        </Section>
      </div>
    </Page>
  )
}
