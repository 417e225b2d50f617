import { type Id, toWireId } from '../id.ts'
import type { ImportPerson, ImportRole, RowIssue } from '../import.ts'
import { withoutAsImported } from './as-imported.ts'
import { issueOf } from './questions.ts'
import { fold, isNothing, isPlaceholder, tidy } from './text.ts'

/** An owner as a file names one. The text is always kept; the person only when it can mean nobody else. */
export interface OwnerDraft {
  readonly text: string
  readonly personId: string | null
  /** How the person was found; `chosen` by whoever imports. */
  readonly via: 'email' | 'name' | 'role' | 'jobTitle' | 'chosen' | null
}

export interface OwnerMatch {
  readonly owner: OwnerDraft
  /** Why nobody was found, or who else it could be; null when there is nothing to say. */
  readonly note: RowIssue | null
}

// The same office under its names and abbreviations, English and German.
const offices: readonly (readonly string[])[] = [
  [
    'iso',
    'isb',
    'information security officer',
    'informationssicherheitsbeauftragter',
    'informationssicherheitsbeauftragte',
    'informationssicherheitsbeauftragte r',
    'it sicherheitsbeauftragter',
    'isms manager',
    'isms verantwortlicher',
    'information security manager',
    'ism',
  ],
  ['ciso', 'chief information security officer'],
  [
    'dpo',
    'dsb',
    'data protection officer',
    'datenschutzbeauftragter',
    'datenschutzbeauftragte',
    'datenschutzbeauftragte r',
  ],
  [
    'ceo',
    'chief executive officer',
    'managing director',
    'geschaeftsfuehrer',
    'geschaeftsfuehrerin',
    'geschaeftsfuehrung',
    'geschaeftsleitung',
    'gf',
    'vorstandsvorsitzender',
    'vorstand',
  ],
  ['cto', 'chief technology officer', 'technical director', 'technischer leiter', 'technische leitung'],
  [
    'cfo',
    'chief financial officer',
    'head of finance',
    'finance lead',
    'finanzleitung',
    'leiter finanzen',
    'leitung finanzen',
    'kaufmaennische leitung',
  ],
  ['coo', 'chief operating officer', 'head of operations', 'head of ops', 'operationsleitung', 'betriebsleitung'],
  [
    'cio',
    'chief information officer',
    'head of it',
    'it manager',
    'it director',
    'it leiter',
    'it leitung',
    'leiter it',
    'leitung it',
  ],
  [
    'it operations lead',
    'it operations manager',
    'head of it operations',
    'it betriebsleitung',
    'leiter it betrieb',
    'leitung it betrieb',
  ],
  [
    'hr lead',
    'hr manager',
    'head of hr',
    'head of human resources',
    'hr director',
    'hr leitung',
    'personalleitung',
    'personalleiter',
    'personalleiterin',
    'leitung personal',
    'leiter personal',
  ],
  [
    'head of sales',
    'sales lead',
    'sales manager',
    'vertriebsleitung',
    'vertriebsleiter',
    'leitung vertrieb',
    'leiter vertrieb',
  ],
  [
    'head of marketing',
    'marketing lead',
    'marketing manager',
    'marketingleitung',
    'marketingleiter',
    'leitung marketing',
    'leiter marketing',
  ],
  [
    'head of engineering',
    'engineering lead',
    'engineering manager',
    'vp engineering',
    'entwicklungsleitung',
    'leiter entwicklung',
    'leitung entwicklung',
    'development lead',
    'head of development',
  ],
  [
    'facilities lead',
    'facility manager',
    'facilities manager',
    'head of facilities',
    'facility leitung',
    'facility management',
    'gebaeudemanagement',
  ],
  [
    'procurement',
    'head of procurement',
    'procurement lead',
    'procurement manager',
    'einkauf',
    'einkaufsleitung',
    'leitung einkauf',
    'leiter einkauf',
  ],
  ['legal', 'legal counsel', 'general counsel', 'head of legal', 'rechtsabteilung', 'leitung recht', 'justiziar'],
]
const officeOf = new Map(offices.flatMap((names, index) => names.map((name) => [name, index] as const)))

/** Where a mapping keeps who is meant by names nobody is found for: name in the file → id of a person as the API has it. */
export const peopleMap = 'people'

const officePrefix = 'office:'

/** Nobody is called by more characters than this; whatever is longer is not looked at. */
const longestName = 300

function namesOf(person: ImportPerson): string[] {
  const folded = fold(person.name)
  const parts = folded.split(' ')
  const last = parts.at(-1) ?? ''
  const turned = `${last} ${parts.slice(0, -1).join(' ')}`.trim()
  return turned === folded ? [folded] : [folded, turned]
}

function put<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  if (key === '') return
  const set = map.get(key)
  if (set) set.add(value)
  else map.set(key, new Set([value]))
}

/**
 * Finds the person a cell means: by e-mail, by full name (also “Last, First”), by a role with one holder, by a job title
 * one person has. Common offices are known by their abbreviations (ISO, ISB, DPO, DSB): whoever is found under another
 * title than the file's comes with a note that says so. Whoever has left, and whatever fits several people, stays open.
 * @param said what somebody decided about names of the file, see `peopleMap`: once for all rows, so that rows say no more
 */
