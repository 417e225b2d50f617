import type { ServerModule } from '#platform/http/server-module.ts'
import { personRecord } from './records.ts'
import {
  addPersonUseCase,
  changePersonUseCase,
  leaveUseCase,
  listPeopleUseCase,
  showPersonUseCase,
} from './use-cases.ts'

export const peopleModule: ServerModule = {
  name: 'people',
  records: [personRecord],
  useCases: [listPeopleUseCase, showPersonUseCase, addPersonUseCase, changePersonUseCase, leaveUseCase],
}
