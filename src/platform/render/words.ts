export type ReportLanguage = 'en' | 'de'

/** The same words in every language documents come in. */
export type Words<T = string> = Readonly<Record<ReportLanguage, T>>

/** The words of a code in both languages, as a filter and cells need them. */
export function coded<Code extends string>(words: Words<Readonly<Record<Code, string>>>) {
  return (code: Code | null | undefined, language: ReportLanguage): string =>
    code === null || code === undefined ? '' : words[language][code]
}
