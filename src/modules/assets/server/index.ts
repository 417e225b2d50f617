import type { ServerModule } from '#platform/http/server-module.ts'
import { exportAssetsUseCase } from './asset-report.ts'
import { assetAttention } from './attention.ts'
import * as classification from './classification-use-cases.ts'
import { assetFindables, assetRecord, classificationRecord, dependencyRecord } from './records.ts'
import * as asset from './use-cases.ts'

export const assetsModule: ServerModule = {
  name: 'assets',
  records: [assetRecord, classificationRecord, dependencyRecord],
  useCases: [...Object.values(asset), ...Object.values(classification), exportAssetsUseCase],
  findables: assetFindables,
  attention: assetAttention,
}
