import { expect, test } from 'vitest'
import { allowanceKey, networkOf } from './allowance.ts'

test('an IPv6 customer counts as one network, an IPv4 address as itself', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7')
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7')
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(networkOf('2001:0db8:1:2::9')).toBe('2001:db8:1:2::/64')
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64')
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
})

test('a key tells nothing of what it counts', () => {
  expect(allowanceKey('signIn', 'anna@acme.example')).toMatch(/^signIn:[\w-]{43}$/)
})
