const words = { en: 'as imported', de: 'laut Import' } as const

/**
 * A name or role an import gave as the owner, which no person of the directory matches yet, as documents print it: in the
 * words of the screen.
 */
export const asImported = (name: string, language: keyof typeof words): string => `${name} (${words[language]})`

/** The same of a name there may be none of: '' stays ''. */
export const claimedOwner = (name: string | null, language: keyof typeof words): string =>
  name === null || name === '' ? '' : asImported(name, language)

/** The name alone, so that a document can be read back in. */
export const withoutAsImported = (text: string): string =>
  Object.values(words).reduce(
    (name, said) => (name.endsWith(` (${said})`) ? name.slice(0, -said.length - 3) : name),
    text,
  )
