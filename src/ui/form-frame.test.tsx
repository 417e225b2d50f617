// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import i18next from 'i18next'
import { act, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { FormFrame } from './form-frame.tsx'
import { ProblemError } from './problem.ts'
import { useRecordForm } from './use-record-form.ts'

const refused = new ProblemError({
  type: 'about:blank',
  title: 'Not accepted',
  status: 422,
  code: 'thing.upside_down',
  detail: 'The lower shelf is above the upper one; move one of them.',
  facts: {},
  field: 'upper',
  errors: [
    {
      field: 'upper',
      code: 'thing.upside_down',
      message: 'The lower shelf is above the upper one; move one of them.',
      facts: {},
    },
  ],
})

/** A form with two tabs, of which the one with the refused field is not shown. */
function Page() {
  const [tab, setTab] = useState<'lower' | 'upper'>('lower')
  const form = useRecordForm({
    schema: z.object({ lower: z.string(), upper: z.string() }),
    initial: { lower: '3', upper: '2' },
    guard: false,
    submit: () => Promise.reject(refused),
  })
  const fields = {
    lower: form.text('lower', { label: 'Lower', reveal: () => setTab('lower') }),
    upper: form.text('upper', { label: 'Upper', reveal: () => setTab('upper') }),
  }
  const { id, value, onChange } = fields[tab]
  return (
    <FormFrame form={form} submitLabel="Save">
      <input id={id} name={tab} value={value} onChange={onChange} />
    </FormFrame>
  )
}

beforeAll(() => i18next.use(initReactI18next).init({ lng: 'en', resources: {} }))
afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

test('a refusal stands in the summary once, and leads to its field on a tab that is not open', async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  Element.prototype.scrollIntoView = () => {}
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  const router = createRouter({
    routeTree: createRootRoute({
      component: () => (
        <MantineProvider>
          <Page />
        </MantineProvider>
      ),
    }),
    history: createMemoryHistory(),
  })
  await act(async () => root.render(<RouterProvider router={router} />))
  await act(async () => document.querySelector('form')?.requestSubmit())
  const lines = [...document.querySelectorAll('[role=alert] li')]
  expect(lines.map((line) => line.textContent)).toEqual(['The lower shelf is above the upper one; move one of them.'])
  expect(document.querySelector('input')?.name).toBe('lower')
  await act(async () => lines[0]?.querySelector('a')?.click())
  expect(document.querySelector('input')?.name).toBe('upper')
  expect(document.activeElement).toBe(document.querySelector('input'))
  act(() => root.unmount())
})
