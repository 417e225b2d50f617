import { type NamedControl, readControls } from '#kernel/import/control-numbers.ts'
import { type ControlIndex, sayControl } from '#kernel/import/controls.ts'
import { readYesNo } from '#kernel/import/numbers.ts'
import type { RowReader } from '#kernel/import/row-reader.ts'
import { fold, isNothing, splitList } from '#kernel/import/text.ts'
import type { ImportContext } from '#kernel/import.ts'

/** A control a row names. `ref` is null when the number is none the catalogue knows. */
export interface ControlDraft {
  readonly text: string
  readonly ref: string | null
  /** `live`: the file lists it among existing controls, which is a claim. `planned`: among measures or without saying. */
  readonly state: 'live' | 'planned'
}

/** Whether a property may be lost; `notStated` where the file is silent. */
export type StatedLoss = 'lost' | 'notLost' | 'notStated'

/** An asset a row names; the id where the register has exactly one of that name or reference. */
export interface NamedAsset {
  readonly text: string
  readonly assetId: string | null
}

/** Finds assets by reference, by name, and by name without what stands in brackets. */
export function assetFinder(context: ImportContext): (text: string) => string | null {
  const ids = new Map<string, string | null>()
  const put = (key: string, id: string): void => {
    if (key !== '') ids.set(key, ids.has(key) && ids.get(key) !== id ? null : id)
  }
  for (const asset of context.assets) {
    if (asset.ref) put(fold(asset.ref), asset.id)
    put(fold(asset.name), asset.id)
    const plain = fold(asset.name.replace(/\([^)]*\)/gu, ' '))
    if (plain !== fold(asset.name)) put(plain, asset.id)
  }
  return (text) => {
    const forms = [text, text.replace(/\([^)]*\)/gu, ' '), /\(([^)]+)\)/u.exec(text)?.[1] ?? '']
    for (const form of forms) {
      const id = ids.get(fold(form))
      if (id) return id
    }
    return null
  }
}

/** Assets by name or reference: the cell as a whole, else its parts. Unknown ones stay as text. */
export function assetsOf(reader: RowReader, find: (text: string) => string | null): NamedAsset[] {
  const text = reader.text('assets')
  if (text === null) return []
  const whole = find(text)
  if (whole) return [{ text, assetId: whole }]
  const listed = splitList(text, true).flatMap((part) => {
    const id = find(part)
    if (id) return [{ text: part, assetId: id }]
    const pieces = part.split(/\s*[+/&]\s*|\s+(?:and|und)\s+/iu).map((piece) => ({ text: piece, assetId: find(piece) }))
    if (pieces.length > 1 && pieces.some((piece) => piece.assetId !== null)) return pieces
    // References one after the other: “AST-005 AST-004”.
    const refs = part.split(/\s+/u).map((piece) => ({ text: piece, assetId: find(piece) }))
    return refs.length > 1 && refs.every((ref) => ref.assetId !== null) ? refs : [{ text: part, assetId: null }]
  })
  for (const { text: unknown, assetId } of listed) {
    if (assetId === null) reader.say('note', 'import.asset_unknown', 'assets', { text: unknown })
  }
  return listed
}

const propertyNames = [
  ['confidentiality', /^(?:c|confidentiality|vertraulichkeit)$/u],
  ['integrity', /^(?:i|integrity|integritaet)$/u],
  ['availability', /^(?:a|availability|verfuegbarkeit|v)$/u],
] as const

/** Which of confidentiality, integrity and availability may be lost, from one column or three; silence is not “no”. */
export function propertiesOf(
  reader: RowReader,
): Readonly<Record<'confidentiality' | 'integrity' | 'availability', StatedLoss>> {
  const listed = reader.text('properties')
  const stated: Record<'confidentiality' | 'integrity' | 'availability', StatedLoss> = {
    confidentiality: 'notStated',
    integrity: 'notStated',
    availability: 'notStated',
  }
  if (listed !== null) {
    const compact = fold(listed).replace(/ /gu, '')
    const words = /^[ciav]{1,3}$/u.test(compact) ? [...compact] : fold(listed).split(' ')
    // “V, I, V” of German lists: the first V is confidentiality, the last availability.
    const german =
      words.filter((word) => word === 'v').length > 1 ||
      (words.includes('v') && !words.includes('c') && words[0] === 'v' && words.length > 1)
    for (const [name, pattern] of propertyNames)
      stated[name] = words.some(
        (word, i) => pattern.test(word) || (german && name === 'confidentiality' && word === 'v' && i === 0),
      )
        ? 'lost'
        : 'notLost'
    if (Object.values(stated).every((value) => value === 'notLost')) {
      reader.say('warning', 'import.properties_unreadable', 'properties', { text: listed })
      return { confidentiality: 'notStated', integrity: 'notStated', availability: 'notStated' }
    }
  }
  for (const [name] of propertyNames) {
    const text = reader.cell(name).text
    if (isNothing(text)) continue
    const mapped = reader.mapped(name, text)
    const read = mapped === null ? null : readYesNo(mapped ?? text)
    if (read !== null && !/^\d+$/u.test(text.trim())) stated[name] = read ? 'lost' : 'notLost'
    else if (mapped === undefined || mapped !== null) {
      reader.say('note', 'import.property_level', name, { text, column: reader.headingOf(name) })
    }
  }
  return stated
}

/** Resolves a control a row names, saying what is odd about it: a control in passing is no reason to refuse a row. */
function resolve(
  reader: RowReader,
  field: string,
  index: ControlIndex,
  named: NamedControl,
  state: ControlDraft['state'],
): ControlDraft {
  const match = index.match(named.number, named.title)
  // Words beside a number in a list are often a remark; only the title of another control is worth a word.
  if (match.kind !== 'unclear') sayControl(reader, field, named.number, named.title, match, 'warning', index)
  const ref = match.kind === 'match' || match.kind === 'unclear' ? match.control.ref : null
  return { text: named.title ? `${named.number} ${named.title}` : named.number, ref, state }
}

/** The controls of a column of controls; a text without any number is kept as it is. */
export function listedControls(reader: RowReader, field: string, index: ControlIndex): ControlDraft[] {
  const text = reader.text(field)
  if (text === null) return []
  const named = readControls(text, true)
  if (named.length > 0) return named.map((control) => resolve(reader, field, index, control, 'planned'))
  reader.say('note', 'import.no_control_number', field, { text })
  return [{ text, ref: null, state: 'planned' }]
}

/** Controls of a risk: those its existing controls mention by number, then those of the column of controls. */
export function controlsOf(reader: RowReader, index: ControlIndex): ControlDraft[] {
  const existing = readControls(reader.text('existingControls') ?? '', false)
  const all = [
    ...existing.map((named) => resolve(reader, 'existingControls', index, named, 'live')),
    ...listedControls(reader, 'controls', index),
  ]
  const seen = new Set<string>()
  return all.filter((control) => {
    const key = control.ref ?? control.text
    return !seen.has(key) && seen.add(key)
  })
}
