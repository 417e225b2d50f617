// @vitest-environment jsdom
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import i18next from 'i18next'
import { act, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { ProblemError } from './problem.ts'
import { type RecordForm, useRecordForm } from './use-record-form.ts'

const schema = z.object({ name: z.string().min(1), note: z.string(), kind: z.string() })
type Values = z.input<typeof schema>
interface Saved {
  version: number
  values: Values
}

/** What the page has read; `read` is the server's answer arriving there. */
let record: Saved
let form: RecordForm<Values>
let sent: { body: Values; version: number | undefined }[]
let refuse: (() => Promise<void>) | null
let unmount: () => void
let readAgain: () => void

function Page() {
  const [, setReads] = useState(0)
  readAgain = () => setReads((reads) => reads + 1)
  form = useRecordForm({
    schema,
    initial: record.values,
    version: record.version,
    draft: 'thing.1',
    submit: async (body, version) => {
      sent.push({ body, version })
      if (refuse === null) return { version: (version ?? 0) + 1 }
      await refuse()
      throw new ProblemError({
        type: 'about:blank',
        title: 'Changed meanwhile',
        status: 412,
        code: 'conflict.version',
        detail: 'Somebody changed it.',
        facts: {},
      })
    },
  })
  form.text('name', { label: 'name' })
  form.text('note', { label: 'note' })
  form.choice('kind', { label: 'kind', words: (value) => ({ a: 'Alpha', b: 'Beta' })[value] })
  return null
}

async function mount(): Promise<void> {
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  const router = createRouter({
    routeTree: createRootRoute({ component: Page }),
    history: createMemoryHistory(),
  })
  await act(async () => root.render(<RouterProvider router={router} />))
  unmount = () => act(() => root.unmount())
}
const read = (next: Saved) =>
  act(async () => {
    record = next
    readAgain()
  })
const type = (path: 'name' | 'note', value: string) => act(async () => form.set(path, value))

beforeAll(() => i18next.use(initReactI18next).init({ lng: 'en', resources: {} }))
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  record = { version: 1, values: { name: 'Berlin', note: 'first', kind: 'a' } }
  sent = []
  refuse = null
})
afterEach(() => {
  unmount()
  localStorage.clear()
  vi.unstubAllGlobals()
})

test('an untouched form follows the record, without a word', async () => {
  await mount()
  await read({ version: 2, values: { name: 'Bonn', note: 'second', kind: 'a' } })
  expect(form.values).toEqual({ name: 'Bonn', note: 'second', kind: 'a' })
  expect([form.dirty, form.conflict]).toEqual([false, null])
})

test('typed text stays when somebody else saved; the other fields take over what they wrote, and both are shown', async () => {
  await mount()
  await type('name', 'Mine')
  refuse = () => read({ version: 5, values: { name: 'Theirs', note: 'theirs too', kind: 'b' } })
  await act(() => form.submit())
  expect(form.values).toEqual({ name: 'Mine', note: 'theirs too', kind: 'b' })
  expect(form.conflict?.fields).toEqual([
    { path: 'name', label: 'name', mine: 'Mine', theirs: 'Theirs' },
    { path: 'note', label: 'note', mine: null, theirs: 'theirs too' },
    { path: 'kind', label: 'kind', mine: null, theirs: 'Beta' },
  ])
  expect(form.general).toEqual([])
  refuse = null
  await act(async () => form.keepMine())
  expect(sent).toEqual([
    { body: { name: 'Mine', note: 'first', kind: 'a' }, version: 1 },
    { body: { name: 'Mine', note: 'theirs too', kind: 'b' }, version: 5 },
  ])
  expect(form.conflict).toBeNull()
})

test('the saved text can be taken instead', async () => {
  await mount()
  await type('name', 'Mine')
  await read({ version: 2, values: { name: 'Theirs', note: 'first', kind: 'a' } })
  expect(form.conflict?.fields).toHaveLength(1)
  await act(async () => form.takeTheirs())
  expect(form.values).toEqual(record.values)
  expect([form.dirty, form.conflict]).toEqual([false, null])
})

test('a form that stays open goes on from what it saved', async () => {
  await mount()
  await type('name', 'One')
  await act(() => form.submit())
  await type('name', 'Two')
  await act(() => form.submit())
  expect(sent.map(({ version }) => version)).toEqual([1, 2])
})

test('a draft of an earlier visit never overwrites what was saved since', async () => {
  vi.useFakeTimers()
  await mount()
  await type('note', 'unsaved')
  await act(async () => vi.advanceTimersByTime(500))
  vi.useRealTimers()
  unmount()
  record = { version: 3, values: { name: 'Bonn', note: 'theirs', kind: 'a' } }
  await mount()
  expect(form.values).toEqual({ name: 'Bonn', note: 'unsaved', kind: 'a' })
  expect(form.conflict?.fields).toMatchObject([
    { path: 'name', mine: null, theirs: 'Bonn' },
    { path: 'note', mine: 'unsaved', theirs: 'theirs' },
  ])
  await act(() => form.submit())
  expect(sent).toEqual([{ body: { name: 'Bonn', note: 'unsaved', kind: 'a' }, version: 3 }])
})

test('a server that is away is no mistake of the form: the text stays, and the same can be sent again', async () => {
  await mount()
  await type('name', 'Kept')
  const away = new ProblemError({
    type: 'about:blank',
    title: 'Not available right now',
    status: 503,
    code: 'service.unavailable',
    detail: 'The database cannot be reached right now.',
    facts: {},
  })
  refuse = () => Promise.reject(away)
  await act(() => form.submit())
  expect([form.failure, form.general, form.values.name, form.dirty]).toEqual([away, [], 'Kept', true])
  refuse = null
  await act(() => form.submit())
  expect([form.failure, form.dirty, sent.length]).toEqual([null, false, 2])
})

test('what the server refuses about a step stands at its field, and nothing is sent', async () => {
  await mount()
  const refused = new ProblemError({
    type: 'about:blank',
    title: 'Not so',
    status: 422,
    code: 'thing.wrong_name',
    detail: 'This name is not known.',
    facts: {},
    field: 'name',
  })
  let answer: boolean | undefined
  await act(async () => {
    answer = await form.ask(() => Promise.reject(refused))
  })
  expect([answer, form.errors, form.busy, sent]).toEqual([false, { name: 'This name is not known.' }, false, []])
  await type('name', 'Known')
  await act(async () => {
    answer = await form.ask(() => Promise.resolve())
  })
  expect([answer, form.errors, form.general, form.failure]).toEqual([true, {}, [], null])
})
