import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attribute, XmlError, XmlScanner } from './xml.ts'

function events(pieces: readonly string[]): string[] {
  const found: string[] = []
  let text = ''
  const flush = (): void => {
    if (text !== '') found.push(`"${text}"`)
    text = ''
  }
  const scanner = new XmlScanner({
    open: (name, raw) => {
      flush()
      found.push(`<${name}${raw.trim() === '' ? '' : ` ${raw.trim()}`}>`)
    },
    close: (name) => {
      flush()
      found.push(`</${name}>`)
    },
    text: (piece) => {
      text += piece
    },
  })
  for (const piece of pieces) scanner.write(piece)
  scanner.end()
  return found
}

const document = '<?xml version="1.0"?><!-- a > b --><x:a r="1>2" s=\'"\'>t&amp;&#x41;<b/><![CDATA[<c>&amp;]]>é</x:a>\n'

it('knows the five entities and no name an object inherits', () => {
  expect(events(['<a>&lt;&toString;&constructor;</a>'])).toEqual(['<a>', '"<&toString;&constructor;"', '</a>'])
})

describe('XmlScanner', () => {
  it('reports elements without prefix, texts without entities', () => {
    expect(events([document])).toEqual(['<a r="1>2" s=\'"\'>', '"t&A"', '<b>', '</b>', '"<c>&amp;é"', '</a>'])
  })

  it('does not care where the pieces are cut', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: document.length }), { maxLength: 8 })
    fc.assert(
      fc.property(cuts, (at) => {
        const places = [0, ...at.sort((a, b) => a - b), document.length]
        const pieces = places.slice(1).map((to, i) => document.slice(places[i], to))
        expect(events(pieces)).toEqual(events([document]))
      }),
    )
  })

  it.each([
    ['a document type, and with it entity bombs', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an end too early', '<a><b></b>'],
    ['crossed elements', '<a><b></a></b>'],
    ['two documents', '<a/><b/>'],
    ['nothing', '   '],
    ['bottomless nesting', '<a>'.repeat(500)],
  ])('refuses %s', (_, text) => expect(() => events([text])).toThrow(XmlError))

  it('refuses a tag that never ends instead of collecting it', () => {
    const scanner = new XmlScanner({ open: () => {}, close: () => {}, text: () => {} })
    scanner.write('<a b="')
    expect(() => {
      for (let i = 0; i < 30; i++) scanner.write('x'.repeat(65_536))
    }).toThrow(XmlError)
  })

  it('throws nothing but its own error', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>/a!?-[]="\'& ;x'), maxLength: 60 }), (text) => {
        try {
          events([text])
        } catch (error) {
          expect(error).toBeInstanceOf(XmlError)
        }
      }),
    )
  })
})

it('finds an attribute by its whole name', () => {
  expect(attribute(' r:id="rId1" id="2"', 'id')).toBe('2')
  expect(attribute(' r:id="rId1" id="2"', 'r:id')).toBe('rId1')
  expect(attribute(" t = 'a&lt;b'", 't')).toBe('a<b')
  expect(attribute(' spans="1:2" s="4"', 's')).toBe('4')
  expect(attribute(' s=4', 's')).toBeNull()
})
