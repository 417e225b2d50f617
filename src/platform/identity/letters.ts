import type { Mail } from '#platform/mail/mailer.ts'
import { setLetter } from '#platform/mail/page.ts'

type Language = 'en' | 'de'

const languageOf = (locale: string): Language => (locale === 'de' ? 'de' : 'en')

const invitationTexts = {
  en: {
    subject: (organization: string) => `Your invitation to ${organization}`,
    hello: (name: string) => `Hello ${name},`,
    body: (organization: string, by: string) =>
      `${by} invites you to work in Plumbline on the information security management of ${organization}.`,
    button: 'Accept the invitation',
    remark: 'The link works once and for seven days. If you did not expect it, you need not do anything.',
  },
  de: {
    subject: (organization: string) => `Ihre Einladung zu ${organization}`,
    hello: (name: string) => `Guten Tag ${name},`,
    body: (organization: string, by: string) =>
      `${by} lädt Sie ein, in Plumbline am Informationssicherheits-Management von ${organization} mitzuarbeiten.`,
    button: 'Einladung annehmen',
    remark: 'Der Link gilt einmal und sieben Tage lang. Haben Sie ihn nicht erwartet, müssen Sie nichts tun.',
  },
} as const

/** The message that brings an invitation link. */
export function invitationLetter(facts: {
  email: string
  name: string
  organization: string
  by: string
  link: string
  locale: string
}): Mail {
  const language = languageOf(facts.locale)
  const words = invitationTexts[language]
  return setLetter({
    to: { name: facts.name, address: facts.email },
    language,
    subject: words.subject(facts.organization),
    paragraphs: [words.hello(facts.name), words.body(facts.organization, facts.by)],
    button: { label: words.button, address: facts.link },
    remark: words.remark,
  })
}

const resetTexts = {
  en: {
    subject: 'Choose a new password for Plumbline',
    hello: (name: string) => `Hello ${name},`,
    body: 'A new password was asked for your Plumbline account. Choosing one signs you out on every device.',
    bodyBy: (by: string) =>
      `${by} has asked for a new password for your Plumbline account. Choosing one signs you out on every device.`,
    button: 'Choose a new password',
    remark: 'The link works once and for one hour. If it was not you who asked, your password stays as it is.',
    remarkBy: 'The link works once and for 24 hours. If you do not use it, your password stays as it is.',
  },
  de: {
    subject: 'Neues Passwort für Plumbline wählen',
    hello: (name: string) => `Guten Tag ${name},`,
    body: 'Für Ihr Plumbline-Konto wurde ein neues Passwort angefordert. Wenn Sie eines wählen, werden Sie auf allen Geräten abgemeldet.',
    bodyBy: (by: string) =>
      `${by} hat für Ihr Plumbline-Konto ein neues Passwort angefordert. Wenn Sie eines wählen, werden Sie auf allen Geräten abgemeldet.`,
    button: 'Neues Passwort wählen',
    remark: 'Der Link gilt einmal und eine Stunde lang. Waren Sie es nicht selbst, bleibt Ihr Passwort, wie es ist.',
    remarkBy: 'Der Link gilt einmal und 24 Stunden lang. Nutzen Sie ihn nicht, bleibt Ihr Passwort, wie es ist.',
  },
} as const

/** The message that brings a reset link. `by`: the administrator who issued it; null when its owner asked. */
export function resetLetter(facts: {
  email: string
  name: string
  link: string
  locale: string
  by: string | null
}): Mail {
  const language = languageOf(facts.locale)
  const words = resetTexts[language]
  return setLetter({
    to: { name: facts.name, address: facts.email },
    language,
    subject: words.subject,
    paragraphs: [words.hello(facts.name), facts.by === null ? words.body : words.bodyBy(facts.by)],
    button: { label: words.button, address: facts.link },
    remark: facts.by === null ? words.remark : words.remarkBy,
  })
}
