import { Button, CopyButton } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from '#ui/format.ts'
import { useText } from '#ui/text.ts'
import { curlOf, type Operation } from './api-description.ts'
import styles from './api-docs.module.css'
import { Member, SchemaView } from './schema-view.tsx'

/** One operation: a line that opens into everything there is to know about it. */
export function OperationView({ operation, server, open }: { operation: Operation; server: string; open: boolean }) {
  const { id, method, path, summary } = operation
  const [opened, setOpened] = useState(open)
  return (
    <details
      id={id}
      className={styles['operation']}
      open={opened}
      onToggle={(event) => setOpened(event.currentTarget.open)}
    >
      <summary>
        <span className={styles['method']} data-method={method}>
          {method}
        </span>
        <code className={styles['path']}>{path}</code>
        <span lang="en" className={styles['summary']}>
          {summary}
        </span>
      </summary>
      {/* Drawn when it is opened: all of them at once are some ten thousand lines. */}
      {opened ? <OperationDetails operation={operation} server={server} /> : null}
    </details>
  )
}

function OperationDetails({ operation, server }: { operation: Operation; server: string }) {
  const t = useText('api-docs')
  const { id, parameters, body, success, refusals } = operation
  const curl = curlOf(operation, server)
  return (
    <div className={styles['details']}>
      <p>
        <a className="pl-link" href={`#${id}`}>
          <code>{id}</code>
        </a>{' '}
        <Access operation={operation} />
      </p>
      {parameters.length === 0 ? null : (
        <section>
          <h4>{t('parameters')}</h4>
          <ul className={styles['members']}>
            {parameters.map((one) => (
              <Member
                key={`${one.in} ${one.name}`}
                name={one.name}
                schema={one.schema}
                required={one.required === true}
                note={one.description ?? (one.in === 'query' ? undefined : t(`in.${one.in}`))}
              />
            ))}
          </ul>
        </section>
      )}
      {body === null ? null : (
        <section>
          <h4>{t('body')}</h4>
          <SchemaView {...body} />
        </section>
      )}
      <section>
        <h4>{t('success', { status: success.status })}</h4>
        {success.schema === null ? <p>{t('empty')}</p> : <SchemaView type={success.type} schema={success.schema} />}
      </section>
      <section>
        <h4>{t('refusals')}</h4>
        <dl className={styles['refusals']}>
          {refusals.map(({ status, description }) => (
            <div key={status}>
              <dt>{status}</dt>
              <dd lang="en">{description}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <div className={styles['headed']}>
          <h4>{t('example')}</h4>
          <CopyButton value={curl}>
            {({ copied, copy }) => (
              <Button variant="default" size="compact-xs" onClick={copy}>
                {copied ? t('web:copied') : t('web:copy')}
              </Button>
            )}
          </CopyButton>
        </div>
        {/* A long line scrolls, by keyboard too. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <pre tabIndex={0} aria-label={t('example')} className={styles['code']}>
          {curl}
        </pre>
      </section>
    </div>
  )
}

function Access({ operation: { access, action, roles } }: { operation: Operation }) {
  const t = useText('api-docs')
  const format = useFormat()
  if (action === null) return <span>{t(`access.${access}`)}</span>
  const names = Object.entries(roles).map(([role, on]) => {
    const name = t(`web:roles.${role}`)
    return on === 'own' ? t('own', { role: name }) : name
  })
  return (
    <span>
      {t('needs')} <code>{action}</code>: {format.list(names)}
    </span>
  )
}
