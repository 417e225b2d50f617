import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '#ui/text.ts'
import { changeLanguage, type Language, languages } from '../i18n.ts'
import styles from './entry.module.css'

/** The page around sign-in, set-up and links: mark, language, one thing to do. */
export function EntryFrame({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const t = useText('web')
  const { i18n } = useTranslation()
  useEffect(() => {
    document.title = `${title} · Plumbline`
  }, [title])
  return (
    <div className={styles['page']}>
      <header className={styles['top']}>
        <span className={styles['brand']}>
          <img src="/plumbline.svg" alt="" />
          Plumbline
        </span>
        <SegmentedControl
          size="xs"
          aria-label={t('language.label')}
          value={i18n.language}
          onChange={(value) => void changeLanguage(value as Language)}
          data={languages.map((value) => ({ value, label: <span lang={value}>{t(`languages.${value}`)}</span> }))}
        />
      </header>
      <main className={wide ? `${styles['content']} ${styles['wide']}` : styles['content']}>{children}</main>
    </div>
  )
}
