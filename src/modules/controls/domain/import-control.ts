import { type Change, changed } from '#kernel/change.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Control } from './control.ts'

/** What a Statement of Applicability says of a control. */
export type ImportedControl = Pick<
  Control,
  'applicability' | 'justification' | 'ownerId' | 'ownerText' | 'implementation' | 'stated' | 'plannedOn' | 'note'
>

/**
 * Takes over what a file says about a control. An exclusion without justification comes in, since the file says so; the
 * statement cannot be issued with it. Its status is a claim, stated on the day of the import.
 * Refused: excluding a control a risk or obligation asks for, or one of the organization's own; a note without room.
 * @param drivers references of the records that ask for the control
 */
export function importControl(
  control: Control,
  fields: Partial<ImportedControl>,
  drivers: readonly string[],
  by: { readonly personId: Control['statedBy']; readonly on: Control['statedOn'] },
): Result<Change<Control> | null> {
  if (fields.applicability === 'excluded' && control.source === 'own') {
    return refuse(
      'control.own_excluded',
      `${control.ref} is a control of your own: withdraw it instead of excluding it.`,
      { ref: control.ref },
    )
  }
  if (fields.applicability === 'excluded' && drivers.length > 0) {
    return refuse(
      'control.needed',
      `${control.ref} cannot be excluded while ${drivers.slice(0, 5).join(', ')} ${drivers.length === 1 ? 'asks' : 'ask'} for it.`,
      { ref: control.ref, drivers },
      'applicable',
    )
  }
  const wanted = { ...fields, ...kept(control, fields) }
  if ((wanted.note ?? '').length > longestNote) {
    return refuse(
      'control.note_full',
      `The note of ${control.ref} has no room for what the file adds: shorten it first.`,
      { ref: control.ref },
      'remarks',
    )
  }
  const news = Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => control[key as keyof Control] !== value),
  ) as Partial<Control>
  if (Object.keys(news).length === 0) return ok(null)
  const claim = news.stated === undefined ? {} : { statedOn: by.on, statedBy: by.personId }
  return ok(changed('control', control, { ...news, ...claim }, 'control.imported'))
}

// A reason for the opposite is none, and a note of earlier is not the file's to take away.
function kept(control: Control, fields: Partial<ImportedControl>): Partial<ImportedControl> {
  const decided = control.applicability !== 'undecided' && fields.applicability !== undefined
  const turned = decided && fields.applicability !== control.applicability
  const note = fields.note === undefined || fields.note === '' ? null : fields.note
  return {
    ...(turned && fields.justification === undefined ? { justification: '' } : {}),
    ...(note === null || control.note === ''
      ? {}
      : { note: control.note.includes(note) ? control.note : `${control.note}\n${note}` }),
  }
}

const longestNote = 20_000

/** Nothing was decided, said or claimed about a control yet. */
export const isUntouched = (control: Control): boolean =>
  control.applicability === 'undecided' &&
  control.stated === 'notStated' &&
  control.ownerId === null &&
  [control.justification, control.implementation, control.ownerText, control.note].every((text) => text === '')
