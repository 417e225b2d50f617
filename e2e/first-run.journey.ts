import { afterAll, beforeAll, expect, test } from 'vitest'
import { hardCoded } from '#web/pseudo.ts'
import { accessibilityFaults, openStage, type Stage } from './stage.ts'

let stage: Stage
const password = 'a long sentence nobody guesses'
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.close())

// Every page a person reaches from the navigation of an organization that holds nothing yet.
const pages = [
  '',
  '/assets',
  '/assets/classification',
  '/assets/sample',
  '/people',
  '/obligations',
  '/interested-parties',
  '/catalogue',
  '/evidence',
  '/risks',
  '/risks/matrix',
  '/risks/method',
  '/risks/runs',
  '/risks/actions',
  '/soa',
  '/soa/versions',
  '/members',
]

test('somebody who has never seen it sets up an organization with the code from the console', async () => {
  const { page, code } = stage
  await page.getByText('Set up mine').click()
  const codeField = page.getByLabel('Set-up code')
  await codeField.fill('0000-0000-0000-0000')
  await page.getByRole('button', { name: 'Continue' }).click()
  // A wrong code is said at once, not after the last question.
  await page.getByText('This is not the set-up code of this installation').first().waitFor()
  await codeField.fill(code)
  // The language is offered here, is kept while it is typed, and documents follow it until they are asked about.
  await page.getByText('Deutsch').click()
  await page.getByRole('heading', { name: 'Wie lautet der Einrichtungscode?' }).waitFor()
  expect(await page.getByLabel('Einrichtungscode').inputValue()).toBe(code)
  await page.getByText('English').click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Anna Berg')
  await page.getByLabel('E-mail address').fill('anna@acme.example')
  await page.getByLabel('Password', { exact: true }).fill(password)
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Name of the organization').fill('Acme GmbH')
  await page.getByLabel('Software').first().check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('radio').nth(2).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Create organization' }).click()
  await page.waitForURL(/\/o\/acme-gmbh/)
  await page.getByRole('heading', { level: 1 }).waitFor()
})

test.each(pages)('page %s opens without complaint and is accessible', async (path) => {
  const { page, url, complaints } = stage
  complaints.length = 0
  await page.goto(`${url}/o/acme-gmbh${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  expect(await page.getByText('Nothing at this address').count()).toBe(0)
  expect(await accessibilityFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('no text of the empty registers is hard-coded', async () => {
  const { page, url } = stage
  for (const path of ['/assets', '/risks', '/soa/versions', '/evidence']) {
    await page.goto(`${url}/o/acme-gmbh${path}?locale=pseudo`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    const texts = (await page.locator('body').innerText()).split('\n').map((line) => line.trim())
    expect([
      path,
      hardCoded(
        texts.filter((line) => line !== ''),
        ['Acme GmbH', 'Anna Berg', 'AB', 'Plumbline', 'English', 'Deutsch', 'Ctrl K'],
      ),
    ]).toEqual([path, []])
  }
})

test('a phone shows every page without scrolling sideways', async () => {
  const { page, url } = stage
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of pages) {
    await page.goto(`${url}/o/acme-gmbh${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect([path, overflow <= 0]).toEqual([path, true])
  }
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('signing out ends the session; a wrong password gets one sentence; the right one lets in', async () => {
  const { page, url } = stage
  await page.context().clearCookies()
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail address').fill('anna@acme.example')
  await page.getByLabel('Password', { exact: true }).fill('not this one at all')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').first().waitFor()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/o\/acme-gmbh/)
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(page.url()).toContain('/o/acme-gmbh')
})
