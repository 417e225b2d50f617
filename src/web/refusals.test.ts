import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { importSentences } from '#kernel/import/sentences.ts'
import { slugOf } from '#platform/contract/issue-rule.ts'
import { importContext } from '#testing/import-context.ts'
import { findRefusals } from '#testing/refusals.ts'
import { readTexts } from '#testing/texts.ts'
import { importTargets } from '../app/import-registers.ts'

const texts = readTexts()
/** Texts of refusals in a language, by code, wherever they stand. */
const refusalsIn = (language: string): ReadonlyMap<string, string> =>
  new Map(
    [...texts].flatMap(([name, known]) =>
      name.endsWith(`/${language}`)
        ? [...known].flatMap(([key, text]) => (key.startsWith('refusals.') ? [[key.slice(9), text] as const] : []))
        : [],
    ),
  )
const en = refusalsIn('en')
const de = refusalsIn('de')
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name)

// Said by the command line and in the log only.
const neverInBrowser = /^(?:backup|cli|config|demo|lifecycle|postgres|serve|transfer)\./
// A sentence of the importer is proven by its own type; its German is compared below.
const isSentence = (code: string): boolean => Object.hasOwn(importSentences, code)
const { found, untold } = findRefusals()
const inBrowser = found.filter(({ code }) => !neverInBrowser.test(code) && !isSentence(code))
const byCode = Map.groupBy(inBrowser, ({ code }) => code)
// Any `.not_found` without a text of its own is said with that of `record.not_found`.
const textOf = (from: ReadonlyMap<string, string>, code: string): string | undefined =>
  from.get(code) ?? (code.endsWith('.not_found') ? from.get('record.not_found') : undefined)

/** Places that hand a refusal on, or make its code from parts, and the codes those parts give. */
const handedOn: Readonly<Record<string, readonly string[]>> = {
  'src/kernel/import/planning.ts: refusal.code': [],
  'src/kernel/import/rows.ts: `import.row_${kind}`': [],
  'src/modules/organization/server/structure.ts: `${kind}.not_found`': [],
  'src/modules/risk/contract-views.ts: z.string()': [],
  'src/modules/risk/domain/risk-status.ts: code': [],
  'src/modules/risk/server/import-risks.ts: code': [],
  'src/modules/risk/server/method-views.ts: code': [],
  'src/modules/risk/server/views.ts: code': [],
  'src/platform/db/transaction.ts: `${type.type}.not_found`': [],
  'src/platform/http/problem.ts: one.code': [],
  'src/platform/identity/server/members.ts: `member.reset_${obstacle}`': [
    'member.reset_not_here',
    'member.reset_persona',
    'member.reset_elsewhere',
  ],
  'src/platform/import/contract.ts: z.string()': [],
  'src/platform/import/server/prepare-import.ts: code': [],
  'src/platform/import/server/view-preview.ts: code': [],
  'src/platform/contract/schemas.ts: z.string()': [],
  'src/platform/ledger/views.ts: `${record.type}.not_found`': [],
  'src/ui/problem.ts: code': [],
}

describe('refusals', () => {
  test('the sources tell their codes; where one is made from parts, its codes are listed here', () => {
    expect(found.length).toBeGreaterThan(300)
    expect(untold.filter((place) => !/^src\/(?:modules\/[^/]+\/)?web\//.test(place))).toEqual(
      Object.keys(handedOn).sort(),
    )
  })

  const codes = [...new Set([...byCode.keys(), ...Object.values(handedOn).flat()])].sort()

  test.each([
    ['English', en],
    ['German', de],
  ])('each that can be seen in a browser has a sentence in %s', (_language, from) => {
    expect(codes.filter((code) => textOf(from, code) === undefined)).toEqual([])
  })

  test('a sentence needs no fact that does not come with the refusal', () => {
    const wanting = [en, de].flatMap((from) =>
      inBrowser.flatMap(({ code, facts, at }) => {
        const needed = placeholders(textOf(from, code) ?? '')
        const missing = needed.filter((name) => facts === null || !facts.includes(name))
        return missing.length === 0 ? [] : [`${at}: ${code} lacks ${missing.join(', ')}`]
      }),
    )
    expect(wanting).toEqual([])
  })

  test('no sentence is left of a code that is gone', () => {
    const known = new Set([...codes, ...Object.keys(importSentences), 'http.unexplained', 'record.not_found'])
    expect([...de.keys()].filter((code) => !known.has(code))).toEqual([])
  })

  test('each ends as a sentence', () => {
    const open = [...en, ...de].filter(([code, text]) => !isSentence(code) && !/[.”“)]$/.test(text))
    expect(open).toEqual([])
  })
})

