/** One message, in plain text and in HTML without any remote content. */
export interface Mail {
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Hands messages to a mail server. */
export interface Mailer {
  /** True once the server has taken the message. Never throws: what was done before does not depend on mail. */
  send(mail: Mail): Promise<boolean>
}

export interface SmtpSettings {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string
  /** The sender: `isms@example.com` or `Plumbline <isms@example.com>`. */
  readonly from: string
  /** Told of every message that could not be handed over. The error names the server's answer, never the message. */
  readonly onFailure: (error: Error) => void
  /** How long handing one message over may take in all, in milliseconds (default 20 seconds). */
  readonly deadline?: number
}

// Nobody waits long in front of a form for a mail server. These bound its silence: one that drips breaks it again and again.
const patience = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 }
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/

/**
 * A mailer on an SMTP server. A password is sent over TLS only, except to this very machine.
 * Throws when the address is none: the start-up says so.
 */
export function smtpMailer({ url, from, onFailure, deadline = 20_000 }: SmtpSettings): Mailer {
  const server = new URL(url)
  if (server.protocol !== 'smtp:' && server.protocol !== 'smtps:') {
    throw new Error('SMTP_URL must begin with smtp:// or smtps://.')
  }
  const secure = server.protocol === 'smtps:'
  const user = decodeURIComponent(server.username)
  const pass = decodeURIComponent(server.password)
  const settings = {
    host: server.hostname.replace(/^\[|\]$/g, ''),
    port: server.port === '' ? (secure ? 465 : 587) : Number(server.port),
    secure,
    requireTLS: !secure && user !== '' && !loopback.test(server.hostname),
    ...(user === '' ? {} : { auth: { user, pass } }),
    ...patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  // Loaded where a mail server is set, and nowhere else.
  const transport = import('nodemailer').then(({ createTransport }) => createTransport(settings))
  return {
    async send({ to, subject, text, html }) {
      const signal = AbortSignal.timeout(deadline)
      try {
        await (await transport).sendMail({
          from,
          to: { name: oneLine(to.name), address: to.address },
          subject: oneLine(subject),
          text,
          html,
          // Answers of absence assistants help nobody here.
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal,
        })
        return true
      } catch (error) {
        const late = new Error(`The mail server did not take the message within ${deadline / 1000} seconds.`)
        onFailure(signal.aborted ? late : error instanceof Error ? error : new Error(String(error)))
        return false
      }
    },
  }
}

/** White space and control characters as single blanks, so that nothing typed into a name becomes a header. */
export const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
