import { peopleModule } from '#modules/people/server/index.ts'
import type { ServerModule } from '#platform/http/server-module.ts'
import { identityModule } from '#platform/identity/index.ts'
import type { Services } from './services.ts'

/** Every part of this installation with routes: the platform's own, then the modules in the order they build on. */
export const modules: readonly ServerModule<Services>[] = [identityModule, peopleModule]
