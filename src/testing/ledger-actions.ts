import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** An action some code can write to the ledger, with the record types it can be written for; null for any. */
export interface EmittedAction {
  readonly type: string | null
  readonly action: string
}

const root = new URL('../../', import.meta.url).pathname
const writing = { created: 2, changed: 3 } as const

/**
 * Every action the code can write: the types of the arguments of `created` and `changed`, wherever they are called.
 * @returns what was found, and the calls whose type or action is any text: their sentences could not be checked
 */
export function emittedActions(): { actions: EmittedAction[]; unclear: string[] } {
  const files = globSync('src/{modules,platform}/**/*.ts', { cwd: root })
    .filter((path) => !/\.(test|fixtures|arbitraries)\.ts$/.test(path))
    .map((path) => join(root, path))
    .filter((path) => /\b(created|changed)\b/.test(readFileSync(path, 'utf8')))
  const program = ts.createProgram(files, options)
  const checker = program.getTypeChecker()
  const actions: EmittedAction[] = []
  const unclear: string[] = []
  const visit = (node: ts.Node, path: string): void => {
    ts.forEachChild(node, (child) => visit(child, path))
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return
    const place = writing[node.expression.text as keyof typeof writing]
    const [first] = node.arguments
    const last = node.arguments[place]
    if (place === undefined || first === undefined || last === undefined) return
    const types = literals(checker.getTypeAtLocation(first))
    const found = literals(checker.getTypeAtLocation(last))
    if (found === null) unclear.push(`${path}: ${last.getText()}`)
    else if (types === null) {
      actions.push(...found.map((action) => ({ type: null, action })))
      unclear.push(`${path}: ${first.getText()}`)
    } else actions.push(...types.flatMap((type) => found.map((action) => ({ type, action }))))
  }
  for (const path of files) {
    const source = program.getSourceFile(path)
    if (source) visit(source, path.slice(root.length))
  }
  return { actions, unclear }
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
}

function literals(type: ts.Type): string[] | null {
  if (type.isStringLiteral()) return [type.value]
  if (!type.isUnion()) return null
  const parts = type.types.map(literals)
  return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? [])
}
