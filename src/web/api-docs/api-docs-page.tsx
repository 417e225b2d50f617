import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorBand } from '#ui/error-band.tsx'
import { PathLink } from '#ui/link.tsx'
import { useText } from '#ui/text.ts'
import { isTyping } from '#ui/use-table-keys.ts'
import { readDocument } from '../api.ts'
import { changeLanguage, type Language } from '../i18n.ts'
import { sessionQuery } from '../session.ts'
import { PendingPage } from '../shell/problem-page.tsx'
import { type ApiDescription, matching, type Operation, operationsOf } from './api-description.ts'
import styles from './api-docs.module.css'
import { OperationView } from './operation-view.tsx'
import { SchemaView } from './schema-view.tsx'

const address = '/api/openapi.json'

const descriptionQuery = queryOptions({
  queryKey: ['api.description'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => (await readDocument(address, signal)) as ApiDescription,
})

/** The API as the OpenAPI document describes it: how it is spoken to, then every operation. Anybody may read it. */
export function ApiDocsPage() {
  const t = useText('api-docs')
  const other: Language = useTranslation().i18n.language === 'de' ? 'en' : 'de'
  const { data, error, refetch } = useQuery(descriptionQuery)
  useEffect(() => {
    document.title = `${t('title')} · Plumbline`
  }, [t])
  return (
    <div className={styles['page']}>
      <header className={styles['brand']}>
        <PathLink to="/">
          <img src="/plumbline.svg" alt="" /> Plumbline
        </PathLink>
        <Button variant="subtle" size="compact-sm" lang={other} onClick={() => void changeLanguage(other)}>
          {other === 'de' ? 'Deutsch' : 'English'}
        </Button>
      </header>
      <main>
        <h1>{t('title')}</h1>
        {error === null ? null : <ErrorBand error={error} retry={() => void refetch()} />}
        {data === undefined ? error === null && <PendingPage /> : <Description description={data} />}
      </main>
    </div>
  )
}

const rules = ['access', 'lists', 'past', 'versions', 'repeat', 'problems', 'limits'] as const

/** The rules every operation goes by, and the operations by what they are about. */
export function Description({ description }: { description: ApiDescription }) {
  const t = useText('api-docs')
  const operations = useMemo(() => operationsOf(description), [description])
  const [asked, setAsked] = useState('')
  const found = matching(operations, useDeferredValue(asked))
  const server = description.servers[0]?.url ?? ''
  const search = useRef<HTMLInputElement>(null)
  const target = useTarget()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target)) return
      event.preventDefault()
      search.current?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  const problem = description.components.schemas['Problem']
  return (
    <>
      <p className={styles['lead']}>{t('lead', { version: description.info.version })}</p>
      <p className={styles['links']}>
        <a className="pl-link" href={address}>
          {t('raw')}
        </a>
        <TokenLinks />
      </p>
      <dl className={styles['rules']}>
        {rules.map((rule) => (
          <div key={rule}>
            <dt>{t(`rules.${rule}.title`)}</dt>
            <dd>{t(`rules.${rule}.text`, { server })}</dd>
          </div>
        ))}
      </dl>
      {problem === undefined ? null : (
        <details className={styles['operation']}>
          <summary>{t('problem')}</summary>
          <div className={styles['details']}>
            <SchemaView type="application/problem+json" schema={problem} />
          </div>
        </details>
      )}
      <div className={styles['search']}>
        <TextInput
          ref={search}
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={16} stroke={1.6} />}
          value={asked}
          onChange={(event) => setAsked(event.currentTarget.value)}
        />
        <output className="pl-muted">{t('count', { count: found.length })}</output>
      </div>
      {[...Map.groupBy(found, ({ tag }) => tag)].sort(byName).map(([tag, some]) => (
        <section key={tag} aria-labelledby={`tag-${tag}`}>
          <h2 id={`tag-${tag}`} lang="en">
            {tag}
          </h2>
          <p className="pl-muted" lang="en">
            {description.tags.find(({ name }) => name === tag)?.description}
          </p>
          {some.map((one) => (
            <OperationView
              // Opened anew when an address names it.
              key={one.id === target ? `${one.id} target` : one.id}
              operation={one}
              server={server}
              open={one.id === target}
            />
          ))}
        </section>
      ))}
    </>
  )
}

/** The way to a token, for somebody who is signed in. */
function TokenLinks() {
  const t = useText('api-docs')
  const { data: session } = useQuery(sessionQuery)
  return session?.organizations.map(({ slug, name }) => (
    <PathLink key={slug} to={`/o/${slug}/members`}>
      {t('tokens', { name })}
    </PathLink>
  ))
}

const byName = ([a]: [string, Operation[]], [b]: [string, Operation[]]): number => (a < b ? -1 : 1)

/** The operation the address names, `#risk.accept`; brought into view once it is there. */
function useTarget(): string {
  const [target, setTarget] = useState(() => decodeURIComponent(location.hash.slice(1)))
  useEffect(() => {
    const follow = () => setTarget(decodeURIComponent(location.hash.slice(1)))
    globalThis.addEventListener('hashchange', follow)
    return () => globalThis.removeEventListener('hashchange', follow)
  }, [])
  useEffect(() => {
    if (target !== '') document.getElementById(target)?.scrollIntoView({ block: 'start' })
  }, [target])
  return target
}
