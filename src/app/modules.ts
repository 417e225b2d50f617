import { assetsModule } from '#modules/assets/server/index.ts'
import { assetOwnership } from '#modules/assets/server/records.ts'
import { catalogueModule } from '#modules/catalogue/server/index.ts'
import { adoptAnnexA } from '#modules/controls/server/adopt.ts'
import { choices, directory } from '#modules/controls/server/directory.ts'
import { evidenceUsesOfControls } from '#modules/controls/server/evidence-uses.ts'
import { controlsModule } from '#modules/controls/server/index.ts'
import { controlOwnership } from '#modules/controls/server/records.ts'
import { evidenceModule } from '#modules/evidence/server/index.ts'
import { publishRecordTypes } from '#modules/evidence/server/record-directory.ts'
import { evidenceOwnership } from '#modules/evidence/server/records.ts'
import { publishEvidenceUses } from '#modules/evidence/server/uses.ts'
import { obligationsModule } from '#modules/obligations/server/index.ts'
import { obligationOwnership } from '#modules/obligations/server/records.ts'
import { organizationModule } from '#modules/organization/server/index.ts'
import { organizationOwnership } from '#modules/organization/server/records.ts'
import { peopleModule } from '#modules/people/server/index.ts'
import { publishOwnership } from '#modules/people/server/ownership.ts'
import { publishControlDirectory } from '#modules/risk/server/control-directory.ts'
import { riskModule } from '#modules/risk/server/index.ts'
import { riskOwnership } from '#modules/risk/server/records.ts'
import { accessModule } from '#platform/access/server.ts'
import { attentionModule } from '#platform/attention/server.ts'
import type { ServerModule } from '#platform/http/server-module.ts'
import { identityModule } from '#platform/identity/index.ts'
import { foundings } from '#platform/identity/organizations.ts'
import { importModule } from '#platform/import/server/index.ts'
import { ledgerModule } from '#platform/ledger/server.ts'
import { searchModule } from '#platform/search/server.ts'
import { transferModule } from '#platform/transfer/server.ts'
import { viewsModule } from '#platform/views/server.ts'
import { waitingModule } from '#platform/waiting/server.ts'
import { importTargets } from './import-registers.ts'
import type { Services } from './services.ts'

// The registers, in the order in which they may build on each other.
const registers: readonly ServerModule<Services>[] = [
  identityModule,
  accessModule,
  catalogueModule,
  peopleModule,
  organizationModule,
  assetsModule,
  obligationsModule,
  evidenceModule,
  riskModule,
  controlsModule,
  importModule(importTargets),
  transferModule,
  viewsModule,
]

/** Every module of this installation; history, search, attention and what waits come last, because they look over all registers. */
export const modules: readonly ServerModule<Services>[] = [
  ...registers,
  ledgerModule(registers),
  searchModule(registers),
  attentionModule(registers),
  waitingModule(registers),
]

// What earlier modules ask of later ones.
publishControlDirectory(directory, choices)
publishEvidenceUses(evidenceUsesOfControls)
publishRecordTypes(modules.flatMap((one) => one.records))
foundings.push(adoptAnnexA)
publishOwnership([
  ...organizationOwnership,
  ...assetOwnership,
  ...obligationOwnership,
  ...evidenceOwnership,
  ...riskOwnership,
  ...controlOwnership,
])
