import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** A server of its own, started as a person would start it, and a browser. */
export interface Stage {
  readonly url: string
  /** The one-time code the console printed. */
  readonly code: string
  readonly page: Page
  /** What the browser complained about: errors in the console, failed scripts. */
  readonly complaints: string[]
  /** The folder of the installation. */
  readonly home: string
  /** A browser of somebody else's: own cookies, same complaints. */
  visitor(options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts a fresh installation and opens its first page. */
export async function openStage(args: readonly string[] = []): Promise<Stage> {
  const home = mkdtempSync(join(tmpdir(), 'plumbline-e2e-'))
  const port = 20_000 + (process.pid % 20_000)
  const server = spawn(process.execPath, [join(import.meta.dirname, '../bin/plumbline.js'), 'serve', ...args], {
    env: { PATH: process.env['PATH'], PLUMBLINE_HOME: home, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = await untilReady(server)
  const browser: Browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags })
  const complaints: string[] = []
  const visitor: Stage['visitor'] = async (options) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    context.on('page', (page) => listen(page, complaints))
    return context.newPage()
  }
  const page = await visitor()
  const url = `http://127.0.0.1:${port}`
  await page.goto(url)
  return {
    url,
    code: /Set-up code: (\S+)/.exec(said)?.[1] ?? '',
    page,
    complaints,
    home,
    visitor,
    async close() {
      await browser.close()
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      await ended
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    // The browser reports every refused request as an error; those the pages show themselves.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(`${page.url()}: ${message.text()}`)
    }
  })
}

function untilReady(server: ChildProcess): Promise<string> {
  let text = ''
  return new Promise((resolve, reject) => {
    server.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (/Plumbline ready at[\s\S]*Set-up code: \S+/.test(text)) resolve(text)
    })
    server.once('exit', () => reject(new Error(`The server ended: ${text}`)))
  })
}

/** What axe finds wrong with the page (WCAG 2.2 A and AA), one line per rule; `contrast` looks at colours alone. */
export async function accessibilityFaults(page: Page, look: 'all' | 'contrast' = 'all'): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (look === 'contrast'
    ? axe.withRules(['color-contrast'])
    : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
  ).analyze()
  return violations.map((found) => `${page.url()} ${found.id}: ${found.help} (${found.nodes[0]?.html.slice(0, 160)})`)
}
