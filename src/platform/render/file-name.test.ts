import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyReport, soaReport } from '#testing/reports.ts'
import { contentDisposition, fileNameOf } from './file-name.ts'

describe('fileNameOf', () => {
  it('says what the file is', () => {
    expect(fileNameOf(soaReport(), 'pdf')).toBe('nordlicht-analytik-gmbh_statement-of-applicability_2.0_2026-03-31.pdf')
    expect(fileNameOf(soaReport({ status: 'draft', organization: '株式会社 日本' }), 'xlsx')).toBe(
      '株式会社-日本_statement-of-applicability_2.0_draft_2026-03-31.xlsx',
    )
  })

  it('is safe and not too long, whatever the title', () => {
    const report = emptyReport()
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary', maxLength: 500 }),
        (organization, title) => {
          const name = fileNameOf({ ...report, meta: { ...report.meta, organization, title } }, 'csv')
          expect(name).toMatch(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}._-]*\.csv$/u)
          expect(name).not.toContain('..')
          expect(new TextEncoder().encode(name).length).toBeLessThan(200)
        },
      ),
    )
  })
})

describe('contentDisposition', () => {
  it('gives an ASCII name and the exact one', () => {
    expect(contentDisposition('größe (1).pdf')).toBe(
      'attachment; filename="gro_e _1_.pdf"; filename*=UTF-8\'\'gr%C3%B6%C3%9Fe%20%281%29.pdf',
    )
  })

  it('carries nothing a header may not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(contentDisposition(name)).toMatch(/^attachment; filename="[\w.\- ]*"; filename\*=UTF-8''[\w.\-~%]*$/)
      }),
    )
  })
})
