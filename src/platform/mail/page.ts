import { type Mail, oneLine } from './mailer.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand in HTML, also within quotes. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? sign)

/** What a message says: paragraphs, one button with its address, and a closing remark. */
export interface Letter {
  readonly to: Mail['to']
  readonly language: string
  readonly subject: string
  readonly paragraphs: readonly string[]
  readonly button: { readonly label: string; readonly address: string }
  readonly remark: string
}

/** Sets a letter as plain text and as HTML: no image, no font, nothing that is fetched when it is opened. */
export function setLetter({ to, language, subject, paragraphs, button, remark }: Letter): Mail {
  const plain = paragraphs.map(oneLine)
  const text = [...plain, `${button.label}:\n${button.address}`, oneLine(remark)].join('\n\n')
  const address = escapeHtml(button.address)
  const html = `<!doctype html>
<html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><title>${escapeHtml(oneLine(subject))}</title></head>
<body style="margin:0;padding:32px 16px;background:#f5f6f8;color:#1d2430;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #dfe3ea;border-radius:8px">
${plain.map((one) => `<p style="margin:0 0 16px">${escapeHtml(one)}</p>`).join('\n')}
<p style="margin:24px 0"><a href="${address}" style="display:inline-block;padding:10px 20px;background:#1f4fa3;color:#ffffff;text-decoration:none;border-radius:6px">${escapeHtml(button.label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;color:#566074;word-break:break-all">${address}</p>
<p style="margin:0;font-size:13px;color:#566074">${escapeHtml(oneLine(remark))}</p>
</div></body></html>
`
  return { to, subject: oneLine(subject), text, html }
}
