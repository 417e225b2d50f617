import type { ImportRegister } from '#kernel/import.ts'
import { assetImport } from '#modules/assets/domain/import-assets.ts'
import { soaImport } from '#modules/controls/domain/import-soa.ts'
import { peopleImport } from '#modules/people/domain/import-people.ts'
import { riskImport } from '#modules/risk/domain/import/import-risks.ts'
import { treatmentImport } from '#modules/risk/domain/import/import-treatment.ts'

/** The registers a spreadsheet can be imported into, in the order that lets later ones find what earlier ones brought. */
export const importRegisters = [
  peopleImport,
  assetImport,
  riskImport,
  treatmentImport,
  soaImport,
] as const satisfies readonly ImportRegister<unknown>[]
