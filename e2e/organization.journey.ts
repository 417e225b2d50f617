import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.close())

test('an organization is set up', async () => {
  const { page, code } = stage
  await page.getByText('Set up mine').click()
  await page.getByLabel('Set-up code').fill(code)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Anna Berg')
  await page.getByLabel('E-mail address').fill('anna@acme.example')
  await page.getByLabel('Password', { exact: true }).fill('a long sentence nobody guesses')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Name of the organization').fill('Acme GmbH')
  await page.getByLabel('Software').first().check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('radio').nth(2).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Create organization' }).click()
  await page.waitForURL(/\/o\/acme-gmbh/)
  expect(await page.getByRole('heading', { level: 1 }).innerText()).not.toBe('')
})

const long = `Hosting ${'and operation '.repeat(7)}Donaudampfschifffahrtsgesellschaftskapitänsmützenverwaltungssystem`
const go = async (path: string): Promise<void> => {
  await stage.page.goto(`${stage.url}/o/acme-gmbh${path}`)
  await stage.page.getByRole('heading', { level: 1 }).waitFor()
}
const dialog = () => stage.page.getByRole('dialog')
const gone = () => dialog().waitFor({ state: 'detached' })

async function add(kind: 'unit' | 'site' | 'service', name: string): Promise<void> {
  const { page } = stage
  await go(`/${kind}s`)
  await page
    .getByRole('button', { name: `Add ${kind}` })
    .first()
    .click()
  await dialog().getByLabel('Name').fill(name)
  await dialog()
    .getByRole('button', { name: `Add ${kind}` })
    .click()
  await gone()
}

async function place(where: 'Inside the scope' | 'Outside', reason = ''): Promise<void> {
  await dialog().getByLabel(where, { exact: true }).check()
  if (reason !== '') await dialog().getByLabel('Reason').fill(reason)
  await dialog().getByRole('button', { name: 'Place' }).click()
}

test('what the organization consists of is recorded, opened by its reference, changed and placed', async () => {
  const { page, complaints } = stage
  await add('unit', 'Platform')
  await add('site', 'Office Berlin')
  await add('service', long)

  await go('/units/U-1')
  await page.getByRole('button', { name: 'Edit' }).click()
  await dialog().getByLabel('Description').fill('Builds and runs the shop.')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await gone()
  await page.getByText('Builds and runs the shop.').first().waitFor()
  await page.getByRole('button', { name: 'Place' }).first().click()
  await place('Inside the scope')
  await gone()

  await go('/sites/SI-1')
  await page.getByRole('button', { name: 'Place' }).first().click()
  await place('Outside')
  // Outside needs a reason, and the field says so; what was chosen stays.
  await dialog().getByRole('alert').waitFor()
  await place('Inside the scope')
  await gone()

  await go('/services/SV-1')
  await page.getByRole('button', { name: 'Place' }).first().click()
  await place('Inside the scope')
  await gone()
  expect(await accessibilityFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('the scope is drafted and approved, and is out of date as soon as a site is added that nobody has placed', async () => {
  const { page, complaints } = stage
  await go('/scope')
  await page.getByRole('button', { name: 'Write the scope' }).click()
  await page.getByRole('textbox', { name: 'Scope statement' }).fill('Development and operation of the shop in Berlin.')
  await page.getByRole('button', { name: 'Save' }).click()
  const approve = page.getByRole('button', { name: 'Approve', exact: true })
  await page.getByText('Saved', { exact: true }).waitFor()
  await approve.click()
  await dialog().getByRole('button', { name: 'Approve' }).click()
  await gone()
  await page.getByText('Agrees with the records').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])

  await add('site', 'Office Lisbon')
  await go('/scope')
  await page.getByText('The approved scope is out of date').waitFor()
  await page.getByText('SI-2 Office Lisbon is new and not placed.').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Place', exact: true }).click()
  await place('Outside', 'Sales only; nothing is stored there.')
  await gone()
  // Placed, it is still something the approved version does not know.
  await page.getByText('SI-2 Office Lisbon is new.').waitFor()
  await page.getByRole('button', { name: 'Start a new version' }).click()
  await approve.click()
  await dialog().getByRole('button', { name: 'Approve' }).click()
  await gone()
  await page.getByText('Agrees with the records').waitFor()
  await page.getByRole('link', { name: 'Version 2' }).click()
  await page.getByText('What differs from version 1').waitFor()
  expect(complaints).toEqual([])
})

test('of two people who change one unit the second keeps what was typed and sees what was saved', async () => {
  const { page } = stage
  await go('/units/U-1')
  await page.getByRole('button', { name: 'Edit' }).click()
  await dialog().getByLabel('Name').fill('Platform and shop')
  const other = await page.context().newPage()
  await other.goto(`${stage.url}/o/acme-gmbh/units/U-1`)
  await other.getByRole('button', { name: 'Edit' }).click()
  await other.getByRole('dialog').getByLabel('Name').fill('Platform team')
  await other.getByRole('dialog').getByLabel('Description').fill('Runs the shop at night as well.')
  await other.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await other.getByRole('dialog').waitFor({ state: 'detached' })
  await other.close()

  await dialog().getByRole('button', { name: 'Save' }).click()
  await dialog().getByText('Somebody else changed this meanwhile').waitFor()
  const differing = await dialog().getByRole('alert').getByRole('listitem').allInnerTexts()
  expect(differing.map((text) => text.split('\n').filter((line) => line !== ''))).toEqual([
    ['Name', 'Yours', 'Platform and shop', 'Saved meanwhile', 'Platform team'],
    ['Description', 'Yours', 'taken over', 'Saved meanwhile', 'Runs the shop at night as well.'],
  ])
  expect(await dialog().getByLabel('Name').inputValue()).toBe('Platform and shop')
  await dialog().getByRole('button', { name: 'Save mine' }).click()
  await gone()
  await page.getByRole('heading', { name: 'Platform and shop' }).waitFor()
  await page.getByText('Runs the shop at night as well.').first().waitFor()
})

test('the pages fit a phone, long names and words included', async () => {
  const { page } = stage
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of ['/organization', '/units', '/services', '/services/SV-1', '/scope', '/people', '/roles']) {
    await go(path)
    await page.waitForLoadState('networkidle')
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect([path, overflow <= 0]).toEqual([path, true])
  }
})
