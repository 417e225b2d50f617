import { assetTarget } from '#modules/assets/server/import-assets.ts'
import { soaTarget } from '#modules/controls/server/import-soa.ts'
import { peopleTarget } from '#modules/people/server/import-people.ts'
import { riskTarget } from '#modules/risk/server/import-risks.ts'
import { treatmentTarget } from '#modules/risk/server/import-treatment.ts'
import type { ImportTarget } from '#platform/import/server/import-target.ts'

/** The registers a spreadsheet can be imported into, in the order that lets later ones find what earlier ones brought. */
export const importTargets: readonly ImportTarget[] = [
  peopleTarget,
  assetTarget,
  riskTarget,
  treatmentTarget,
  soaTarget,
]
