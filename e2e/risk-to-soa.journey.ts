import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest'
import { type Registers, writeRegisters } from './registers.ts'
import { openStage, type Stage } from './stage.ts'

const password = 'a long sentence nobody guesses'
const home = '/o/nordkai-pumpen-gmbh'
const folder = mkdtempSync(join(tmpdir(), 'plumbline-files-'))
const output = join(import.meta.dirname, 'output')

let stage: Stage
let files: Registers
/** ISMS manager. */
let anna: Page
/** Risk owner. */
let ben: Page
/** Top management. */
let carla: Page
/** External auditor. */
let dora: Page
/** Address of the version of the statement. */
let version: string

beforeAll(async () => {
  files = writeRegisters(folder)
  stage = await openStage()
  anna = stage.page
  ben = await stage.visitor()
  carla = await stage.visitor()
  dora = await stage.visitor()
})
afterAll(async () => {
  await stage?.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(({ task }) => {
  onTestFailed(async () => {
    mkdirSync(output, { recursive: true })
    const people = { anna, ben, carla, dora }
    for (const [name, page] of Object.entries(people)) {
      await page.screenshot({ path: join(output, `failed-${task.id}-${name}.png`), fullPage: true })
    }
  })
})

const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${stage.url}${home}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}
const button = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole('button', { name, exact: typeof name === 'string' })
/** The field itself, not the list that opens under it with the same name. */
const field = (within: Page | Locator, label: string): Locator =>
  within.locator('input').and(within.getByLabel(label, { exact: true }))
const section = (page: Page, title: string): Locator =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

/** Chooses in a list that opens on focus: typed text narrows it. */
async function choose(page: Page, field: Locator, text: string, option: string | RegExp = text): Promise<void> {
  await field.focus()
  await field.fill(text)
  await page.getByRole('option', { name: option }).first().click()
}

/** Chooses in a plain list, whose choices may be followed by their definition. */
async function select(page: Page, field: Locator, option: string): Promise<void> {
  await field.click()
  await page.getByRole('option', { name: new RegExp(`^${option}`) }).click()
}

/** What a link of the export menu gives. */
async function download(page: Page, format: string): Promise<{ name: string; path: string; bytes: Buffer }> {
  await button(page, 'Export').click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: format, exact: true }).click(),
  ])
  const path = await file.path()
  return { name: file.suggestedFilename(), path, bytes: readFileSync(path) }
}

async function upload(page: Page, register: string, file: string): Promise<void> {
  await open(page, `/import/${register}`)
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByText('Say what each column of the file becomes').waitFor()
}

test('Anna sets up the organization and approves a risk method', async () => {
  await anna.getByText('Set up mine').click()
  await anna.getByLabel('Set-up code').fill(stage.code)
  await button(anna, 'Continue').click()
  await anna.getByLabel('Name', { exact: true }).fill('Anna Berg')
  await anna.getByLabel('E-mail address').fill('anna@nordkai.example')
  await anna.getByLabel('Password', { exact: true }).fill(password)
  await button(anna, 'Continue').click()
  await anna.getByLabel('Name of the organization').fill('Nordkai Pumpen GmbH')
  await anna.getByLabel('Manufacturing').first().check()
  await button(anna, 'Continue').click()
  await anna.getByRole('radio').nth(2).check()
  await button(anna, 'Continue').click()
  await button(anna, 'Create organization').click()
  await anna.waitForURL(new RegExp(home))
  await anna.getByText('Choose a method', { exact: true }).click()
  await button(anna, 'Draft from the template').click()
  await button(anna, 'Approve method').click()
  await button(anna.getByRole('dialog'), 'Approve method').click()
  await anna.getByText('Version 1, approved by Anna Berg').waitFor()
  expect(await button(anna, 'Revise').isEnabled()).toBe(true)
})

