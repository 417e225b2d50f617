import { expect, test } from 'vitest'
import { importLimits } from './limits.ts'
import { inReadingTurn } from './reading-turn.ts'

test('a few files at a time; what waits has its turn in order, and a crowd is told to come back', async () => {
  const most = importLimits.readers + importLimits.waiting
  const begun: number[] = []
  const gates = Array.from({ length: most + 3 }, () => Promise.withResolvers<void>())
  const crowd = gates.map((gate, place) =>
    inReadingTurn('a.csv', async () => {
      begun.push(place)
      await gate.promise
      // What is refused gives its turn back as well.
      if (place % 2 === 1) throw new Error('unreadable')
    }).catch((error: unknown) => error),
  )
  for (const refused of await Promise.all(crowd.slice(most)))
    expect(refused).toMatchObject({ refusal: { code: 'import.busy', facts: { fileName: 'a.csv' } } })
  for (let place = 0; place < most; place++) {
    expect(begun).toHaveLength(Math.min(most, importLimits.readers + place))
    gates[place]?.resolve()
    await crowd[place]
  }
  expect(begun).toEqual([...begun.keys()])
  expect(begun).toHaveLength(most)
  expect(await inReadingTurn('a.csv', async () => 'read')).toBe('read')
})
