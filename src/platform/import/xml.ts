import { ownValue } from '#kernel/own-value.ts'

/** What the scanner reports. Names come without their namespace prefix; `attributes` is raw text for {@link attribute}. */
export interface XmlHandler {
  open(name: string, attributes: string, selfClosing: boolean): void
  close(name: string): void
  text(text: string): void
}

/** The document is not the XML a spreadsheet consists of. */
export class XmlError extends Error {}

const maxTag = 1024 * 1024

/**
 * A scanner for the XML of spreadsheets, fed in pieces. It knows elements, attributes, text, CDATA, comments and the five
 * entities; a DOCTYPE (and with it every entity bomb) is an error, and so is a document that ends too early. Text
 * arrives in as many pieces as it likes.
 */
export class XmlScanner {
  private rest = ''
  private readonly stack: string[] = []
  private seenRoot = false
  private readonly handler: XmlHandler

  constructor(handler: XmlHandler) {
    this.handler = handler
  }

  write(chunk: string): void {
    const data = this.rest === '' ? chunk : this.rest + chunk
    this.rest = data.slice(this.scan(data))
    if (this.rest.length > maxTag) throw new XmlError('a tag does not end')
  }

  end(): void {
    if (this.rest.trim() !== '' || this.stack.length > 0 || !this.seenRoot)
      throw new XmlError('the document ends too early')
  }

  /** Consumes what is complete and says how far that is. */
  private scan(data: string): number {
    let at = 0
    for (;;) {
      const open = data.indexOf('<', at)
      if (open < 0) {
        // An entity may be cut in two by the end of the piece.
        const cut = data.lastIndexOf('&')
        const end = cut >= at && data.indexOf(';', cut) < 0 && data.length - cut < 12 ? cut : data.length
        if (end > at) this.text(data.slice(at, end))
        return end
      }
      if (open > at) this.text(data.slice(at, open))
      const after = data.charCodeAt(open + 1)
      if (after === 0x21 || after === 0x3f) {
        const next = this.special(data, open)
        if (next < 0) return open
        at = next
        continue
      }
      const close = tagEnd(data, open + 1)
      if (close < 0) return open
      this.tag(data, open, close, after === 0x2f)
      at = close + 1
    }
  }

  private text(raw: string): void {
    if (this.stack.length > 0) this.handler.text(raw.includes('&') ? unescapeXml(raw) : raw)
  }

  private tag(data: string, open: number, close: number, closing: boolean): void {
    if (closing) {
      const name = localName(data.slice(open + 2, close).trim())
      if (this.stack.pop() !== name) throw new XmlError(`</${name}> closes nothing`)
      this.handler.close(name)
      return
    }
    const selfClosing = data.charCodeAt(close - 1) === 0x2f
    const end = selfClosing ? close - 1 : close
    let nameEnd = open + 1
    while (nameEnd < end && data.charCodeAt(nameEnd) > 0x20) nameEnd++
    const name = localName(data.slice(open + 1, nameEnd))
    if (name === '' || (this.stack.length === 0 && this.seenRoot)) throw new XmlError('not one document')
    this.seenRoot = true
    if (!selfClosing) {
      if (this.stack.length > 200) throw new XmlError('nested too deeply')
      this.stack.push(name)
    }
    this.handler.open(name, data.slice(nameEnd, end), selfClosing)
    if (selfClosing) this.handler.close(name)
  }

  /** Comment, CDATA or processing instruction: where it ends, or -1 when that has not arrived yet. */
  private special(data: string, open: number): number {
    if (data.startsWith('<!--', open)) return past(data, '-->', open + 4)
    if (data.startsWith('<![CDATA[', open)) {
      const end = past(data, ']]>', open + 9)
      if (end > 0 && this.stack.length > 0) this.handler.text(data.slice(open + 9, end - 3))
      return end
    }
    if (data.startsWith('<?', open)) return past(data, '?>', open + 2)
    if (data.length - open < 9 && ('<![CDATA['.startsWith(data.slice(open)) || '<!--'.startsWith(data.slice(open))))
      return -1
    throw new XmlError('a document type declaration is not allowed')
  }
}

function past(data: string, mark: string, from: number): number {
  const at = data.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

/** The `>` that ends a tag: not one inside an attribute value. */
function tagEnd(data: string, from: number): number {
  const end = data.indexOf('>', from)
  if (end < 0) return -1
  const quote = data.indexOf('"', from)
  const apostrophe = data.indexOf("'", from)
  if ((quote < 0 || quote > end) && (apostrophe < 0 || apostrophe > end)) return end
  let inside = 0
  for (let i = from; i < data.length; i++) {
    const c = data.charCodeAt(i)
    if (inside !== 0) {
      if (c === inside) inside = 0
    } else if (c === 0x22 || c === 0x27) inside = c
    else if (c === 0x3e) return i
  }
  return -1
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  return text.replace(/&(#x?[0-9a-fA-F]{1,6}|\w{1,8});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ownValue(entities, name) ?? whole
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

/** The value of an attribute in the raw text of a tag; null when it is absent. A prefix (`r:id`) is part of the name. */
export function attribute(raw: string, name: string): string | null {
  let at = raw.indexOf(name)
  while (at >= 0) {
    const before = at === 0 ? 0x20 : raw.charCodeAt(at - 1)
    let i = at + name.length
    while (raw.charCodeAt(i) === 0x20) i++
    if (before <= 0x20 && raw.charCodeAt(i) === 0x3d) {
      i++
      while (raw.charCodeAt(i) === 0x20) i++
      const quote = raw[i] ?? ''
      const end = raw.indexOf(quote, i + 1)
      if ((quote !== '"' && quote !== "'") || end < 0) return null
      const value = raw.slice(i + 1, end)
      return value.includes('&') ? unescapeXml(value) : value
    }
    at = raw.indexOf(name, at + 1)
  }
  return null
}
