import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('../../', import.meta.url).pathname

/** Values of a locale file, however deep. */
function values(words: unknown): string[] {
  return typeof words === 'string' ? [words] : Object.values(words as Record<string, unknown>).flatMap(values)
}

const screens = globSync('src/**/locales/de.json', { cwd: root }).map((file) => ({
  file,
  sentences: values(JSON.parse(readFileSync(`${root}${file}`, 'utf8'))),
}))

/** The sources that word documents, e-mails and what the product suggests; their headings for imports are the files' own. */
const documents = globSync(
  [
    'src/modules/*/server/**/*{words,report,filters}.ts',
    'src/modules/*/domain/{default-method-de,standard-roles}.ts',
    'src/platform/render/*.ts',
  ],
  { cwd: root },
).map((file) => ({ file, sentences: readFileSync(`${root}${file}`, 'utf8').split('\n') }))

// An action of the interface, a command, may be called so; a task of a treatment plan may not.
const commands = ['Aktionen', 'Weitere Aktionen', 'Eintrag, Seite oder Aktion finden']

it.each([
  ['Geltungsbereich', /Geltungsbereich/, 'Anwendungsbereich, the word of DIN EN ISO/IEC 27001'],
  ['ISMS-beauftragte Person', /ISMS-[Bb]eauftragte/, 'ISMS-Manager'],
  ['Aktion', /\bAktion(?:en)?\b/, 'Aufgabe, for a task of a treatment plan'],
  ['Historie', /Histori/, 'Verlauf of a record, Prüfpfad of the organization'],
  ['Achse', /\bAchsen?\b/, 'Wahrscheinlichkeit or Auswirkung'],
  ['Eintrittswahrscheinlichkeit', /Eintrittswahrscheinlichkeit/, 'Wahrscheinlichkeit'],
  ['annehmen', /Risikoannahme|Risiko annehmen/, 'akzeptieren'],
  ['Betreuer', /\bBetreuer\b/, 'Betreuung'],
  ['Kritikalität', /Kritikalität/, 'Schutzbedarf'],
])('does not say %s in German', (_word, pattern, _instead) => {
  const found = [...screens, ...documents].flatMap(({ file, sentences }) =>
    sentences.filter((one) => pattern.test(one) && !commands.includes(one)).map((one) => `${file}: ${one.trim()}`),
  )
  expect(found).toEqual([])
})

it('reads every register’s screens and the documents', () => {
  expect(screens.length).toBeGreaterThan(10)
  expect(documents.map(({ file }) => file)).toEqual(
    expect.arrayContaining([
      'src/modules/assets/server/asset-report.ts',
      'src/modules/controls/server/soa-report-words.ts',
      'src/modules/risk/server/risk-report-words.ts',
      'src/modules/risk/domain/default-method-de.ts',
    ]),
  )
})
