import type { Page, Response } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { hardCoded } from '#web/pseudo.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
/** Everything the API sent that people wrote or the catalogue holds. */
const data = new Set<string>()

beforeAll(async () => {
  stage = await openStage(['--demo'])
  stage.page.on('response', (response) => void learning.push(learn(response)))
  await stage.page.goto(`${stage.url}/sign-in?locale=pseudo`)
  await stage.page.getByRole('button', { name: /ISMS/ }).first().click()
  await stage.page.waitForURL(/\/o\/demo/)
}, 480_000)
afterAll(() => stage?.close())

// Sentences of the server are English: a page that shows one as it came has left somebody in the wrong language.
const said = new Set(['message', 'detail', 'sentence'])
const learning: Promise<void>[] = []

async function learn(response: Response): Promise<void> {
  if (!response.url().includes('/api/v1/') || !response.headers()['content-type']?.includes('json')) return
  const body: unknown = await response.json().catch(() => null)
  // What an import calls its fields and choices, and the words of what a row becomes, come from the browser's texts.
  collect(body, response.url().includes('/imports/') ? new Set([...said, 'label', 'words', 'word']) : said)
}

function collect(value: unknown, without: ReadonlySet<string>): void {
  if (typeof value === 'string') {
    for (const part of [value, ...value.split('\n')]) data.add(part.replaceAll(/\s+/g, ' ').trim())
  } else if (Array.isArray(value)) for (const one of value) collect(one, without)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) if (!without.has(key)) collect(one, without)
  }
}

/** Visible texts of the page, node by node, and those that screen readers and empty fields show. */
const textsOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const texts: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement
      if (
        parent === null ||
        parent.closest('script, style, noscript, code, kbd, [aria-hidden=true], [data-diff]') !== null
      )
        continue
      texts.push(node.textContent ?? '')
    }
    // Two values compared word by word: each as it was before it was cut.
    for (const diff of document.querySelectorAll('[data-diff]')) {
      for (const other of ['INS', 'DEL']) {
        const kept = [...diff.childNodes].filter((part) => part.nodeName !== other)
        texts.push(kept.map((part) => part.textContent ?? '').join(''))
      }
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
      if (element.closest('[aria-hidden=true]') !== null) continue
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) texts.push(element.getAttribute(name) ?? '')
    }
    return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => text !== '')
  })

const names = new Set([
  'Plumbline',
  'Ctrl K',
  'ISO/IEC 27001:2022',
  'CSV',
  'XLSX',
  'PDF',
  'DOCX',
  'JSON',
  // Codes the browser knows by itself.
  ...Intl.supportedValuesOf('currency'),
  ...Intl.supportedValuesOf('timeZone'),
])
const sizes = /(?<![\p{L}\d])\d[\d.,]* ?(?:byte|kB|MB|GB)(?!\p{L})/gu
// The beginning of a hash.
const hashes = /\b[0-9a-f]{12}\b/g
const escapeRegExp = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')

const initials = (name: string): string =>
  name
    .split(' ')
    .map((word) => word[0] ?? '')
    .join('')

/** What is left of the texts of a page without translations, data and names. */
async function escaped(page: Page): Promise<string[]> {
  await Promise.all(learning.splice(0))
  const known = [...data, ...names].filter((one) => one.length > 1).sort((a, b) => b.length - a.length)
  const short = new Set(known.map(initials).filter((one) => one.length === 2))
  const own = (text: string): boolean => {
    if (data.has(text) || names.has(text) || short.has(text)) return true
    let rest = text
      .replaceAll(/⟦[^⟦⟧]*⟧/g, ' ')
      .replaceAll(sizes, ' ')
      .replaceAll(hashes, ' ')
    for (const one of known) {
      if (!rest.includes(one)) continue
      rest = rest.replaceAll(new RegExp(`(?<![\\p{L}\\d])${escapeRegExp(one)}(?![\\p{L}\\d])`, 'gu'), ' ')
    }
    return !/\p{L}{2,}/u.test(rest)
  }
  return [...new Set(hardCoded(await textsOn(page), []))].filter((text) => !own(text))
}

async function visit(path: string): Promise<void> {
  const { page, url } = stage
  await page.goto(`${url}/o/demo${path}${path.includes('?') ? '&' : '?'}locale=pseudo`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
}

// Each with the shape of the addresses of the records it lists, of which the first ones are opened.
const pages: [path: string, records?: RegExp][] = [
  [''],
  ['/assets', /\/assets\/A-\d+$/],
  ['/assets/new'],
  ['/assets/classification'],
  ['/assets/sample'],
  ['/people', /\/people\/\w+-\d+$/],
  ['/roles', /\/roles\/\w+-\d+$/],
  ['/teams'],
  ['/organization'],
  ['/units'],
  ['/services'],
  ['/scope'],
  ['/obligations', /\/obligations\/\w*_?[\w-]+$/],
  ['/obligations/new'],
  ['/interested-parties'],
  ['/catalogue'],
  ['/catalogue?view=controls'],
  ['/evidence', /\/evidence\/\w+-\d+$/],
  ['/evidence/upload'],
  ['/evidence/new'],
  ['/risks', /\/risks\/risk_\w+$/],
  ['/risks/matrix'],
  ['/risks/method'],
  ['/risks/runs', /\/risks\/runs\/\w+$/],
  ['/risks/actions'],
  ['/soa', /\/controls\/A\.[\d.]+$/],
  ['/soa/versions', /\/soa\/versions\/\w+$/],
  ['/history'],
  ['/members'],
  ['/import/risks'],
]

test.each(pages)('every interface text of %s comes through translation, and of its records', async (path, records) => {
  const { page } = stage
  await visit(path)
  expect(await escaped(page)).toEqual([])
  if (records === undefined) return
  let found: string[] = []
  await vi.waitFor(
    async () => {
      const links = await page.evaluate(() =>
        [...document.querySelectorAll('a')].map((link) => new URL(link.href).pathname),
      )
      found = [...new Set(links.filter((link) => records.test(link)))].map((link) => link.replace('/o/demo', ''))
      expect(found.length).toBeGreaterThan(0)
    },
    { timeout: 20_000 },
  )
  for (const record of found.slice(0, 3)) {
    await visit(record)
    expect([record, await escaped(page)]).toEqual([record, []])
  }
})

test('the import wizard says everything about a file through translation', async () => {
  const { page } = stage
  await visit('/import/risks')
  const file = [
    'Risk ID;Risk;Owner;Likelihood;Impact;Residual likelihood;Residual impact;Score;Treatment;Status;Due',
    'X-1;A laptop is lost on a train;Nobody Known;3;4;2;4;11;Mitigate;Accepted;03/04/26',
    'X-1;The same reference again;Data owner;9;4;2;4;36;Pray;Open;04/05/26',
    ';;;;;;;;;;',
    'Total;;;;;;;47;;;',
  ].join('\n')
  for (const cell of file.split(/[;\n]/)) data.add(cell)
  await page.locator('input[type=file]').setInputFiles({
    name: 'risks.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(file),
  })
  await page.getByRole('table').first().waitFor()
  await page.waitForLoadState('networkidle')
  for (let step = 0; step < 3; step++) {
    expect(await escaped(page)).toEqual([])
    const next = page.getByRole('button', { name: /Çóñţíñúé/ })
    if ((await next.count()) === 0) break
    await next.click()
    await page.waitForLoadState('networkidle')
  }
  await page.getByRole('checkbox').first().waitFor()
  expect(await escaped(page)).toEqual([])
})
