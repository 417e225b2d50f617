// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import i18next from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { initReactI18next } from 'react-i18next'
import { beforeAll, expect, test } from 'vitest'
import en from './locales/en.json' with { type: 'json' }
import { SignedTreatment } from './signed-treatment.tsx'
import type { ActionView, RiskView } from './views.ts'

const action = (ref: string, given: Partial<ActionView>): ActionView => ({
  id: 'action_0000000000000000000000000000000a' as ActionView['id'],
  ref,
  version: 1,
  riskId: 'risk_0000000000000000000000000000000a' as ActionView['riskId'],
  riskRef: 'R-1',
  riskTitle: 'Ransomware',
  title: ref,
  description: null,
  controls: [],
  owner: null,
  ownerText: null,
  startOn: null,
  dueOn: null,
  dueMoves: [],
  resources: null,
  cost: null,
  status: 'planned',
  statusReason: null,
  overdue: false,
  doneAt: null,
  claimedByImport: false,
  can: { edit: false, complete: false },
  ...given,
})

const shownFor = (risk: Parameters<typeof SignedTreatment>[0]['risk']): string[] => {
  const page = document.createElement('div')
  page.innerHTML = renderToStaticMarkup(
    <MantineProvider>
      <SignedTreatment risk={risk} />
    </MantineProvider>,
  )
  return [...page.querySelectorAll('li')].map((line) => line.textContent ?? '')
}

const treatment = (actions: ActionView[]): RiskView['treatment'] => ({
  options: [],
  rises: [],
  actions,
  rescoringDue: false,
})

beforeAll(() => i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { risk: en } } }))

test('whoever signs reads every control and action: title, owner, date, whether it is late, how far it is', () => {
  const id = 'control_0000000000000000000000000000000a' as RiskView['controls'][number]['id']
  const lines = shownFor({
    controls: [
      {
        id,
        ref: 'A.8.12',
        title: 'Data leakage prevention',
        state: 'planned',
        lowers: 'likelihood',
        standing: 'notDetermined',
        works: true,
      },
      {
        id,
        ref: 'A.8.13',
        title: 'Information backup',
        state: 'live',
        lowers: null,
        standing: 'failing',
        works: false,
      },
      { id, ref: 'A.8.14', title: 'Redundancy', state: 'live', lowers: null, standing: 'claimed', works: true },
    ],
    treatment: treatment([
      action('T-1', { title: 'Choose a tool', dueOn: '2026-03-31', overdue: true }),
      action('T-2', { title: 'Train the team', status: 'done', dueOn: '2026-02-01' }),
      action('T-3', { title: 'Given up', status: 'cancelled' }),
    ]),
  })
  expect(lines).toEqual([
    'A.8.12 Data leakage preventionLowers: LikelihoodPlanned',
    'A.8.13 Information backupLowers: not statedLive, but fails a test',
    'A.8.14 RedundancyLowers: not statedLive, claimed without evidence',
    expect.stringMatching(/^T-1 Choose a tool.*No owner · .*2026.*Overdue$/),
    expect.stringMatching(/^T-2 Train the team.*2026.*Done$/),
  ])
})

test('a plan without controls or actions says so', () => {
  const page = renderToStaticMarkup(
    <MantineProvider>
      <SignedTreatment risk={{ controls: [], treatment: treatment([]) }} />
    </MantineProvider>,
  )
  expect(page).toContain('No control is named.')
  expect(page).toContain('No action is planned.')
})
