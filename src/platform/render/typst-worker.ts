import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import initialize, {
  type TypstCompiler,
  TypstCompilerBuilder,
  TypstFontResolverBuilder,
} from '@myriaddreamin/typst-ts-web-compiler'
import { pdfDocument } from './pdf-document.ts'
import type { Report } from './report.ts'
import type { WorkerAnswer, WorkerFailure } from './worker-host.ts'

/** What the thread is started with: the compiled Typst and the most memory it may take. */
export interface TypstWorkerData {
  readonly module: WebAssembly.Module
  readonly memoryLimit: number
}

// Typst runs here as WebAssembly without a file system or network: all it sees are the template and the JSON below.
const { module, memoryLimit } = workerData as TypstWorkerData
const wasm = await initialize({ module_or_path: module })
const { memory } = wasm
const template = readFileSync(new URL('./report.typ', import.meta.url), 'utf8')
const fontFiles = new Set<string>()
let compiler: TypstCompiler | null = null

parentPort?.on('message', (report: Report) => {
  render(report).then(
    (bytes) => {
      const answer: WorkerAnswer = { bytes, memory: memory.buffer.byteLength }
      parentPort?.postMessage(answer, bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [])
    },
    (error: unknown) => parentPort?.postMessage(failure(error), []),
  )
})

async function render(report: Report): Promise<Uint8Array> {
  const document = pdfDocument(report)
  const typst = await compilerWith(document.fontFiles)
  reserve(document.cells, report)
  typst.map_shadow('/report.json', new TextEncoder().encode(document.json))
  const world = typst.snapshot('/', '/report.typ', [])
  const { result, diagnostics } = world.get_artifact(pdf, unixDiagnostics) as CompileResult
  // Not after a trap: the compiler is broken then, and this worker is about to end.
  world.free()
  typst.unmap_shadow('/report.json')
  if (!result) throw new Error(`Typst refused the document: ${diagnostics?.join('\n') ?? 'no reason given'}`)
  return result
}

/**
 * Lets the compiler's allocator take what it will need at once, by asking for it and giving it back. It would otherwise
 * take a page of 64 KiB at a time, and V8 answers every few of them with a full garbage collection: more work than the
 * document itself. Memory that is not touched costs nothing. A report that was set before needs only what its changes do.
 */
function reserve(cells: number, { meta }: Report): void {
  const left = memoryLimit - memory.buffer.byteLength - 32 * MiB
  const name = JSON.stringify([meta.organization, meta.title, meta.language])
  const share = seen.has(name) ? 1 / 4 : 1
  seen.add(name)
  const wanted = Math.min(8 * MiB + cells * bytesPerCell * share, left, 1024 * MiB)
  if (wanted < MiB) return
  const at = wasm.__wbindgen_export(wanted, 8)
  wasm.__wbindgen_export4(at, wanted, 8)
}

const MiB = 1024 * 1024
// As measured for a risk register; a cell of long text takes more, an empty one half.
const bytesPerCell = 20 * 1024
const seen = new Set<string>()

// Numbers of the compiler's own interface.
const pdf = 1
const unixDiagnostics = 2

interface CompileResult {
  readonly result?: Uint8Array
  readonly diagnostics?: readonly string[]
}

/** The compiler, with these fonts beside those it already has. */
async function compilerWith(files: readonly string[]): Promise<TypstCompiler> {
  const missing = files.filter((file) => !fontFiles.has(file))
  if (!compiler) {
    const builder = new TypstCompilerBuilder()
    builder.set_dummy_access_model()
    compiler = await builder.build()
    compiler.add_source('/report.typ', template)
  }
  if (missing.length > 0) {
    for (const file of missing) fontFiles.add(file)
    const fonts = new TypstFontResolverBuilder()
    for (const file of fontFiles) fonts.add_raw_font(readFileSync(file))
    const resolver = await fonts.build()
    compiler.set_fonts(resolver)
    resolver.free()
  }
  return compiler
}

function failure(error: unknown): WorkerFailure {
  const message = error instanceof Error ? error.message : String(error)
  // Out of memory shows as a trap: the compiler stops when it is refused more. It asks for up to as much again as it has.
  const full = error instanceof WebAssembly.RuntimeError && memory.buffer.byteLength > memoryLimit * 0.4
  return { failure: full ? 'memory' : 'defect', message }
}
