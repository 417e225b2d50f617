import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importSentences, sentence } from './sentences.ts'

describe('sentences', () => {
  it('say the facts, long ones shortened', () => {
    expect(sentence('import.exists', { ref: 'R-1' })).toBe('“R-1” exists already and is left as it is')
    expect(sentence('import.no_impact')).toBe('There is a likelihood but no impact; this stage stays unscored')
    const long = sentence('import.row_section', { text: `${'x'.repeat(500)}\ny` })
    expect(long.length).toBeLessThan(140)
    expect(long).toContain('…')
  })

  it('are not led astray by facts that look like facts', () => {
    expect(sentence('import.owner_left', { name: '{{date}} $& $1', date: '2026-01-01' })).toBe(
      '{{date}} $& $1 left on 2026-01-01 and cannot answer for anything; kept as text until somebody is named',
    )
  })

  it('are all used', () => {
    const source = (folder: string): string =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('sentences.ts'))
        .map((name) => readFileSync(join(folder, name), 'utf8'))
        .join('\n')
    const root = join(import.meta.dirname, '..', '..')
    const all = ['kernel', 'platform/import', 'modules'].map((folder) => source(join(root, folder))).join('\n')
    // These come from the kind of a row that is skipped.
    const unused = Object.keys(importSentences).filter(
      (code) => !all.includes(`'${code}'`) && !code.startsWith('import.row_'),
    )
    expect(unused).toEqual([])
  })
})