test('she invites the risk owner, top management and an auditor for a while; they come in by their links', async () => {
  const invite = async (name: string, email: string, role: string, until?: string): Promise<string> => {
    await open(anna, '/members')
    await button(anna, 'Invite').click()
    const dialog = anna.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill(name)
    await dialog.getByLabel('E-mail address').fill(email)
    await dialog.getByLabel('Roles').focus()
    await anna.keyboard.press('ArrowDown')
    await anna.getByRole('option', { name: new RegExp(`^${role}`) }).click()
    await anna.getByRole('option', { name: /^Contributor/ }).click()
    await anna.keyboard.press('Tab')
    if (until !== undefined) await dialog.getByLabel(/Access until/).fill(until)
    await button(dialog, 'Invite').click()
    return dialog.getByLabel('Link').inputValue()
  }
  const enter = async (page: Page, link: string): Promise<void> => {
    await page.goto(link)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await button(page, 'Accept invitation').click()
    await page.waitForURL(new RegExp(home))
  }
  await enter(ben, await invite('Ben Vogt', 'ben@nordkai.example', 'Owner'))
  await enter(carla, await invite('Carla Stein', 'carla@nordkai.example', 'Top management'))
  const nextYear = String(new Date().getFullYear() + 1)
  await enter(dora, await invite('Dora Lang', 'dora@audit.example', 'External auditor', `${nextYear}-12-31`))
  await open(dora, '/risks')
  expect(await button(dora, 'Record a risk').first().isEnabled()).toBe(false)
})

test('the asset register comes in with two columns corrected; undone, nothing is left of it, and it comes in again', async () => {
  const through = async (): Promise<void> => {
    await upload(anna, 'assets', files.assets)
    expect(await field(anna, 'Becomes: Asset Description').inputValue()).toBe('Name')
    await choose(anna, field(anna, 'Becomes: Steward'), 'Owner')
    await choose(anna, field(anna, 'Becomes: Zone'), 'Location')
    await button(anna, 'Continue').click()
    await button(anna, 'Import 3 rows').waitFor()
    await anna.getByText('A heading across the table (“WORKS”)').waitFor()
    await anna.getByText('Nobody is found for: Head of production', { exact: false }).waitFor()
    await button(anna, 'Import 3 rows').click()
    await anna.getByText('3 records imported').waitFor()
  }
  await through()
  await button(anna, 'Undo this import').click()
  await button(anna.getByRole('dialog'), 'Undo this import').click()
  await anna.getByText('The import was undone.').waitFor()
  await open(anna, '/assets')
  expect(await anna.getByText('Order database').count()).toBe(0)
  await through()
  await anna.getByRole('link', { name: 'Open the register' }).click()
  const row = anna.getByRole('row').filter({ hasText: 'Order database' })
  await row.getByText('Ben Vogt').waitFor()
})

test('the German risk register comes in on its own scale of four, with the rows that are wrong named', async () => {
  await upload(anna, 'risks', files.risks)
  expect(await field(anna, 'Becomes: Risikoeigentümer').inputValue()).toBe('Risk owner')
  await anna.getByRole('radio', { name: 'Current: with the controls that are live', exact: true }).check()
  await anna.getByRole('radio', { name: 'Target: when the treatment plan is done' }).check()
  // Whoever leaves to look at the method comes back to the file, and to what was said of it.
  await open(anna, '/risks/method')
  await anna.goBack()
  await anna.getByRole('radio', { name: 'Target: when the treatment plan is done', checked: true }).waitFor()
  await open(anna, '/import/risks')
  await button(anna, /^Go on with it/).click()
  await anna.getByRole('radio', { name: 'Target: when the treatment plan is done', checked: true }).waitFor()
  await button(anna, 'Continue').click()
  // Four levels of the file, five of the method: nobody but a person can say which is which.
  const levels = [
    ['Likelihood', ['1 Remote', '2 Unlikely', '4 Likely', '5 Expected']],
    ['Impact', ['1 Negligible', '2 Minor', '4 Severe', '5 Existential']],
  ] as const
  for (const [scale, names] of levels) {
    for (const [index, name] of names.entries()) {
      await select(anna, field(anna, `${scale}: ${index + 1}`), name)
    }
  }
  await button(anna, 'Continue').click()
  await button(anna, 'Import 3 rows').waitFor()
  await anna.getByText('“R-05” is also the reference of line 7').waitFor()
  await anna.getByText('is not on the file’s scale').waitFor()
  await button(anna, 'Import 3 rows').click()
  await anna.getByText('3 records imported').waitFor()
  await open(anna, '/risks')
  const row = anna.getByRole('row').filter({ hasText: 'R-01' })
  await row.getByText('Ben Vogt').waitFor()
  await row.getByText('4×4').first().waitFor()
})

