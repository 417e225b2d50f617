import { useMemo } from 'react'
import type { FieldEdits } from '#ui/field-edit.ts'
import { useText } from '#ui/text.ts'
import { personEdit, useRowWriter } from '#web/row-edits.ts'
import type { PlaceableKind } from '../domain/placeable.ts'
import { type Placeable, placeableRoutes } from './wire.ts'

/** What a list of units, sites, services or products changes in the row and for several of them: the owner. */
export function usePlaceableEdits(kind: PlaceableKind): FieldEdits<Placeable> {
  const t = useText('organization')
  const { write, settle } = useRowWriter(`${kind}.`, ['scope.'])
  return useMemo(
    () => ({
      settle,
      fields: [
        personEdit<Placeable>({
          key: 'owner',
          label: t('fields.owner'),
          value: (one) => one.owner,
          can: (one) => one.can.edit,
          save: (one, ownerId) =>
            write(placeableRoutes[kind].change, {
              params: { recordId: one.id },
              ifMatch: one.version,
              body: { ownerId },
            }),
        }),
      ],
    }),
    [t, write, settle, kind],
  )
}
