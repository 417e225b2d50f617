import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filtersFrom, listAddress, parseSearch, writeSearch } from './url-search.ts'

test('what is written to the address is read back', () => {
  const value = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 4 }),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value, { noNullPrototype: true }), (search) => {
      expect(parseSearch(writeSearch(search))).toEqual(search)
    }),
  )
})

test('empty values leave the address', () => {
  expect(writeSearch({ q: '', status: [], overdue: false, owner: undefined, at: null })).toBe('')
})

test('filters are read by their kind; a lone value of a list is still a list', () => {
  const spec = { status: 'many', owner: 'one', overdue: 'flag' } as const
  expect(filtersFrom(spec, parseSearch('status=open&q=x&overdue=true'))).toEqual({
    status: ['open'],
    owner: null,
    overdue: true,
  })
})

test('the same state of a list is the same text, whatever the order it was set in', () => {
  const one = listAddress({ sort: '-level', q: 'vpn', status: ['open', 'late'], group: null })
  expect(one).toBe('q=vpn&sort=-level&status=open&status=late')
  expect(listAddress({ status: ['open', 'late'], q: 'vpn', sort: '-level' })).toBe(one)
  expect(listAddress({ q: '', group: undefined })).toBe('')
})
