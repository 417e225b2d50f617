import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { isolateDirection } from './isolate-direction.ts'
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
// What the platform refuses, in words: no page needs it to be shown.
const refusalTexts: Record<string, Loader> = import.meta.glob<Texts>('./refusals/locales/*.json', { import: 'default' })
// Only what the navigation and the command menu show, see vite.config.ts.
const navTexts: Record<string, Loader> = import.meta.glob<Texts>('../modules/*/web/locales/*.json', {
  query: '?nav',
  import: 'default',
})

// What an import says about files and rows, with the names of its fields; the English sentences are the server's own.
const importTexts: Record<string, Loader> = {
  ...import.meta.glob<Texts>('./imports/locales/*.json', { import: 'default' }),
  './imports/locales/en.json?sentences': async () => ({
    refusals: treeOf((await import('#kernel/import/sentences.ts')).importSentences),
  }),
}

// How the API is spoken to; the operations themselves are described in English.
const apiDocsTexts: Record<string, Loader> = import.meta.glob<Texts>('./api-docs/locales/*.json', { import: 'default' })

/** `../modules/risk/web/locales/de.json` → risk, de. The folder of a module is its namespace. */
export function namespaceOf(path: string): { namespace: string; language: string } {
  const language = /(\w+)\.json/.exec(path)?.[1] ?? ''
  const module = /\/modules\/([^/]+)\//.exec(path)?.[1]
  const own = path.includes('/ui/')
    ? 'ui'
    : path.includes('/imports/')
      ? 'imports'
      : path.includes('/api-docs/')
        ? 'api-docs'
        : 'web'
  return { namespace: module ?? own, language }
}

/** Texts by dotted key as a tree: `{ 'a.b': 'x' }` → `{ a: { b: 'x' } }`. */
export function treeOf(texts: Readonly<Record<string, string>>): Texts {
  const tree: Texts = {}
  for (const [key, text] of Object.entries(texts)) {
    const path = key.split('.')
    const last = path.pop() ?? ''
    let at = tree
    for (const part of path) {
      at[part] ??= {}
      at = at[part] as Texts
    }
    at[last] = text
  }
  return tree
}

const pseudoWanted = (): boolean => new URLSearchParams(globalThis.location?.search ?? '').get('locale') === 'pseudo'

let isPseudo = false

const loaded = new Set<Loader>()

async function load(from: Record<string, Loader>, language: Language): Promise<void> {
  await Promise.all(
    Object.entries(from).map(async ([path, read]) => {
      const file = namespaceOf(path)
      if (file.language !== language || loaded.has(read)) return
      const texts = await read()
      loaded.add(read)
      i18next.addResourceBundle(language, file.namespace, isPseudo ? pseudoTree(texts) : texts, true, true)
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

/** The language the page is in. */
export const pageLanguage = (): Language => i18next.language as Language

const wanted = new Set([shellTexts])

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
    // React escapes; what is left to do for a value is to keep the direction of its letters to itself.
    interpolation: { escape: isolateDirection },
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

async function want(texts: Record<string, Loader>): Promise<void> {
  wanted.add(texts)
  await load(texts, i18next.language as Language)
}

/** Fetches what the frame of an organization shows of the modules; called on the way in. */
export const loadNavTexts = (): Promise<void> => want(navTexts)

/** Fetches the texts of all modules in the current language (one file); pages and cards of modules wait for it. */
export const loadModuleTexts = (): Promise<void> => want(moduleTexts)

/** Fetches what the platform says when it refuses something; called once the first page is on its way. */
export const loadRefusalTexts = (): Promise<void> => want(refusalTexts)

/** Fetches the texts of imports; their page waits for it. */
export const loadImportTexts = (): Promise<void> => want(importTexts)

/** Fetches the texts of the API's description; its page waits for it. */
export const loadApiDocsTexts = (): Promise<void> => want(apiDocsTexts)

/** Switches the interface to a language and remembers it on this machine. */
export async function changeLanguage(language: Language): Promise<void> {
  if (isPseudo || i18next.language === language) return
  await Promise.all([...wanted].map((texts) => load(texts, language)))
  await i18next.changeLanguage(language)
  applyToDocument(language)
  try {
    localStorage.setItem('plumbline.language', language)
  } catch {
    // Storage is blocked: the choice lasts for this visit.
  }
}
