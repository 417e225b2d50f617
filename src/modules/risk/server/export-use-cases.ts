import type { Tx } from '#platform/db/transaction.ts'
import { downloadUseCase } from '#platform/http/use-case.ts'
import type { Report } from '#platform/render/report.ts'
import { reportDownload } from '#platform/render/report-download.ts'
import { reportMoment } from '#platform/render/report-moment.ts'
import { risks } from '../contract.ts'
import { planReport, registerReport } from './risk-report.ts'
import { wholeRegister } from './views.ts'

/** The register or the treatment plan as a report. */
export async function printRisks(tx: Tx, what: 'register' | 'plan', asked: 'en' | 'de' | undefined): Promise<Report> {
  const language = asked ?? (tx.org.language === 'de' ? 'de' : 'en')
  const print = what === 'register' ? registerReport : planReport
  return print(await wholeRegister(tx), tx.org, language, reportMoment(tx))
}

export const exportRegisterUseCase = downloadUseCase(risks.exportRegister, async ({ tx, query }) =>
  reportDownload(await printRisks(tx, 'register', query.language), query.format),
)

export const exportPlanUseCase = downloadUseCase(risks.exportPlan, async ({ tx, query }) =>
  reportDownload(await printRisks(tx, 'plan', query.language), query.format),
)