describe('imports', () => {
  test('each sentence of the importer has a German one that needs no other fact', () => {
    const wanting = Object.entries(importSentences).flatMap(([code, english]) => {
      const german = de.get(code)
      if (german === undefined) return [`${code} has no German`]
      const strange = placeholders(german).filter((name) => !placeholders(english).includes(name))
      return strange.length === 0 ? [] : [`${code} needs ${strange.join(', ')}`]
    })
    expect(wanting).toEqual([])
  })

  test('every field and choice is named', () => {
    const context = importContext()
    // Names of dimensions and levels come from the organization's own method and scheme.
    const own = new Set([
      ...(context.method?.dimensions.map(({ name }) => name) ?? []),
      ...(context.method?.bands.map(({ name }) => name) ?? []),
      ...context.classifications.flatMap(({ words }) => words),
    ])
    // Without a method the dimensions are named by the product.
    const labels = importTargets.flatMap(({ register }) =>
      [context, { ...context, method: null }]
        .flatMap((each) => register.fields(each))
        .flatMap(({ label, choices }) => [...label.split(': '), ...(choices ?? []).map(({ words }) => words[0] ?? '')]),
    )
    const factLabels = sourcesOf('src').flatMap((source) =>
      [...source.matchAll(/factsOf\(\{([\s\S]*?)\n {2,}\}\)/g)].flatMap(([, body = '']) =>
        [...body.matchAll(/^\s+(?:'([^']+)'|([A-Z]\w+)):/gm)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
      ),
    )
    expect(factLabels).toContain('Works here as')
    const known = texts.get('imports/de')
    const unnamed = [...new Set([...labels, ...factLabels])].filter(
      (label) => !own.has(label) && !known?.has(`labels.${slugOf(label)}`),
    )
    expect(unnamed).toEqual([])
    // What nothing is called any more is not kept.
    const named = new Set([...labels, ...factLabels, ...choiceLabels()].map(slugOf))
    const unused = [...(known?.keys() ?? [])].flatMap((key) =>
      key.startsWith('labels.') && !named.has(key.slice(7)) ? [key] : [],
    )
    expect(unused).toEqual([])
  })

  test.each(['en', 'de'])('fields and choices are called what the registers call them (%s)', (language) => {
    const textIn = (namespace: string, key: string): string | undefined =>
      texts.get(`${namespace}/${language}`)?.get(key)
    const fields = importTargets.flatMap(({ register }) =>
      register.fields(importContext()).map((field) => ({ ...field, name: `${register.name}.${field.name}` })),
    )
    const differing = Object.entries(sameWords).flatMap(([name, [namespace = '', called, choices]]) => {
      const field = fields.find((one) => one.name === name)
      const own = (label: string): string | undefined => textIn('imports', `labels.${slugOf(label)}`)
      const found = field === undefined ? [`${name} is no field`] : []
      if (called !== null && own(field?.label ?? '') !== textIn(namespace, `fields.${called}`)) found.push(name)
      if (choices === undefined) return found
      const group = (value: string): string | undefined =>
        textIn(
          namespace,
          `${choices}.${namespace === 'assets' && choices === 'levels' ? assetLevels.indexOf(value) + 1 : value}`,
        )
      const others = (field?.choices ?? []).filter(
        ({ value, words }) => group(value) !== undefined && own(words[0] ?? '') !== group(value),
      )
      return [...found, ...others.map(({ value }) => `${name}: ${value}`)]
    })
    expect(differing).toEqual([])
  })
})

const assetLevels = ['low', 'medium', 'high', 'critical']

/** Field of an import → module, its field there, and the group of texts that names its choices. */
const sameWords: Readonly<Record<string, readonly [namespace: string, field: string | null, choices?: string]>> = {
  'assets.type': ['assets', 'kind', 'kinds'],
  'assets.criticality': ['assets', 'criticality', 'levels'],
  'assets.confidentiality': ['assets', 'confidentiality', 'levels'],
  'assets.status': ['assets', 'lifeCycle', 'lifeCycles'],
  'assets.custodian': ['assets', 'custodianId'],
  'assets.reliesOn': ['assets', 'reliesOnId'],
  'people.employment': ['people', 'kind', 'kinds'],
  'people.jobTitle': ['people', 'jobTitle'],
  'people.manager': ['people', 'managerId'],
  'risks.decision': ['risk', null, 'option'],
  'risks.measures': ['risk', 'actions'],
  'risks.measureStatus': ['risk', null, 'actionStatus'],
  'risks.assets': ['risk', 'assets'],
  'treatment.status': ['risk', null, 'actionStatus'],
  'soa.applicable': ['controls', 'applicability'],
  'soa.description': ['controls', 'implementation'],
  'soa.owner': ['controls', null],
  'soa.status': ['controls', null, 'stated'],
}

/** What questions offer beside the choices of fields. */
const choiceLabels = (): string[] =>
  sourcesOf('src').flatMap((source) =>
    source.includes('asking(')
      ? [...source.matchAll(/\blabel: (?:.* \? )?'([^']+)'/g)].map(([, label = '']) => label)
      : [],
  )

test('each sentence of the contracts about a field is known to the forms', () => {
  const sentences = sourcesOf('src')
    .filter((source) => source.includes("from 'zod'"))
    .flatMap((source) => [...source.matchAll(/\berror: '([^']+)'/g)].map(([, sentence = '']) => sentence))
  expect(sentences.length).toBeGreaterThan(10)
  const known = texts.get('ui/de')
  expect(sentences.filter((one) => !known?.has(`validation.sentences.${slugOf(one)}`))).toEqual([])
})

function sourcesOf(folder: string): string[] {
  const root = new URL(`../../${folder}/`, import.meta.url)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts/.test(name))
    .map((name) => readFileSync(new URL(name, root), 'utf8'))
}
