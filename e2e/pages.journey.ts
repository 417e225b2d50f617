import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { QueryClient } from '@tanstack/react-query'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newRouter } from '#web/router.tsx'
import { accessibilityFaults, openStage, type Stage } from './stage.ts'

const org = '/o/demo'
/** `E2E_SHOTS=1` keeps a picture of every page in each scheme and width under `e2e/output`. */
const shots = process.env['E2E_SHOTS'] === undefined ? null : join(import.meta.dirname, 'output')

// What the router knows is what is looked at: a new page cannot be forgotten.
const paths = Object.keys(newRouter(new QueryClient()).routesByPath).map((path) => path.replace(/(?<=.)\/$/, ''))
const outside = paths.filter((path) => !path.startsWith('/o/$org'))
const inside = [
  ...new Set(paths.filter((path) => path.startsWith('/o/$org')).map((path) => path.slice('/o/$org'.length))),
]
const fixed = inside.filter((path) => !path.includes('$'))
const ofRecords = inside.filter((path) => path.includes('$')).sort((a, b) => a.length - b.length)

let stage: Stage
/** Somebody who has not signed in. */
let stranger: Page
/** Addresses the pages link to, inside the organization; the wizard is opened by a button. */
const links = new Set(['/import/risks'])
/** The record each page of records was opened with. */
const examples = new Map<string, string>()

beforeAll(async () => {
  stage = await openStage(['--demo'])
  stranger = await stage.visitor()
  await stage.page.goto(`${stage.url}/sign-in`)
  await stage.page.getByRole('button', { name: /^Judith Amsel/ }).click()
  await stage.page.waitForURL(`**${org}`)
}, 600_000)
afterAll(() => stage?.close())

/** Opens a page and looks at it: console, both schemes through axe at a desk's width, then a phone's. */
async function faultsOf(page: Page, address: string): Promise<string[]> {
  stage.complaints.length = 0
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(`${stage.url}${address}`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' })
  const faults = (await accessibilityFaults(page)).map((fault) => `light: ${fault}`)
  await keep(page, address, 'light')
  await page.emulateMedia({ colorScheme: 'dark' })
  // Of what axe looks at only the colours are others.
  faults.push(...(await accessibilityFaults(page, 'contrast')).map((fault) => `dark: ${fault}`))
  await keep(page, address, 'dark')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ colorScheme: 'light' })
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  if (beyond > 0) faults.push(`at 390 px the page is ${beyond} px too wide`)
  await keep(page, address, 'narrow')
  return [...faults, ...stage.complaints]
}

async function keep(page: Page, address: string, name: string): Promise<void> {
  if (shots === null) return
  mkdirSync(shots, { recursive: true })
  const file = address.replace(/^\//, '').replaceAll(/[^\w.-]+/g, '_')
  await page.screenshot({ path: join(shots, `${file}-${name}.png`), fullPage: true })
}

async function gatherLinks(page: Page): Promise<void> {
  const found = await page.locator('a[href]').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
  for (const href of found) {
    if (href.startsWith(`${org}/`)) links.add(href.slice(org.length).replace(/[?#].*$/, ''))
  }
}

/** An address for a path with parameters: one a page links to, or one with the parameters of the path it goes on from. */
function addressOf(path: string): string | null {
  const pattern = new RegExp(`^${path.replaceAll(/\$\w+/g, '([^/]+)')}$`)
  const linked = [...links].find((link) => pattern.test(link) && !fixed.includes(link))
  if (linked !== undefined) return linked
  const parent = [...examples.keys()].findLast((known) => path.startsWith(`${known}/`))
  return parent === undefined ? null : `${examples.get(parent)}${path.slice(parent.length)}`
}

test.each(fixed)('%s', async (path) => {
  const { page } = stage
  const faults = await faultsOf(page, `${org}${path}`)
  await gatherLinks(page)
  expect(faults).toEqual([])
  expect(await page.getByRole('heading', { name: 'Nothing at this address' }).count()).toBe(0)
})

test.each(ofRecords)('%s', async (path) => {
  const { page } = stage
  const address = addressOf(path)
  if (address === null) throw new Error(`No page of the demo organization links to ${path}`)
  examples.set(path, address)
  const faults = await faultsOf(page, `${org}${address}`)
  await gatherLinks(page)
  expect(faults).toEqual([])
  expect(await page.getByRole('heading', { name: 'Nothing at this address' }).count()).toBe(0)
})

test.each(outside)('%s, outside an organization', async (path) => {
  const faults = await faultsOf(path === '/account' ? stage.page : stranger, path)
  // Without a link's secret the page says what is wrong, and React notes that it was asked to.
  expect(path === '/link' ? faults.filter((one) => !one.includes('not a complete link')) : faults).toEqual([])
})

test('every operation of the API is on its page, and an address opens one', async () => {
  await stranger.setViewportSize({ width: 1440, height: 900 })
  await stranger.goto(`${stage.url}/api/docs#asset.change`)
  await stranger.locator('details[id="asset.change"] pre').waitFor()
  const answer = await stranger.request.get(`${stage.url}/api/openapi.json`)
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, { operationId: string }>> }
  const described = Object.values(paths).flatMap((item) => Object.values(item).map((one) => one.operationId))
  const shown = await stranger.locator('details[id]').evaluateAll((all) => all.map(({ id }) => id))
  expect(shown.sort()).toEqual(described.sort())
  expect(await accessibilityFaults(stranger)).toEqual([])
})

test('the register of last spring holds the risks known then', async () => {
  const { page } = stage
  await page.setViewportSize({ width: 1440, height: 900 })
  const risks = async (search: string): Promise<number> => {
    await page.goto(`${stage.url}${org}/risks${search}`)
    const count = page.getByText(/^\d+ records?$/)
    await count.waitFor()
    return Number.parseInt(await count.innerText(), 10)
  }
  const now = await risks('')
  const then = await risks('?at=2026-03-31')
  await page.getByText('You are looking at').waitFor()
  expect([now > 20, then < now]).toEqual([true, true])
})

test('a record of today is not there on a day before it was made, and the page says so', async () => {
  const { page } = stage
  await page.goto(`${stage.url}${org}/risks/R-30`)
  await page.getByRole('heading', { level: 1, name: /^R-30/ }).waitFor()
  await page.goto(`${stage.url}${org}/risks/R-30?at=2025-12-01`)
  await page.getByText('It may not have existed on 1 December 2025', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Back to today' }).last().click()
  await page.getByRole('heading', { level: 1, name: /^R-30/ }).waitFor()
  expect(new URL(page.url()).search).toBe('')
})
