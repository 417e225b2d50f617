import { assetsModule } from '#modules/assets/server/index.ts'
import { catalogueModule } from '#modules/catalogue/server/index.ts'
import { adoptAnnexA } from '#modules/controls/server/adopt.ts'
import { directory } from '#modules/controls/server/directory.ts'
import { controlsModule } from '#modules/controls/server/index.ts'
import { obligationsModule } from '#modules/obligations/server/index.ts'
import { peopleModule } from '#modules/people/server/index.ts'
import { publishControlDirectory } from '#modules/risk/server/control-directory.ts'
import { riskModule } from '#modules/risk/server/index.ts'
import { accessModule } from '#platform/access/server.ts'
import type { ServerModule } from '#platform/http/server-module.ts'
import { identityModule } from '#platform/identity/index.ts'
import { foundings } from '#platform/identity/organizations.ts'
import { importModule } from '#platform/import/server/index.ts'
import { importTargets } from './import-registers.ts'
import type { Services } from './services.ts'

/** Every module of this installation, in the order in which they may build on each other. */
export const modules: readonly ServerModule<Services>[] = [
  identityModule,
  accessModule,
  catalogueModule,
  peopleModule,
  assetsModule,
  obligationsModule,
  riskModule,
  controlsModule,
  importModule(importTargets),
]

// What earlier modules ask of later ones.
publishControlDirectory(directory)
foundings.push(adoptAnnexA)
