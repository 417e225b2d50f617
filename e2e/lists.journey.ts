import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, openStage, type Stage } from './stage.ts'

// Anna Berg, who has just set up her organization, works through its inventory of assets with keys and mouse.

let stage: Stage
let page: Page

interface Sent {
  readonly id: string
  readonly version: number
}

/** Calls the API as the page itself does. */
const send = (method: 'POST' | 'PATCH', path: string, body: object, version?: number): Promise<Sent> =>
  page.evaluate(
    async ([how, where, what, seen]) => {
      const response = await fetch(`/api/v1/orgs/acme${where}`, {
        method: how === 'POST' ? 'POST' : 'PATCH',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
          ...(seen === undefined ? {} : { 'if-match': `"${String(seen)}"` }),
        },
        body: JSON.stringify(what),
      })
      if (!response.ok) throw new Error(await response.text())
      return (await response.json()) as Sent
    },
    [method, path, body, version] as const,
  )

const assets: Sent[] = []
beforeAll(async () => {
  stage = await openStage()
  page = stage.page
  await page.getByText('Set up mine').click()
  await page.getByLabel('Set-up code').fill(stage.code)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Anna Berg')
  await page.getByLabel('E-mail address').fill('anna@acme.example')
  await page.getByLabel('Password', { exact: true }).fill('a long sentence nobody guesses')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Name of the organization').fill('Acme')
  await page.getByLabel('Software').first().check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('radio').nth(2).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Create organization' }).click()
  await page.waitForURL(/\/o\/acme/)
  const rafael = await send('POST', '/people', { name: 'Rafael Pinto', kind: 'employee' })
  await send('POST', '/people', { name: 'Sofia Lund', kind: 'employee' })
  for (let n = 1; n <= 8; n++) {
    const kind = n % 2 === 0 ? 'hardware' : 'service'
    assets.push(
      await send('POST', '/assets', { name: `Asset ${String(n)}`, kind, ...(n > 2 ? { ownerId: rafael.id } : {}) }),
    )
  }
})
afterAll(() => stage?.close())

const grid = () => page.getByRole('grid', { name: 'Assets' })
const row = (ref: string) =>
  grid()
    .locator('tbody tr[id]')
    .filter({ has: page.getByText(ref, { exact: true }) })
const panel = () => page.getByRole('complementary', { name: /beside the list/ })
const open = async (path: string) => {
  await page.goto(`${stage.url}/o/acme${path}`)
  await grid().locator('tbody tr[id]').first().waitFor()
}
const hasFocus = (of: ReturnType<typeof grid>) => of.evaluate((element) => element === document.activeElement)

test('a record opens beside the list, follows the keys, and has a page of its own', async () => {
  await open('/assets')
  await row('A-4').getByRole('link').click()
  await panel().getByRole('heading', { level: 1, name: /A-4/ }).waitFor()
  expect(new URL(page.url()).searchParams.get('beside')).toBe('/assets/A-4')
  await grid().focus()
  await page.keyboard.press('j')
  await panel().getByRole('heading', { level: 1, name: /A-5/ }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  // Enter once more goes into the record, Escape leaves it and closes it.
  await page.keyboard.press('Enter')
  expect(await hasFocus(panel())).toBe(true)
  await page.keyboard.press('Escape')
  await panel().waitFor({ state: 'detached' })
  expect(await hasFocus(grid())).toBe(true)
  await page.keyboard.press('Shift+Enter')
  await page.waitForURL(/\/assets\/A-5$/)
  await page.getByRole('heading', { level: 1, name: /A-5/ }).waitFor()
})

test('the owner is changed in the row; a change by somebody else meanwhile is told and loses nothing', async () => {
  await open('/assets')
  await grid().focus()
  await page.keyboard.press('j')
  await page.keyboard.press('o')
  const owner = page.getByRole('dialog').getByLabel('Owner')
  await owner.fill('Sofia')
  await send('PATCH', `/assets/${assets[1]?.id ?? ''}`, { note: 'Changed meanwhile' }, assets[1]?.version)
  await page.getByRole('option', { name: /Sofia Lund/ }).click()
  await page.getByText('Somebody else changed this record meanwhile').waitFor()
  expect(await owner.inputValue()).toBe('Sofia Lund')
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await row('A-2').getByText('Sofia Lund').waitFor()
})

test('several records are changed at once; what is refused is told by reference and stays selected', async () => {
  await open('/assets?cols=ref,name,owner,lifeCycle,category')
  await grid().getByLabel('Select A-4', { exact: true }).click()
  await grid()
    .getByLabel('Select A-6', { exact: true })
    .click({ modifiers: ['Shift'] })
  await page.getByText('3 selected').waitFor()
  // One of them has moved on since the list was read.
  await send('PATCH', `/assets/${assets[4]?.id ?? ''}`, { note: 'Changed meanwhile' }, assets[4]?.version)
  await page.getByRole('button', { name: 'Category', exact: true }).click()
  await page.getByRole('dialog').getByLabel('Category').fill('Platform')
  await page.getByRole('button', { name: 'Apply to 3 records' }).click()
  const refused = page.getByRole('dialog', { name: '1 record was not changed' })
  await refused.getByText('A-5', { exact: true }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByText('1 selected').waitFor()
  for (const ref of ['A-4', 'A-6']) await row(ref).getByText('Platform', { exact: true }).waitFor()
  expect(await row('A-5').getByText('Platform', { exact: true }).count()).toBe(0)
})

test('groups, columns and filters are kept under a name and opened again', async () => {
  await open('/assets?group=kind')
  const heading = grid().getByRole('button', { name: /^Service/ })
  await heading.click()
  expect(await heading.getAttribute('aria-expanded')).toBe('false')
  expect(await row('A-1').count()).toBe(0)
  await page.getByRole('button', { name: 'Views of this list' }).click()
  await page.getByRole('menuitem', { name: 'Save as a new view' }).click()
  await page.getByLabel('Name', { exact: true }).fill('By kind')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('View “By kind” saved').waitFor()
  await open('/assets')
  expect(await heading.count()).toBe(0)
  await page.getByRole('button', { name: 'Views of this list' }).click()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('menuitem', { name: 'By kind', exact: true }).click()
  await heading.waitFor()
  expect(new URL(page.url()).searchParams.get('group')).toBe('kind')
  await page.getByLabel('Search', { exact: true }).fill('nothing like it')
  await page.getByText('Nothing matches this search and these filters.').waitFor()
})

test('the navigation says what needs attention; a day in the past stays while one goes about, and counts nothing', async () => {
  await open('/assets')
  const navigation = page.getByRole('navigation', { name: 'Main navigation' })
  await navigation.getByText('1 asset without an active owner').waitFor({ state: 'attached' })
  await page.goto(`${stage.url}/o/acme/assets?at=2020-03-31`)
  await page.getByText('You are looking at 31 March 2020.').waitFor()
  expect(await navigation.getByText(/without an owner/).count()).toBe(0)
  await navigation.getByRole('link', { name: /^People/ }).click()
  await page.waitForURL(/\/people\?at=2020-03-31/)
  await page.getByText('You are looking at 31 March 2020.').waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  expect(stage.complaints).toEqual([])
})
