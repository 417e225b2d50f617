import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, openStage, type Stage } from './stage.ts'

/** Judith Amsel, who imports, on a phone. */
let phone: Page
let stage: Stage

beforeAll(async () => {
  stage = await openStage(['--demo'])
  phone = await stage.visitor({ viewport: { width: 390, height: 844 } })
  await signIn(phone, 'Judith Amsel')
}, 600_000)
afterAll(() => stage?.close())

async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(`${stage.url}/sign-in`)
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
  await page.waitForURL('**/o/demo')
}

const go = (page: Page, path: string) => page.goto(`${stage.url}/o/demo${path}`)
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

async function upload(page: Page, rows: readonly string[]): Promise<void> {
  await go(page, '/import/assets')
  const buffer = Buffer.from(`${rows.join('\n')}\n`)
  await page.locator('input[type=file]').setInputFiles({ name: 'assets.csv', mimeType: 'text/csv', buffer })
  await page.getByText('Say what each column of the file becomes').waitFor()
}

/** Cells of the working table that reach beyond the screen, and pairs of cells of a row that overlap. */
const misplaced = (page: Page) =>
  page.evaluate(() => {
    const boxes = [...document.querySelectorAll('main tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.getBoundingClientRect()).filter((box) => box.height > 0),
    )
    return {
      rows: boxes.length,
      beyond: boxes.flat().filter((box) => box.left < 0 || box.right > document.documentElement.clientWidth).length,
      overlapping: boxes.filter((row) =>
        row.some((one, i) =>
          row
            .slice(i + 1)
            .some((two) => two.top < one.bottom - 1 && two.left < one.right - 1 && one.left < two.right - 1),
        ),
      ).length,
    }
  })

const file = [
  'ID,Asset Name,Owner,Custodian,Description,Depends on',
  'J-1,Strong room with a name nobody would call short,Facilities,Head of Nothing,Where the tapes are kept,',
  'J-2,Tape library,Facilities,Head of Nothing,,J-1',
  'J-3,Label printer,,,,',
]

test('on a phone every row of the columns and of the preview is a block within the screen', async () => {
  await upload(phone, file)
  await phone.getByRole('combobox', { name: 'Becomes: Custodian' }).waitFor()
  expect(await misplaced(phone)).toEqual({ rows: 6, beyond: 0, overlapping: 0 })
  await button(phone, 'Continue').click()
  await button(phone, 'Import 3 rows').waitFor()
  expect(await misplaced(phone)).toEqual({ rows: 3, beyond: 0, overlapping: 0 })
  expect(await accessibilityFaults(phone)).toEqual([])
})

test('owner and custodian of a row are told apart, and what becomes of them is shown', async () => {
  const row = phone.getByRole('row').filter({ hasText: 'Strong room' })
  await row.getByText('Custodian: Head of Nothing → nobody yet').waitFor()
  expect(await row.getByText('Custodian: Head of Nothing → nobody yet').count()).toBe(1)
  expect(await row.getByText('Description: Where the tapes are kept').count()).toBe(1)
})

test('a row is left out by keyboard, counted, kept on a reload, and not imported; undo takes the rest back', async () => {
  const strongRoom = phone.getByRole('checkbox', { name: 'Take row 2' })
  await strongRoom.focus()
  await phone.keyboard.press('Space')
  await button(phone, 'Import 2 rows').waitFor()
  await phone.getByText('1 left out by you').waitFor()
  await phone.getByText('It relies on “J-1” of line 2, which is left out', { exact: false }).waitFor()
  // The row keeps the focus, so that whoever works by keyboard goes on from there.
  expect(await strongRoom.evaluate((box) => box === document.activeElement)).toBe(true)
  await phone.reload()
  await button(phone, 'Import 2 rows').waitFor()
  expect(await strongRoom.isChecked()).toBe(false)
  await button(phone, 'Import 2 rows').click()
  await phone.getByText('2 records imported').waitFor()
  await phone.getByText('1 row was left out.').waitFor()
  await button(phone, 'Undo this import').click()
  await phone.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click()
  await phone.getByText('The import was undone.').waitFor()
})

test('a template without rows says so at its columns, with what to do, and leads no further', async () => {
  await upload(phone, ['ID,Asset Name,Owner'])
  await phone.getByText('has headings on line 1, but no row below them', { exact: false }).first().waitFor()
  expect(await button(phone, 'Continue').isDisabled()).toBe(true)
})

test('the upload form says which fields may stay empty, and the limit as people know it', async () => {
  await go(phone, '/evidence/upload')
  await phone.getByText('up to 1 GB each', { exact: false }).waitFor()
  const labels = await phone.locator('main label').allInnerTexts()
  expect(labels.length).toBe(6)
  expect(labels.filter((label) => !label.endsWith('(optional)'))).toEqual([])
})

test('somebody who may see neither register nor import reads that, in a sentence and with a way on', async () => {
  const lena = await stage.visitor()
  await signIn(lena, 'Lena Brandt')
  for (const path of ['/assets', '/import/assets']) {
    await go(lena, path)
    await lena.getByRole('heading', { level: 1, name: 'This is not open to you' }).waitFor()
    const sentence = await lena.getByRole('alert').getByRole('paragraph').innerText()
    expect(sentence).toMatch(/^\p{Lu}[^{}]{20,}\.$/u)
    expect(await lena.locator('table, input[type=file]').count()).toBe(0)
    expect(await accessibilityFaults(lena)).toEqual([])
  }
  await lena.getByRole('link', { name: 'Go to the overview' }).click()
  await lena.waitForURL('**/o/demo')
})