test('the statement comes in; a row whose number and title disagree waits for a decision', async () => {
  await upload(anna, 'soa', files.soa)
  await anna.getByText('do not belong together', { exact: false }).waitFor()
  await anna.getByRole('radio', { name: /^The number/ }).check()
  await button(anna, 'Continue').click()
  await button(anna, 'Import 93 rows').click()
  await anna.getByText('93 records imported').waitFor()
  await open(anna, '/controls/A.8.30')
  expect(await anna.getByText('All software is bought as a standard product').count()).toBeGreaterThan(0)
})

test('Anna assesses the risk by the dimensions of the method, where the file only had one figure', async () => {
  await open(anna, '/risks/R-01')
  await button(anna, 'Assess').first().click()
  const levels = { likelihood: 4, financial: 4, operational: 4, reputation: 3, legal: 2, safety: 1 }
  for (const [axis, level] of Object.entries(levels)) {
    await anna
      .locator(`input[name="current-${axis}-level"]`)
      .nth(level - 1)
      .check()
  }
  await anna.getByLabel('Rationale').fill('Two attempts this year; the restore test of May took fourteen hours.')
  await button(anna, 'Save assessment').click()
  const shown = section(anna, 'Risk levels')
  await shown.getByText('4×4').first().waitFor()
  expect(await shown.getByText('3 Noticeable').count()).toBe(1)
})

test('Anna treats the risk with a control that lowers its likelihood, and plans the action', async () => {
  await open(anna, '/risks/R-01')
  await button(section(anna, 'Treatment'), 'Change').click()
  await choose(anna, field(anna, 'Add a control'), 'A.8.5', /Secure authentication/)
  await select(anna, field(anna, 'What A.8.5 lowers'), 'Likelihood')
  await anna.getByRole('radiogroup', { name: 'State of A.8.5' }).getByText('Live').click()
  await select(anna, field(anna, 'Target: Likelihood'), '1 Remote')
  for (const [dimension, level] of [
    ['Financial', '4 Severe'],
    ['Operational', '4 Severe'],
    ['Reputation', '3 Noticeable'],
    ['Legal and contractual', '2 Minor'],
    ['People and safety', '1 Negligible'],
  ] as const) {
    await select(anna, field(anna, `Target: ${dimension}`), level)
  }
  await button(anna, 'Save treatment').click()
  await button(anna, 'Add an action').click()
  const dialog = anna.getByRole('dialog')
  await dialog.getByLabel('What is to be done').fill('Second factor for every remote access')
  await choose(anna, field(dialog, 'Owner'), 'Ben')
  await dialog.getByLabel('Due', { exact: true }).fill(`${new Date().getFullYear() + 1}-03-31`)
  await button(dialog, 'Add an action').click()
  await dialog.waitFor({ state: 'hidden' })
  const action = section(anna, 'Actions').getByRole('row').filter({ hasText: 'Second factor for every remote access' })
  await action.first().waitFor()
  expect(await action.getByText('Ben Vogt').count()).toBe(1)
})

test('evidence is uploaded once and attached to the control, which then counts as implemented', async () => {
  const path = join(folder, 'Sign-in rules.txt')
  writeFileSync(path, 'conditional access: second factor required for all remote sessions\n')
  await open(anna, '/evidence/upload')
  await anna.getByLabel('Source system').fill('Identity provider')
  await anna.getByLabel('Effective on').fill(new Date().toISOString().slice(0, 10))
  await anna.locator('input[type=file]').setInputFiles(path)
  await anna.getByRole('link', { name: /E-1/ }).waitFor()
  await open(anna, '/controls/A.8.5')
  await button(anna, 'Attach evidence').click()
  await choose(anna, field(anna, 'Artefact'), 'Sign-in rules')
  await button(anna, 'Attach evidence').click()
  await section(anna, 'Evidence')
    .getByRole('link', { name: /Sign-in rules/ })
    .waitFor()
  expect(await anna.getByText('Implemented', { exact: true }).count()).toBeGreaterThan(0)
})

