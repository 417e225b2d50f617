import fc from 'fast-check'
import { expect, test } from 'vitest'
import { downloadHeaders, parseRange } from './download-headers.ts'

test('a name beyond ASCII comes with a fallback and in RFC 5987 form', () => {
  const headers = downloadHeaders('Prüfbericht "final" (1) 100%.pdf', 'application/pdf')
  expect(headers['content-disposition']).toBe(
    `attachment; filename="Prufbericht _final_ (1) 100_.pdf"; ` +
      `filename*=UTF-8''Pr%C3%BCfbericht%20_final_%20%281%29%20100%25.pdf`,
  )
  expect(headers['content-type']).toBe('application/pdf')
})

test.each(['text/html', 'image/svg+xml', 'application/xml', 'application/xhtml+xml', 'text/javascript'])(
  '%s is never sent under a type that runs',
  (type) => {
    const headers = downloadHeaders('page', type)
    expect(headers['content-type']).toBe('application/octet-stream')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toMatch(/^sandbox;/)
  },
)

test('hash and size travel with the file', () => {
  const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  const headers = downloadHeaders('abc.txt', 'text/plain', { sha256, bytes: 3 })
  expect(headers).toMatchObject({
    etag: `"${sha256}"`,
    'repr-digest': 'sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:',
    'content-length': '3',
  })
  const part = downloadHeaders('abc.txt', 'text/plain', { bytes: 3, range: { start: 1, end: 2 } })
  expect(part).toMatchObject({ 'content-length': '2', 'content-range': 'bytes 1-2/3' })
})

test('whatever the name, the headers are legal header values', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const headers = new Headers(downloadHeaders(name, 'application/pdf'))
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename="[^"\\%]*"; filename\*=UTF-8''[\w!#$&+\-.^`|~%]+$/,
      )
    }),
  )
})

test.each([
  [undefined, null],
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=2-', { start: 2, end: 9 }],
  ['bytes=2-400', { start: 2, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=5-4', null],
  ['bytes=0-1,3-4', null],
  ['bytes=-', null],
  ['lines=1-2', null],
] as const)('range %j of ten bytes is %j', (header, expected) => {
  expect(parseRange(header, 10)).toEqual(expected)
})
