import type { ScopeExclusion, ScopeInterface } from './boundary.ts'
import { type Placeable, type PlaceableKind, type Placement, placeableKinds } from './placeable.ts'

/** A unit, site, service or product as the scope names it. */
export interface ScopeItem {
  readonly kind: PlaceableKind
  readonly id: string
  readonly ref: string
  readonly name: string
  readonly placement: Placement
  readonly reason: string
}

/** What the records say about the scope: the part of a scope statement that nobody types into it. */
export interface ScopeContent {
  readonly items: readonly ScopeItem[]
  readonly interfaces: readonly {
    readonly id: string
    readonly ref: string
    readonly kind: ScopeInterface['kind']
    readonly name: string
    readonly counterpart: string
    readonly controls: readonly string[]
  }[]
  readonly exclusions: readonly {
    readonly id: string
    readonly ref: string
    readonly name: string
    readonly justification: string
  }[]
}

type Entry = Pick<Placeable, 'id' | 'ref' | 'name' | 'placement' | 'placementReason' | 'withdrawnAt'> & {
  readonly kind: PlaceableKind
}

// SI-2 before SI-10.
const natural = new Intl.Collator('en', { numeric: true })

/** The scope's content as the live records say it, in an order that does not depend on how they were read. */
export function assembleContent(
  entries: readonly Entry[],
  interfaces: readonly Pick<
    ScopeInterface,
    'id' | 'ref' | 'kind' | 'name' | 'counterpart' | 'controls' | 'withdrawnAt'
  >[],
  exclusions: readonly Pick<ScopeExclusion, 'id' | 'ref' | 'name' | 'justification' | 'withdrawnAt'>[],
): ScopeContent {
  const live = <T extends { readonly id: string; readonly ref: string; readonly withdrawnAt: unknown }>(
    rows: readonly T[],
  ): T[] =>
    rows
      .filter((row) => row.withdrawnAt === null)
      .sort((a, b) => natural.compare(a.ref, b.ref) || (a.id < b.id ? -1 : 1))
  return {
    items: live(entries)
      .map(({ kind, id, ref, name, placement, placementReason: reason }) => ({
        kind,
        id,
        ref,
        name,
        placement,
        reason,
      }))
      .sort((a, b) => placeableKinds.indexOf(a.kind) - placeableKinds.indexOf(b.kind)),
    interfaces: live(interfaces).map(({ id, ref, kind, name, counterpart, controls }) => ({
      id,
      ref,
      kind,
      name,
      counterpart,
      controls: [...controls],
    })),
    exclusions: live(exclusions).map(({ id, ref, name, justification }) => ({ id, ref, name, justification })),
  }
}

export const scopeChangeCodes = [
  'notPlaced',
  'added',
  'removed',
  'placed',
  'renamed',
  'justified',
  'interfaceAdded',
  'interfaceRemoved',
  'interfaceChanged',
  'exclusionAdded',
  'exclusionRemoved',
  'exclusionChanged',
] as const

/** One way in which the records differ from what was approved. */
export interface ScopeChange {
  readonly code: (typeof scopeChangeCodes)[number]
  /** Record type of what changed: `site`, `scope_interface`. */
  readonly type: string
  readonly id: string
  readonly ref: string
  readonly sentence: string
}

/** Everything that differs between two contents, first what is newest in the reader's mind: what is not placed. */
export function contentChanges(before: ScopeContent, after: ScopeContent): ScopeChange[] {
  return [
    ...itemChanges(before.items, after.items),
    ...partChanges('interface', 'scope_interface', before.interfaces, after.interfaces),
    ...partChanges('exclusion', 'scope_exclusion', before.exclusions, after.exclusions),
  ]
}

const where: Readonly<Record<Placement, string>> = {
  in: 'inside the scope',
  out: 'outside the scope',
  undecided: 'not placed yet',
}

function itemChanges(before: readonly ScopeItem[], after: readonly ScopeItem[]): ScopeChange[] {
  const was = new Map(before.map((item) => [item.id, item]))
  const found: ScopeChange[] = []
  const say = (code: ScopeChange['code'], item: ScopeItem, sentence: string): void => {
    found.push({ code, type: item.kind, id: item.id, ref: item.ref, sentence })
  }
  for (const item of after) {
    const name = `${item.ref} ${item.name}`
    const old = was.get(item.id)
    was.delete(item.id)
    if (!old) {
      if (item.placement === 'undecided') say('notPlaced', item, `${name} is new and not placed yet.`)
      else say('added', item, `${name} is new and lies ${where[item.placement]}.`)
      continue
    }
    if (old.name !== item.name)
      say('renamed', item, `${item.ref} was called ${old.name} and is called ${item.name} now.`)
    if (old.placement !== item.placement) {
      const code = item.placement === 'undecided' ? 'notPlaced' : 'placed'
      say(code, item, `${name} was ${where[old.placement]} and is ${where[item.placement]} now.`)
    } else if (old.reason !== item.reason) say('justified', item, `What is said about the place of ${name} changed.`)
  }
  for (const item of was.values()) say('removed', item, `${item.ref} ${item.name} was taken out of use.`)
  return found.sort((a, b) => Number(b.code === 'notPlaced') - Number(a.code === 'notPlaced'))
}

type Part = ScopeContent['interfaces'][number] | ScopeContent['exclusions'][number]

function partChanges(
  word: 'interface' | 'exclusion',
  type: string,
  before: readonly Part[],
  after: readonly Part[],
): ScopeChange[] {
  const was = new Map(before.map((part) => [part.id, part]))
  const found: ScopeChange[] = []
  for (const part of after) {
    const { id, ref, name } = part
    const old = was.get(id)
    was.delete(id)
    if (!old) found.push({ code: `${word}Added`, type, id, ref, sentence: `${ref} ${name} is new.` })
    else if (JSON.stringify(old) !== JSON.stringify(inOrderOf(old, part))) {
      found.push({ code: `${word}Changed`, type, id, ref, sentence: `${ref} ${name} says something else now.` })
    }
  }
  for (const { id, ref, name } of was.values()) {
    found.push({ code: `${word}Removed`, type, id, ref, sentence: `${ref} ${name} was withdrawn.` })
  }
  return found
}

// What comes back from the database may name its members in another order.
const inOrderOf = (order: object, part: object): object =>
  Object.fromEntries(Object.keys(order).map((key) => [key, (part as Record<string, unknown>)[key]]))

/** Whether the scope that was approved is still the one the records describe. */
export interface ScopeJudgement {
  /** `none`: nothing was approved yet. */
  readonly state: 'none' | 'current' | 'outOfDate'
  readonly changes: readonly ScopeChange[]
  /** What nobody has placed inside or outside, approved scope or not. */
  readonly notPlaced: readonly ScopeItem[]
}

/** Compares what was approved with what the records say now. Nothing is reset: the judgement only tells. */
export function judgeScope(approved: ScopeContent | null, current: ScopeContent): ScopeJudgement {
  const notPlaced = current.items.filter((item) => item.placement === 'undecided')
  if (approved === null) return { state: 'none', changes: [], notPlaced }
  const changes = contentChanges(approved, current)
  return { state: changes.length === 0 ? 'current' : 'outOfDate', changes, notPlaced }
}
