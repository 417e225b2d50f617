import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { pseudoTree } from './pseudo.ts'

export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

type Texts = Record<string, unknown>
type Loader = () => Promise<Texts>

const shellTexts: Record<string, Loader> = {
  ...import.meta.glob<Texts>('./locales/*.json', { import: 'default' }),
  ...import.meta.glob<Texts>('../ui/locales/*.json', { import: 'default' }),
}
const moduleTexts: Record<string, Loader> = import.meta.glob<Texts>('../modules/*/web/locales/*.json', {
  import: 'default',
})

/** `../modules/risk/web/locales/de.json` → risk, de. The folder of a module is its namespace. */
export function namespaceOf(path: string): { namespace: string; language: string } {
  const language = path.slice(path.lastIndexOf('/') + 1, -'.json'.length)
  const module = /\/modules\/([^/]+)\//.exec(path)?.[1]
  return { namespace: module ?? (path.includes('/ui/') ? 'ui' : 'web'), language }
}

const pseudoWanted = (): boolean => new URLSearchParams(globalThis.location?.search ?? '').get('locale') === 'pseudo'

let isPseudo = false

async function load(from: Record<string, Loader>, language: Language): Promise<void> {
  await Promise.all(
    Object.entries(from).map(async ([path, read]) => {
      const file = namespaceOf(path)
      if (file.language !== language || i18next.hasResourceBundle(language, file.namespace)) return
      const texts = await read()
      i18next.addResourceBundle(language, file.namespace, isPseudo ? pseudoTree(texts) : texts)
    }),
  )
}

/** The language of somebody who has not signed in: chosen earlier on this machine, else the browser's. */
function guessLanguage(): Language {
  try {
    const chosen = localStorage.getItem('plumbline.language')
    if (chosen === 'en' || chosen === 'de') return chosen
  } catch {
    // Storage is blocked: ask the browser.
  }
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en'
}

let modulesWanted = false

/** Starts translation with the texts of the shell; modules' texts follow with `loadModuleTexts`. */
export async function startI18n(): Promise<i18n> {
  isPseudo = pseudoWanted()
  const language = isPseudo ? 'en' : guessLanguage()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    ns: ['web', 'ui'],
    defaultNS: 'web',
    resources: {},
    partialBundledLanguages: true,
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: false, bindI18nStore: 'added' },
  })
  await load(shellTexts, language)
  applyToDocument(language)
  return i18next
}

function applyToDocument(language: Language): void {
  document.documentElement.lang = language
  document.documentElement.dataset['pseudo'] = String(isPseudo)
}

/** Fetches the texts of all modules in the current language (one file); called on the way into an organization. */
export async function loadModuleTexts(): Promise<void> {
  modulesWanted = true
  await load(moduleTexts, i18next.language as Language)
}

/** Switches the interface to a language and remembers it on this machine. */
export async function changeLanguage(language: Language): Promise<void> {
  if (isPseudo || i18next.language === language) return
  await load(shellTexts, language)
  if (modulesWanted) await load(moduleTexts, language)
  await i18next.changeLanguage(language)
  applyToDocument(language)
  try {
    localStorage.setItem('plumbline.language', language)
  } catch {
    // Storage is blocked: the choice lasts for this visit.
  }
}