export function ownerResolver(
  people: readonly ImportPerson[],
  roles: readonly ImportRole[],
  said: Readonly<Record<string, string | null>> = {},
): (cellText: string) => OwnerMatch | null {
  const byId = new Map(people.map((person) => [person.id, person]))
  const byEmail = new Map<string, Set<string>>()
  const byName = new Map<string, Set<string>>()
  const byRole = new Map<string, Set<string>>()
  const byTitle = new Map<string, Set<string>>()
  const officeKey = (text: string): string => {
    const office = officeOf.get(fold(text))
    return office === undefined ? '' : `${officePrefix}${office}`
  }
  for (const person of people) {
    if (person.email) put(byEmail, person.email.toLowerCase(), person.id)
    for (const name of namesOf(person)) put(byName, name, person.id)
    if (person.jobTitle && !person.leftOn) {
      put(byTitle, fold(person.jobTitle), person.id)
      put(byTitle, officeKey(person.jobTitle), person.id)
    }
  }
  const chosen = new Map(Object.entries(said).map(([text, id]) => [tidy(text), id] as const))
  const byWireId = new Map(people.map((person) => [toWireId('person', person.id as Id), person]))
  const roleNames = new Set<string>()
  for (const role of roles) {
    for (const name of [role.name, ...role.aliases]) {
      for (const key of [fold(name), officeKey(name)]) {
        if (key !== '') roleNames.add(key)
        for (const holder of role.holderIds) put(byRole, key, holder)
      }
    }
  }

  /** What was decided about a name: the person chosen; null where nothing was, or nobody who could be. */
  function choiceFor(text: string): OwnerMatch | null {
    const person = byWireId.get(chosen.get(text) ?? '')
    return person === undefined ? null : decide(text, 'chosen', [person.id], '')
  }

  function find(text: string): OwnerMatch {
    const email = /[^\s<>,;()]+@[^\s<>,;()]+\.[^\s<>,;()]+/u.exec(text)?.[0]?.toLowerCase()
    const withoutBracket = text.replace(/\([^)]*\)/gu, ' ')
    const inBracket = /\(([^)]+)\)/u.exec(text)?.[1] ?? ''
    const names = [fold(text), fold(withoutBracket.replace(/<[^>]*>/gu, ' ')), fold(inBracket)].filter((n) => n !== '')
    const sameOffice = [officeKey(withoutBracket), officeKey(inBracket)]
    // What is called the same goes before what merely means the same.
    const attempts: readonly (readonly [
      NonNullable<OwnerDraft['via']>,
      Map<string, Set<string>>,
      readonly string[],
    ])[] = [
      ['email', byEmail, email ? [email] : []],
      ['name', byName, names],
      ['role', byRole, names],
      ['jobTitle', byTitle, names],
      ['role', byRole, sameOffice],
      ['jobTitle', byTitle, sameOffice],
    ]
    for (const [via, index, keys] of attempts) {
      for (const key of keys) {
        const ids = key === '' ? undefined : index.get(key)
        if (ids) return decide(text, via, [...ids], key)
      }
    }
    const isVacant = [...names, officeKey(text)].some((key) => roleNames.has(key))
    return isVacant ? open(text, issueOf('note', 'import.role_vacant', null, { text })) : unknown(text)
  }

  function decide(text: string, via: NonNullable<OwnerDraft['via']>, ids: readonly string[], key: string): OwnerMatch {
    const found = ids.flatMap((id) => byId.get(id) ?? [])
    const active = found.filter((person) => !person.leftOn)
    const [only] = active
    if (only && active.length === 1) {
      const title = via === 'role' || via === 'jobTitle' ? titleOf(only, via, key) : null
      const note =
        title === null ? null : issueOf('note', 'import.owner_guessed', null, { text, title, name: only.name })
      return { owner: { text, personId: only.id, via }, note }
    }
    const [gone] = found
    if (active.length === 0 && gone) {
      return open(text, issueOf('warning', 'import.owner_left', null, { name: gone.name, date: gone.leftOn ?? '' }))
    }
    const names = active
      .slice(0, 5)
      .map((person) => person.name)
      .join(', ')
    return open(text, issueOf('warning', 'import.owner_several', null, { text, names }))
  }

  /** The other title by which somebody was found; null where it is called as in the file. */
  function titleOf(person: ImportPerson, via: 'role' | 'jobTitle', key: string): string | null {
    if (!key.startsWith(officePrefix)) return null
    const titles =
      via === 'jobTitle'
        ? [person.jobTitle ?? '']
        : roles.flatMap(({ name, aliases, holderIds }) => (holderIds.includes(person.id) ? [name, ...aliases] : []))
    return titles.find((title) => officeKey(title) === key) ?? null
  }

  function unknown(text: string): OwnerMatch {
    return open(text, issueOf('note', 'import.owner_unknown', null, { text }))
  }

  function open(text: string, note: RowIssue): OwnerMatch {
    return { owner: { text, personId: null, via: null }, note }
  }

  // A name that is asked about once for the whole file is not remarked on row by row.
  const told = (match: OwnerMatch): OwnerMatch =>
    match.owner.personId === null && chosen.has(match.owner.text) ? { ...match, note: null } : match

  const memory = new Map<string, OwnerMatch | null>()
  return (cellText) => {
    const known = memory.get(cellText)
    if (known !== undefined) return known
    const text = withoutAsImported(tidy(cellText))
    const match =
      isNothing(text) || isPlaceholder(text)
        ? null
        : (choiceFor(text) ?? (text.length > longestName ? unknown(text) : told(find(text))))
    memory.set(cellText, match)
    return match
  }
}
