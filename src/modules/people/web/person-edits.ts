import { useMemo } from 'react'
import type { WireBody } from '#platform/contract/route.ts'
import type { FieldEdits } from '#ui/field-edit.ts'
import { useText } from '#ui/text.ts'
import { personEdit, useRowWriter } from '#web/row-edits.ts'
import { people } from '../contract.ts'
import { personKinds } from '../domain/person.ts'
import type { Person, Team } from './wire.ts'

/** What the directory changes in the row and for several people: team, manager, kind of employment. */
export function usePersonEdits(teams: readonly Team[]): FieldEdits<Person> {
  const t = useText('people')
  const { write, settle } = useRowWriter('person.', ['team.'])
  return useMemo(() => {
    const change = (person: Person, body: WireBody<typeof people.change>) =>
      write(people.change, { params: { personId: person.id }, ifMatch: person.version, body })
    const can = (person: Person) => person.can.edit
    return {
      settle,
      fields: [
        {
          kind: 'choice',
          key: 'team',
          label: t('fields.team'),
          value: (person) => person.team?.id ?? null,
          options: () => teams.map((team) => ({ value: team.id, label: team.name })),
          can: (person) => teams.length > 0 && person.can.edit,
          save: (person, teamId) => change(person, { teamId }),
        },
        personEdit<Person>({
          key: 'manager',
          label: t('fields.manager'),
          clearable: true,
          value: (person) => person.manager,
          can,
          save: (person, managerId) => change(person, { managerId }),
        }),
        {
          kind: 'choice',
          key: 'kind',
          label: t('fields.kind'),
          value: (person) => person.kind,
          options: () => personKinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
          can,
          save: (person, value) => {
            const kind = personKinds.find((one) => one === value)
            return change(person, kind === undefined ? {} : { kind })
          },
        },
      ],
    }
  }, [t, write, settle, teams])
}
