import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyMapping, type ImportField } from '#kernel/import.ts'
import { readBytes } from '#platform/import/read-bytes.ts'
import { importOccasion } from '#platform/import/server/import-target.ts'
import { importContext } from '#testing/import-context.ts'
import { importing, routesOfImports as routes } from '#testing/imports.ts'
import { type TestServer, testServer } from '#testing/server.ts'
import { importTargets } from './import-registers.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  const anna = await server.actor('acme', 'Anna Berg', ['ismsManager', 'topManagement', 'owner'])
  const { take } = importing(server)
  await take(anna, routes.risks, 'ID,Risk Title,Description\nN-1,Fire,It burns\n')
})
afterAll(() => server.close())

const nobody = { kind: 'system', id: null, name: 'Preview', personId: null, roles: ['ismsManager'] } as const

const samples: Readonly<Record<ImportField['kind'], (name: string) => string>> = {
  ref: () => 'X-1',
  name: (name) => `Words of ${name}`,
  text: (name) => `Words of ${name}`,
  longText: (name) => `Words of ${name}`,
  person: (name) => `Somebody as ${name}`,
  email: () => 'kim@acme.example',
  date: () => '2026-03-31',
  number: () => '7',
  money: () => '500 EUR',
  yesNo: () => 'Yes',
  choice: () => 'Something else',
  scale: () => '3',
  controls: () => 'A.8.13',
}

// What is read only as something that is there, and cells whose meaning hangs on others.
const given: Readonly<Record<string, string>> = {
  'treatment.risks': 'N-1',
  'treatment.status': 'Open',
  'soa.control': 'A.8.13',
  'soa.title': 'Information backup',
  'soa.applicable': 'Yes',
}

/** The columns of one file: alternatives to each other cannot stand in the same. */
const files: readonly (readonly [keyof typeof routes, string, (field: string) => boolean])[] = [
  ['people', 'with whole names', (field) => !/^(?:first|last)Name$/.test(field)],
  ['people', 'with names in two columns', (field) => field !== 'name'],
  ['assets', '', () => true],
  ['risks', 'with inherent and residual figures', (field) => !/^(?:assessed|current|target)\./.test(field)],
  ['risks', 'with figures of no stage', (field) => !/^(?:inherent|residual|current|target)\./.test(field)],
  ['risks', 'with today and a target', (field) => !/^(?:inherent|residual|assessed)\./.test(field)],
  ['treatment', '', () => true],
  ['soa', '', () => true],
]

test.each(files)(
  'a preview shows every mapped column of %s %s in what the row becomes',
  async (register, _which, has) => {
    const target = importTargets.find((one) => one.register.name === register)
    const fields = (target?.register.fields({ ...importContext(), classifications: [], method: null }) ?? []).filter(
      ({ name }) => has(name),
    )
    const cells = fields.map(({ name, kind }) => given[`${register}.${name}`] ?? samples[kind](name))
    const file = [fields.map(({ name }) => `Column ${name}`), cells].map((row) => row.join(';')).join('\n')
    const sheets = await readBytes(Buffer.from(file), 'file.csv', {})
    if (!target || !sheets.ok) throw new Error('The file cannot be read.')
    const columns = Object.fromEntries(fields.map(({ name }, index) => [name, [{ index, header: `Column ${name}` }]]))
    const unseen = await server.inside('acme', async (tx) => {
      const open = await target.open(tx)
      const shown = (without: string | null): string => {
        const mapping = emptyMapping(register, sheets.value[0]?.name ?? '', 1)
        const mapped = Object.entries(columns).filter(([name]) => name !== without)
        const at = importOccasion(tx, { ...nobody, org: tx.org }, 'file.csv', 'I-1')
        const plan = open.plan(sheets.value, { ...mapping, columns: Object.fromEntries(mapped) }, at)
        return JSON.stringify(plan.ok ? plan.value.rows.map(({ becomes }) => becomes) : plan.refusal)
      }
      const whole = shown(null)
      expect(whole).toContain('"facts"')
      return fields.flatMap(({ name }) => (shown(name) === whole ? [name] : []))
    })
    expect([fields.length > 1, unseen]).toEqual([true, []])
  },
)