test('only Ben approves the plan and accepts the residual risk, not Carla in his stead', async () => {
  await open(carla, '/risks/R-01')
  const decisions = section(carla, 'Decisions of the owner')
  expect(await button(decisions, 'Approve plan').isEnabled()).toBe(false)
  expect(await button(decisions, 'Accept residual risk').isEnabled()).toBe(false)
  await open(ben, '')
  const waits = ben.getByRole('region', { name: /^Waits for you/ }).getByRole('listitem')
  await waits.filter({ hasText: 'Approve the plan' }).getByText('R-01').waitFor()
  await open(ben, '/risks/R-01')
  for (const [act, done] of [
    ['Approve plan', 'Plan approved'],
    ['Accept residual risk', 'Residual risk accepted'],
  ] as const) {
    await button(section(ben, 'Decisions of the owner'), act).click()
    await button(ben.getByRole('dialog'), act).click()
    await ben.getByText(done).first().waitFor()
    await ben.getByRole('dialog').waitFor({ state: 'hidden' })
  }
  expect(await section(ben, 'Decisions of the owner').getByText('Valid', { exact: true }).count()).toBe(2)
})

test('Anna proposes the statement, Carla issues it, Dora reads and downloads it in every format', async () => {
  await open(anna, '/soa')
  await button(anna, 'Propose version').click()
  await anna.getByLabel(/Note for the approver/).fill('First version')
  await button(anna.getByRole('dialog'), 'Propose version').click()
  await anna.getByText('This version waits for approval').waitFor()
  expect(await button(anna, 'Withdraw proposal').isEnabled()).toBe(true)
  version = anna.url()
  // Her overview begins with what waits for her signature.
  await open(carla, '')
  const headings = carla.getByRole('main').getByRole('heading', { level: 2 })
  await headings.filter({ hasText: 'Waits for you' }).waitFor()
  expect(await headings.first().innerText()).toContain('Waits for you')
  await carla.getByRole('link', { name: 'Statement of Applicability, version 1' }).click()
  await carla.waitForURL(version)
  await button(carla, 'Issue version').click()
  await button(carla.getByRole('dialog'), 'Issue version').click()
  await carla.getByText('The records still agree with this version').waitFor()

  await dora.goto(version)
  await dora.getByText('The records still agree with this version').waitFor()
  const pdf = await download(dora, 'PDF document')
  expect([pdf.name.endsWith('.pdf'), pdf.bytes.subarray(0, 5).toString()]).toEqual([true, '%PDF-'])
  const text = pdfText(pdf.path)
  if (text !== null) {
    for (const words of ['Nordkai Pumpen GmbH', 'Carla Stein', 'A.8.5', 'Secure authentication', 'A.8.30']) {
      expect(text).toContain(words)
    }
  }
  for (const [format, part] of [
    ['Word document (DOCX)', 'word/document.xml'],
    ['Spreadsheet (XLSX)', 'xl/workbook.xml'],
  ] as const) {
    const file = await download(dora, format)
    expect([file.bytes.subarray(0, 2).toString(), file.bytes.includes(part), file.bytes.length > 8000]).toEqual([
      'PK',
      true,
      true,
    ])
  }
})

