import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { invitationLetter, resetLetter } from '#platform/identity/letters.ts'
import { smtpMailer } from './mailer.ts'
import { escapeHtml } from './page.ts'

const from = 'ISMS <isms@acme.example>'
const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

/** A mail server that takes everything, or refuses every recipient. */
async function postOffice(takes: boolean): Promise<{ url: string; received: string[]; spoken: string[] }> {
  const received: string[] = []
  const spoken: string[] = []
  const server = createServer((socket) => {
    let message: string | null = null
    socket.write('220 post\r\n')
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split(/(?<=\r\n)/)) {
        spoken.push(line)
        if (message !== null) {
          message += line
          if (message.endsWith('\r\n.\r\n')) {
            received.push(message)
            message = null
            socket.write('250 taken\r\n')
          }
        } else if (/^EHLO/i.test(line)) socket.write('250-post\r\n250 8BITMIME\r\n')
        else if (/^STARTTLS/i.test(line)) socket.write('502 no\r\n')
        else if (/^RCPT/i.test(line)) socket.write(takes ? '250 ok\r\n' : '550 nobody here\r\n')
        else if (/^DATA/i.test(line)) {
          message = ''
          socket.write('354 go on\r\n')
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
        else socket.write('250 ok\r\n')
      }
    })
    socket.on('error', () => undefined)
  })
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    spoken,
  }
}

const letter = invitationLetter({
  email: 'ben@acme.example',
  name: 'Ben\r\nBcc: everybody@acme.example',
  organization: '<img src=x onerror=alert(1)> & Co',
  by: 'Anna "the boss" Berg',
  link: 'https://isms.acme.example/link#abc',
  locale: 'en',
})

test('a message reaches the server with text and HTML, and a name cannot add a header', async () => {
  const { url, received } = await postOffice(true)
  const failures: Error[] = []
  expect(await smtpMailer({ url, from, onFailure: (error) => failures.push(error) }).send(letter)).toBe(true)
  const [message = ''] = received
  expect(failures).toEqual([])
  expect(message).toMatch(/^From: ISMS <isms@acme\.example>\r$/m)
  expect(message).not.toMatch(/^Bcc:/m)
  expect(message).toContain('multipart/alternative')
})

test('a server that refuses or is not there is reported, not thrown', async () => {
  const { url } = await postOffice(false)
  const failures: Error[] = []
  const onFailure = (error: Error): number => failures.push(error)
  expect(await smtpMailer({ url, from, onFailure }).send(letter)).toBe(false)
  expect(await smtpMailer({ from, url: 'smtp://127.0.0.1:1', onFailure }).send(letter)).toBe(false)
  expect(failures).toHaveLength(2)
  for (const failure of failures) expect(failure.message).not.toContain('link#abc')
})

test.each([
  ['its greeting', ''],
  ['an answer', '220 post\r\n'],
])('a server that drips %s without end is given up, and its connection closed', async (_what, greeting) => {
  const cut = Promise.withResolvers<void>()
  const server = createServer((socket) => {
    socket.write(greeting)
    const dripping = setInterval(() => socket.write('250-a\r\n'), 10)
    socket.on('error', () => undefined)
    socket.on('end', () => clearInterval(dripping))
    socket.on('close', () => {
      clearInterval(dripping)
      cut.resolve()
    })
    socket.resume()
  })
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const failures: Error[] = []
  const onFailure = (error: Error): number => failures.push(error)
  const mailer = smtpMailer({ url: `smtp://127.0.0.1:${port}`, from, onFailure, deadline: 300 })
  expect(await mailer.send(letter)).toBe(false)
  expect(failures.map(({ message }) => message)).toEqual([
    'The mail server did not take the message within 0.3 seconds.',
  ])
  await cut.promise
})

test('a password is not sent in the clear', async () => {
  const { url, spoken } = await postOffice(true)
  const failures: Error[] = []
  // This machine under a name that is not known to be this machine; it offers no TLS.
  const away = url.replace('smtp://127.0.0.1', 'smtp://isms:secret@0.0.0.0')
  expect(await smtpMailer({ from, url: away, onFailure: (error) => failures.push(error) }).send(letter)).toBe(false)
  expect(failures.map((failure) => failure.message)).toEqual([expect.stringMatching(/STARTTLS/)])
  expect(spoken.join('')).not.toMatch(/AUTH|secret/)
})

test('an address that is no mail server stops the start', () => {
  expect(() => smtpMailer({ from, url: 'http://mail.example', onFailure: () => undefined })).toThrow('smtp://')
})

test('letters escape what people typed and fetch nothing', () => {
  expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;')
  expect(letter.html).not.toContain('<img')
  expect(letter.html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; Co')
  expect(letter.text).toContain('https://isms.acme.example/link#abc')
  const german = resetLetter({
    email: 'b@a.example',
    name: 'Ben',
    link: 'https://x.example/link#k',
    locale: 'de',
    by: null,
  })
  expect(german.subject).toBe('Neues Passwort für Plumbline wählen')
  for (const { html } of [letter, german]) expect(html).not.toMatch(/\b(src|background|url\()\s*=?\s*["']?https?:/)
})
