import { ok, type Result, refuse } from '#kernel/result.ts'
import { fileNameOf } from './file-name.ts'
import { forPages } from './for-pages.ts'
import { renderCsv } from './render-csv.ts'
import { renderJson } from './render-json.ts'
import { renderDocx, renderXlsx, stopOffice } from './render-office.ts'
import { renderPdf, stopPdf } from './render-pdf.ts'
import type { Report, ReportFormat } from './report.ts'
import { WorkerError } from './worker-host.ts'

/** A finished file. `fileName` is safe as a name; `contentDisposition` makes the header from it. */
export interface RenderedReport {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly fileName: string
}

const contentTypes: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
}

/**
 * Renders a report in a format. Refusals: `render.no_table` (CSV of a report without one), `render.too_large` (not done
 * in time or memory), `render.busy` (too many waiting). Anything else that goes wrong is a defect and thrown.
 */
export async function renderReport(report: Report, format: ReportFormat): Promise<Result<RenderedReport>> {
  try {
    const bytes = await bytesOf(report, format)
    if (!bytes) {
      return refuse(
        'render.no_table',
        `“${report.meta.title}” has no table, so it cannot be a CSV file. Choose PDF or DOCX.`,
        { title: report.meta.title },
      )
    }
    return ok({ bytes, contentType: contentTypes[format], fileName: fileNameOf(report, format) })
  } catch (error) {
    if (!(error instanceof WorkerError) || error.why === 'crash') throw error
    const facts = { format, rows: report.meta.rowCount }
    const name = format.toUpperCase()
    if (error.why === 'busy') {
      return refuse(
        'render.busy',
        `Too many documents are being made right now. Try the ${name} again in a minute.`,
        facts,
      )
    }
    const others = format === 'xlsx' ? 'CSV or JSON' : 'XLSX, CSV or JSON'
    const message = `${report.meta.rowCount} rows are too many for one ${name} file. Narrow the filter, or export ${others}.`
    return refuse('render.too_large', message, facts)
  }
}

async function bytesOf(report: Report, format: ReportFormat): Promise<Uint8Array | null> {
  switch (format) {
    case 'pdf':
      return renderPdf(forPages(report))
    case 'docx':
      return renderDocx(forPages(report))
    case 'xlsx':
      return renderXlsx(report)
    case 'csv':
      return renderCsv(report)
    case 'json':
      return renderJson(report)
  }
}

/** Ends the worker threads; for the end of the process, and for tests. */
export async function stopRendering(): Promise<void> {
  await Promise.all([stopPdf(), stopOffice()])
}
