import { useTranslation } from 'react-i18next'
import { PathLink } from '#ui/link.tsx'
import { TagList } from '#ui/tag-list.tsx'
import { useText } from '#ui/text.ts'
import { useApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { catalogue } from '../contract.ts'
import { themes } from '../domain/release.ts'
import styles from './catalogue.module.css'
import { useWorded } from './worded.ts'

/** The controls of Annex A with purpose, attributes, earlier numbers, and what is usually shown for each. */
export function AnnexAReader({ words }: { words: readonly string[] }) {
  const t = useText('catalogue')
  const worded = useWorded()
  const { i18n } = useTranslation()
  const path = useOrgPath()
  const { data } = useApi(catalogue.controls, {})
  const labels = new Map(
    data.attributes.flatMap((attribute) => attribute.values.map((value) => [value.id, worded(value.label)] as const)),
  )
  const tagsOf = (control: (typeof data.controls)[number]): string[] =>
    Object.values(control.attributes)
      .flat()
      .map((value) => labels.get(value) ?? value)
  const shown = data.controls.filter((control) => {
    const text = [
      control.ref,
      worded(control.title),
      worded(control.purpose),
      ...tagsOf(control),
      ...control.predecessors2013,
      ...control.evidence.en,
    ]
      .join(' ')
      .toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return (
    <div className={styles['annex']}>
      <p className={styles['count']} aria-live="polite">
        {t('controls.count', { count: shown.length })}
      </p>
      {themes.map((theme) => {
        const mine = shown.filter((control) => control.theme === theme)
        return mine.length === 0 ? null : (
          <section key={theme} className={styles['chapter']}>
            <h2 className={styles['heading']}>{t(`themes.${theme}`)}</h2>
            <ul className={styles['controls']}>
              {mine.map((control) => (
                <li key={control.ref}>
                  <h3 className={styles['heading']}>
                    <span className={styles['ref']}>{control.ref}</span>{' '}
                    <PathLink to={path(`/controls/${control.ref}`)} className={styles['name']}>
                      {worded(control.title)}
                    </PathLink>
                  </h3>
                  <p>{worded(control.purpose)}</p>
                  <div className={styles['facts']}>
                    <TagList tags={tagsOf(control)} max={12} />
                    <span className={styles['note']}>
                      {control.isNew
                        ? t('controls.new')
                        : t('controls.old', { refs: control.predecessors2013.join(', ') })}
                    </span>
                  </div>
                  {control.evidence.en.length === 0 ? null : (
                    // Worded in English alone: readers of another language open it, and a search that finds it there.
                    <details className={styles['note']} open={i18n.language === 'en' || words.length > 0}>
                      <summary>{t('controls.usual')}</summary> <span lang="en">{control.evidence.en.join('; ')}</span>
                    </details>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )
      })}
      {shown.length === 0 ? <p className="pl-muted">{t('nothing')}</p> : null}
    </div>
  )
}
