import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openPackage } from './open-package.ts'

/** A zip that begins like one and whose end counts so many entries (zip64), of which it holds none. */
function zipThatCounts(entries: number): Buffer {
  const start = Buffer.from('PK\u0003\u0004', 'latin1')
  const end64 = Buffer.alloc(56)
  end64.writeUInt32LE(0x0606_4b50, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeUInt16LE(45, 12)
  end64.writeUInt16LE(45, 14)
  end64.writeBigUInt64LE(BigInt(entries), 24)
  end64.writeBigUInt64LE(BigInt(entries), 32)
  end64.writeBigUInt64LE(BigInt(start.length), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x0706_4b50, 0)
  locator.writeBigUInt64LE(BigInt(start.length), 8)
  locator.writeUInt32LE(1, 16)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x0605_4b50, 0)
  end.fill(0xff, 8, 20)
  return Buffer.concat([start, end64, locator, end])
}

test('a zip that counts more entries than anybody would wait for is refused before they are looked through', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-package-'))
  try {
    const codes = []
    for (const count of [1_000_000, 1_000_001]) {
      const file = join(folder, `${count}.zip`)
      await writeFile(file, zipThatCounts(count))
      const opened = await openPackage(file)
      codes.push(opened.ok ? 'opened' : opened.refusal.code)
    }
    expect(codes).toEqual(['transfer.not_an_export', 'transfer.too_many_files'])
  } finally {
    await rm(folder, { recursive: true })
  }
})
