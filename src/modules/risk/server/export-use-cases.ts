import type { Tx } from '#platform/db/transaction.ts'
import { registerExportUseCase } from '#platform/render/register-report.ts'
import type { Report } from '#platform/render/report.ts'
import { reportMoment } from '#platform/render/report-moment.ts'
import type { ReportLanguage } from '#platform/render/words.ts'
import { risks } from '../contract.ts'
import type { ActionFilter } from '../domain/filter-actions.ts'
import { controlDirectory } from './control-directory.ts'
import type { LoadedRegister } from './load.ts'
import { planReport } from './plan-report.ts'
import { registerReport } from './risk-report.ts'
import { filteredRegister, type RegisterQuery, wholeRegister } from './views.ts'

interface InLanguage {
  readonly language?: ReportLanguage | undefined
}

const languageFor = (tx: Tx, asked: ReportLanguage | undefined): ReportLanguage =>
  asked ?? (tx.org.language === 'de' ? 'de' : 'en')

// Controls are called as the document's language calls them, whatever the organization's.
const named = async <T extends LoadedRegister>(tx: Tx, register: T, language: ReportLanguage): Promise<T> =>
  language === languageFor(tx, undefined) ? register : { ...register, controls: await controlDirectory(tx, language) }

/** The risk register as a document, with the filter of its list. */
export async function printRegister(tx: Tx, { language, ...query }: RegisterQuery & InLanguage): Promise<Report> {
  const asked = { ...query, language: languageFor(tx, language) }
  return registerReport(
    await named(tx, await filteredRegister(tx, query), asked.language),
    tx.org,
    asked,
    reportMoment(tx),
  )
}

/** The risk treatment plan as a document, with the filter of the list of its actions. */
export async function printPlan(tx: Tx, { language, ...filter }: ActionFilter & InLanguage): Promise<Report> {
  const asked = { ...filter, language: languageFor(tx, language) }
  return planReport(await named(tx, await wholeRegister(tx), asked.language), tx.org, asked, reportMoment(tx))
}

export const exportRegisterUseCase = registerExportUseCase(risks.exportRegister, printRegister)

export const exportPlanUseCase = registerExportUseCase(risks.exportPlan, printPlan)