/** The words of a PDF; null where the tool that reads them is not installed. */
function pdfText(path: string): string | null {
  try {
    return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

test('a control that no longer is as it was makes version and acceptance out of date, and both say why', async () => {
  await open(anna, '/controls/A.8.5')
  await section(anna, 'Status').getByRole('radio', { name: 'Not implemented' }).click()
  await anna.getByText(/^Stated by Anna Berg/).waitFor()
  await anna.goto(version)
  await anna.getByText('The records on A.8.5 no longer say what this version says', { exact: false }).waitFor()
  await anna.getByRole('tab', { name: 'Redline' }).click()
  const redline = anna.getByRole('tabpanel')
  await redline.getByText('A.8.5').first().waitFor()
  await redline.getByText('1 control differs, 1 materially').waitFor()
  await open(ben, '/risks/R-01')
  await ben.getByText('Acceptance out of date').first().waitFor()
  const decisions = section(ben, 'Decisions of the owner')
  await decisions.getByRole('link', { name: 'A.8.5' }).first().waitFor()
  const told = (await decisions.innerText()).replaceAll(/\s+/g, ' ')
  const why =
    'The status of A.8.5 Secure authentication has changed: it was live and is not in place or not working now.'
  expect(told.split(why)).toHaveLength(3)
})

test('before the first record there is nothing to look at, and every page says since when there is', async () => {
  const yesterday = new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10)
  await open(dora, `/risks?at=${yesterday}`)
  await dora.getByText('You are looking at', { exact: false }).waitFor()
  const since = dora.getByText('Choose that day or a later one', { exact: false })
  await since.waitFor()
  expect(await dora.getByText('R-01').count()).toBe(0)
  await button(dora, 'Back to today').click()
  await dora.getByText('R-01').first().waitFor()
  await open(dora, `/history?at=${yesterday}`)
  await dora.getByText('Later events are not listed', { exact: false }).waitFor()
  await dora.getByText('Nothing happened here').waitFor()
  await open(dora, `/risks/R-01?at=${yesterday}`)
  await since.waitFor()
  // The router reports a page that could not be shown; nothing else may have been reported.
  const expected = new RegExp(`/risks/R-01\\?at=${yesterday}: ProblemError: .* has no records of ${yesterday}`)
  const others = stage.complaints.filter((complaint) => !expected.test(complaint))
  stage.complaints.splice(0, stage.complaints.length, ...others)
  await button(dora, 'Back to today').last().click()
  await dora.getByRole('heading', { level: 1, name: /Erpressung/ }).waitFor()
})

test('the command menu finds the risk by its reference', async () => {
  await open(dora, '')
  await dora.keyboard.press('Control+k')
  const menu = dora.getByRole('dialog')
  await menu.locator('input').fill('R-01')
  await menu.getByText('Erpressung über den Fernzugang').waitFor()
  await dora.keyboard.press('Enter')
  await dora.getByRole('heading', { level: 1, name: /Erpressung/ }).waitFor()
  expect(dora.url()).toContain('/risks/')
})

test('two people edit one record: the second is told, and keeps what was typed', async () => {
  const second = await anna.context().newPage()
  await open(anna, '/risks/R-02/edit')
  await open(second, '/risks/R-02/edit')
  await anna.getByLabel(/^Threat/).fill('Worn sensor')
  await button(anna, 'Save').click()
  await anna.waitForURL(/\/risks\/(?!.*edit)/)
  await second.getByLabel(/^Vulnerability/).fill('No spare controller on stock')
  await button(second, 'Save').click()
  await second.getByText('Somebody else changed this meanwhile').waitFor()
  expect(await second.getByLabel(/^Vulnerability/).inputValue()).toBe('No spare controller on stock')
  await second.close()
})

test('through all this no page complained', () => {
  expect(stage.complaints).toEqual([])
})

test('another organization and its records are not there', async () => {
  const cli = (...args: string[]): Record<string, string> =>
    JSON.parse(
      execFileSync(process.execPath, [join(import.meta.dirname, '../bin/plumbline.js'), ...args, '--json'], {
        env: { PATH: process.env['PATH'], PLUMBLINE_HOME: stage.home },
        encoding: 'utf8',
      }),
    )
  cli('org', 'create', '--slug', 'other', '--name', 'Other Ltd')
  const { token } = cli('token', 'create', '--org', 'other', '--role', 'ismsManager')
  const made = await fetch(`${stage.url}/api/v1/orgs/other/assets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Their secret', kind: 'information' }),
  })
  expect(made.status).toBe(201)
  const { id } = (await made.json()) as { id: string }
  for (const path of [`/o/other/assets/${id}`, '/o/other/risks', `${home}/assets/${id}`]) {
    await anna.goto(`${stage.url}${path}`)
    await anna.getByRole('heading', { name: 'Nothing at this address' }).waitFor()
    expect(await anna.getByText('Their secret').count()).toBe(0)
  }
})
