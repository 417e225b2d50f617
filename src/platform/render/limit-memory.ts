/** Bytes of a WebAssembly page. */
const pageSize = 65_536
const memorySection = 5

/**
 * Sets the most memory a WebAssembly module may take, by writing a maximum into its memory section. Node's worker
 * limits cover the JavaScript heap alone, and a module without a maximum may grow to 4 GiB.
 * @param limit in bytes, rounded down to whole pages
 */
export function limitMemory(wasm: Uint8Array, limit: number): Uint8Array<ArrayBuffer> {
  let at = 8
  while (at < wasm.length) {
    const size = readUnsigned(wasm, at + 1)
    const end = size.next + size.value
    if (wasm[at] === memorySection) {
      const [count, flags] = [wasm[size.next], wasm[size.next + 1]]
      if (count !== 1 || flags === undefined || flags > 1) break
      const smallest = readUnsigned(wasm, size.next + 2)
      const section = [1, 1, ...unsigned(smallest.value), ...unsigned(Math.floor(limit / pageSize))]
      return concat(wasm.subarray(0, at), [memorySection, ...unsigned(section.length), ...section], wasm.subarray(end))
    }
    at = end
  }
  throw new Error('The WebAssembly module has no memory section of the expected form, so its memory cannot be limited')
}

/** Reads an unsigned LEB128 number. */
function readUnsigned(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let value = 0
  for (let i = 0; ; i++) {
    const byte = bytes[from + i]
    if (byte === undefined) throw new Error('The WebAssembly module ends in the middle of a number')
    value += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return { value, next: from + i + 1 }
  }
}

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...unsigned(Math.floor(value / 0x80))]
}

function concat(...parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
