import type { EvidenceServices } from '#modules/evidence/server/index.ts'
import type { IdentityServices } from '#platform/identity/services.ts'
import type { ImportServices } from '#platform/import/server/index.ts'
import type { TransferServices } from '#platform/transfer/server.ts'

/** What the use-cases of all modules together are given. Each module names its own part. */
export type Services = IdentityServices & EvidenceServices & ImportServices & TransferServices
