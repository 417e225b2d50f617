import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChainReader, type StoredEntry, type StoredHead } from './chain.ts'
import { chainHash, contentHash, genesis } from './content.ts'

type Entry = { -readonly [K in keyof StoredEntry]: StoredEntry[K] }
interface Ledger {
  entries: Entry[]
  head: StoredHead | null
}

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

function ledger(length: number): Ledger {
  const entries: Entry[] = []
  let previous: Buffer = genesis
  for (let seq = 1; seq <= length; seq++) {
    const entry = written(seq, `name ${seq}`, previous)
    previous = entry.hash
    entries.push(entry)
  }
  const last = entries.at(-1)
  return { entries, head: last ? { seq: last.seq, at: last.at, hash: last.hash } : null }
}

function written(seq: number, name: string, previous: Buffer): Entry {
  const entry: Entry = {
    seq,
    at: new Date(Date.UTC(2026, 0, 1) + seq * 1000).toISOString(),
    actor: { kind: 'person', id: uuid(1), name: 'Anna Berg' },
    action: 'person.changed',
    recordType: 'person',
    recordId: uuid(seq),
    before: null,
    after: { name },
    reason: null,
    tx: uuid(2),
    content: genesis,
    hash: genesis,
  }
  entry.content = contentOf(entry)
  entry.hash = chainHash(previous, seq, entry.at, entry.content)
  return entry
}

const contentOf = ({ actor, action, recordType: type, recordId: id, before, after, reason, tx }: Entry): Buffer =>
  Buffer.from(contentHash({ actor, action, type, id, before, after, reason, tx }), 'hex')

/** Kind and sequence number of every fault. */
function faultsOf({ entries, head }: Ledger): string[] {
  const reader = new ChainReader()
  for (const entry of entries.toSorted((a, b) => a.seq - b.seq)) reader.read(entry)
  return reader.end(head).map((fault) => `${fault.kind} ${fault.seq ?? ''}`)
}

const at = (one: Ledger, seq: number): Entry => one.entries[seq - 1] as Entry
const size = 12

test('an untouched ledger has no fault, whatever its length', () => {
  for (const length of [0, 1, 2, size]) expect(faultsOf(ledger(length))).toEqual([])
})

const anywhere = fc.integer({ min: 1, max: size })

test('a changed payload is found where it was changed, with and without its content hash', () => {
  fc.assert(
    fc.property(anywhere, fc.boolean(), (seq, thorough) => {
      const one = ledger(size)
      at(one, seq).after = { name: 'forged' }
      if (thorough) at(one, seq).content = contentOf(at(one, seq))
      expect(faultsOf(one)).toEqual([`changed ${seq}`])
    }),
  )
})

test('every field of an entry counts', () => {
  const edits: ((entry: Entry) => void)[] = [
    (entry) => (entry.action = 'person.left'),
    (entry) => (entry.actor = { ...entry.actor, name: 'Eve Stone' }),
    (entry) => (entry.recordId = uuid(99)),
    (entry) => (entry.recordType = 'asset'),
    (entry) => (entry.before = { name: 'x' }),
    (entry) => (entry.reason = 'because'),
    (entry) => (entry.tx = uuid(98)),
    (entry) => (entry.at = '2025-12-31T23:59:59.000Z'),
    (entry) => (entry.hash = randomBytes(32)),
  ]
  for (const edit of edits) {
    const one = ledger(size)
    edit(at(one, 5))
    expect(faultsOf(one)).toEqual(['changed 5'])
  }
})

test('an entry rewritten with all its hashes breaks the link to the next, the last one that to the head', () => {
  fc.assert(
    fc.property(anywhere, (seq) => {
      const one = ledger(size)
      one.entries[seq - 1] = written(seq, 'forged', seq === 1 ? genesis : at(one, seq - 1).hash)
      expect(faultsOf(one)).toEqual([seq === size ? `headMismatch ${size}` : `changed ${seq + 1}`])
    }),
  )
})

test('removed entries are found: in the middle, at the end, and when the later ones move up', () => {
  fc.assert(
    fc.property(anywhere, fc.integer({ min: 1, max: 4 }), fc.boolean(), (seq, count, renumber) => {
      const one = ledger(size)
      const gone = Math.min(count, size - seq + 1)
      const atEnd = seq + gone > size
      one.entries.splice(seq - 1, gone)
      if (renumber) one.entries.forEach((entry, index) => (entry.seq = index + 1))
      expect(faultsOf(one)).toEqual([`removed ${seq}`])
      if (!renumber && !atEnd) expect(one.entries[seq - 1]?.seq).toBe(seq + gone)
    }),
  )
})

test('an inserted entry is found, forged well or badly, in the middle and behind the end', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: size + 1 }), fc.boolean(), (seq, well) => {
      const one = ledger(size)
      const forged = written(seq, 'forged', seq === 1 ? genesis : at(one, seq - 1).hash)
      if (!well) forged.hash = randomBytes(32)
      one.entries.splice(seq - 1, 0, forged)
      one.entries.forEach((entry, index) => (entry.seq = index + 1))
      expect(faultsOf(one)).toEqual([`inserted ${seq}`])
    }),
  )
  const one = ledger(size)
  one.entries.unshift({ ...written(1, 'forged', genesis), seq: 0 })
  expect(faultsOf(one)).toEqual(['inserted 0'])
})

test('two exchanged entries are both named, whole rows or only what they say', () => {
  fc.assert(
    fc.property(anywhere, anywhere, fc.constantFrom('rows', 'content', 'payload'), (a, b, how) => {
      fc.pre(a !== b)
      const one = ledger(size)
      const [first, second] = [at(one, a), at(one, b)]
      if (how === 'rows') {
        first.seq = b
        second.seq = a
      } else {
        const { after, recordId, content } = first
        Object.assign(first, { after: second.after, recordId: second.recordId })
        Object.assign(second, { after, recordId })
        if (how === 'content') {
          first.content = second.content
          second.content = content
        }
      }
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      expect(faultsOf(one)).toEqual([`reordered ${low}`, `reordered ${high}`])
    }),
  )
})

test('a head that was altered or is missing is found', () => {
  const one = ledger(size)
  const head = one.head as StoredHead
  const altered: (StoredHead | null)[] = [
    { ...head, hash: randomBytes(32) },
    { ...head, seq: size - 1 },
    { ...head, seq: size + 3 },
    { ...head, at: '2027-01-01T00:00:00.000Z' },
    null,
  ]
  for (const next of altered) expect(faultsOf({ ...one, head: next })).toEqual([`headMismatch ${size}`])
})

test('several alterations at once never pass', () => {
  const alter = fc.constantFrom('payload', 'remove', 'hash', 'action')
  fc.assert(
    fc.property(fc.array(fc.tuple(anywhere, alter), { minLength: 1, maxLength: 6 }), (edits) => {
      const one = ledger(size)
      const gone = new Set<number>()
      for (const [seq, how] of edits) {
        if (how === 'payload') at(one, seq).after = { name: 'forged' }
        if (how === 'action') at(one, seq).action = 'person.left'
        if (how === 'hash') at(one, seq).hash = randomBytes(32)
        if (how === 'remove') gone.add(seq)
      }
      one.entries = one.entries.filter((entry) => !gone.has(entry.seq))
      expect(faultsOf(one).length).toBeGreaterThan(0)
    }),
  )
})
