import type { Format } from '#ui/format.ts'
import type { RecordColumn } from '#ui/record-table.tsx'
import { groupByChoice, groupByPerson, groupByText } from '#ui/row-groups.ts'
import type { Text } from '#ui/text.ts'
import { personKinds, personStatuses } from '../domain/person.ts'
import { PersonStatus } from './person-status.tsx'
import type { Person } from './wire.ts'

const none = <span className="pl-muted">–</span>

/** The columns of the directory. */
export function personColumns(t: Text, format: Format): RecordColumn<Person>[] {
  return [
    {
      key: 'ref',
      header: t('fields.ref'),
      width: 60,
      sort: 'ref',
      cell: (one) => <span className="pl-ref">{one.ref}</span>,
    },
    { key: 'name', header: t('fields.name'), sort: 'name', primary: true, cell: (one) => one.name },
    {
      key: 'jobTitle',
      header: t('fields.jobTitle'),
      width: 190,
      sort: 'jobTitle',
      onCard: true,
      group: ({ jobTitle }) => groupByText(jobTitle),
      cell: (one) => (one.jobTitle === '' ? none : one.jobTitle),
    },
    {
      key: 'team',
      header: t('fields.team'),
      width: 140,
      sort: 'team',
      onCard: true,
      group: ({ team }) => groupByPerson(team),
      cell: (one) => one.team?.name ?? none,
    },
    {
      key: 'manager',
      header: t('fields.manager'),
      width: 136,
      group: ({ manager }) => groupByPerson(manager),
      cell: (one) => one.manager?.name ?? none,
    },
    {
      key: 'kind',
      header: t('fields.kind'),
      width: 126,
      group: ({ kind }) => groupByChoice(kind, personKinds, t(`kinds.${kind}`)),
      cell: (one) => t(`kinds.${one.kind}`),
    },
    {
      key: 'status',
      header: t('fields.status'),
      width: 136,
      sort: 'status',
      onCard: true,
      group: ({ status }) => groupByChoice(status, personStatuses, t(`statuses.${status}`)),
      cell: (one) => <PersonStatus status={one.status} plain />,
    },
    {
      key: 'startedOn',
      header: t('fields.startedOn'),
      width: 116,
      sort: 'startedOn',
      cell: (one) => (one.startedOn === null ? none : format.shortDate(one.startedOn)),
    },
    { key: 'email', header: t('fields.email'), width: 220, hidden: true, cell: (one) => one.email ?? none },
    {
      key: 'leftOn',
      header: t('fields.leftOn'),
      width: 116,
      hidden: true,
      cell: (one) => (one.leftOn === null ? none : format.shortDate(one.leftOn)),
    },
  ]
}
