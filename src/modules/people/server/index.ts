import type { ServerModule } from '#platform/http/server-module.ts'
import { peopleAttention } from './attention.ts'
import { exportPeopleUseCase } from './people-report.ts'
import { assignmentRecord, peopleFindables, personRecord, roleRecord, teamRecord } from './records.ts'
import * as role from './role-use-cases.ts'
import * as team from './team-use-cases.ts'
import * as person from './use-cases.ts'
import { peopleWaiting } from './waiting.ts'

/** The directory, teams and ISMS roles. */
export const peopleModule: ServerModule = {
  name: 'people',
  records: [personRecord, teamRecord, roleRecord, assignmentRecord],
  useCases: [...Object.values(person), ...Object.values(team), ...Object.values(role), exportPeopleUseCase],
  findables: peopleFindables,
  attention: peopleAttention,
  waiting: peopleWaiting,
}
