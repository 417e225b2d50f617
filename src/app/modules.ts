import { assetsModule } from '#modules/assets/server/index.ts'
import { catalogueModule } from '#modules/catalogue/server/index.ts'
import { directory } from '#modules/controls/server/directory.ts'
import { evidenceUsesOfControls } from '#modules/controls/server/evidence-uses.ts'
import { controlsModule } from '#modules/controls/server/index.ts'
import { type EvidenceServices, evidenceModule } from '#modules/evidence/server/index.ts'
import { publishRecordTypes } from '#modules/evidence/server/record-directory.ts'
import { publishEvidenceUses } from '#modules/evidence/server/uses.ts'
import { obligationsModule } from '#modules/obligations/server/index.ts'
import { peopleModule } from '#modules/people/server/index.ts'
import { publishControlDirectory } from '#modules/risk/server/control-directory.ts'
import { riskModule } from '#modules/risk/server/index.ts'
import type { ServerModule } from '#platform/http/server-module.ts'

/** What the modules need besides a transaction. */
export type Services = EvidenceServices

/** Every module of this installation, in the order in which they may build on each other. */
export const modules: readonly ServerModule<Services>[] = [
  catalogueModule,
  peopleModule,
  assetsModule,
  obligationsModule,
  evidenceModule,
  riskModule,
  controlsModule,
]

// What earlier modules ask of later ones.
publishControlDirectory(directory)
publishEvidenceUses(evidenceUsesOfControls)
publishRecordTypes(modules.flatMap((one) => one.records))
