import type { Download } from '#platform/http/use-case.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { contentDisposition } from './file-name.ts'
import type { Report, ReportFormat } from './report.ts'

/** A report as the answer of a route: rendered after the transaction has ended, always an attachment. */
export async function reportDownload(report: Report, format: ReportFormat): Promise<Download> {
  const { renderReport } = await import('./render-report.ts')
  const { bytes, contentType, fileName } = orRefuse(await renderReport(report, format))
  return {
    headers: {
      'content-type': contentType,
      'content-disposition': contentDisposition(fileName),
      'cache-control': 'no-store',
      'content-security-policy': "sandbox; default-src 'none'",
    },
    open: async () => Buffer.from(bytes),
  }
}
