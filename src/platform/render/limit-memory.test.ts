import { describe, expect, it } from 'vitest'
import { limitMemory } from './limit-memory.ts'

// (module (memory (export "m") 1)), as `wat2wasm` writes it.
const module = Uint8Array.from([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x05, 0x03, 0x01, 0x00, 0x01, 0x07, 0x05, 0x01, 0x01, 0x6d, 0x02,
  0x00,
])

describe('limitMemory', () => {
  it('lets memory grow up to the limit and no further', async () => {
    const { instance } = await WebAssembly.instantiate(limitMemory(module, 200 * 65_536))
    const memory = instance.exports['m']
    if (!(memory instanceof WebAssembly.Memory)) throw new Error('no memory')
    expect(memory.grow(199)).toBe(1)
    expect(() => memory.grow(1)).toThrow(RangeError)
  })

  it('refuses a module it does not understand', () => {
    expect(() => limitMemory(module.subarray(0, 8), 65_536)).toThrow('no memory section')
    expect(() => limitMemory(module.subarray(0, 9), 65_536)).toThrow('in the middle of a number')
  })
})
