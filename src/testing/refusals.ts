import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** A refusal (or reason) as a source file makes it. */
export interface FoundRefusal {
  readonly code: string
  /** Names of the facts that come with it here; null where the source does not tell. */
  readonly facts: readonly string[] | null
  /** File and line, for messages. */
  readonly at: string
}

/** Which argument of a function is the code of the refusal it makes, and which are the facts, or what they are called. */
interface Maker {
  readonly code: number
  readonly facts: number | readonly string[] | null
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Every refusal the sources make, and the places where a source does not tell its code. Functions that make a refusal
 * of a code they are given count where they are called.
 */
export function findRefusals(): { readonly found: readonly FoundRefusal[]; readonly untold: readonly string[] } {
  const sources = globSync('src/**/*.{ts,tsx}', { cwd: root })
    .filter((name) => !/\.(test|fixtures|arbitraries)\.tsx?$|^src\/testing\//.test(name))
    .map((name) => ts.createSourceFile(name, readFileSync(root + name, 'utf8'), ts.ScriptTarget.Latest, true))
  const makers = new Map<string, Maker>()
  const found = new Map<ts.Node, FoundRefusal[]>()
  const untold = new Map<ts.Node, string>()

  const note = (node: ts.Node, code: ts.Expression, facts: readonly string[] | null, given: number | null): boolean => {
    const at = placeOf(node)
    const codes = textsOf(code)
    if (codes !== null) {
      found.set(
        node,
        codes.map((one) => ({ code: one, facts, at })),
      )
      return false
    }
    const own = parameterOf(code)
    if (own === null) {
      untold.set(node, `${at.replace(/:\d+$/, '')}: ${code.getText()}`)
      return false
    }
    if (makers.has(own.maker)) return false
    makers.set(own.maker, { code: own.index, facts: given ?? facts })
    return true
  }
  const visit = (node: ts.Node): boolean => {
    let learnt = false
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression
      const maker = makers.get(keyOf(node, name.getText())) ?? makers.get(name.getText())
      const code = maker && node.arguments?.[maker.code]
      if (maker && code) {
        const facts = typeof maker.facts === 'number' ? node.arguments?.[maker.facts] : undefined
        learnt = note(
          node,
          code,
          typeof maker.facts === 'number' ? factNames(facts) : maker.facts,
          parameterOf(facts)?.index ?? null,
        )
      }
    } else if (ts.isObjectLiteralExpression(node)) {
      const code = propertyOf(node, 'code')
      const facts = propertyOf(node, 'facts')
      if (code && facts && propertyOf(node, 'message'))
        learnt = note(node, code, factNames(facts), parameterOf(facts)?.index ?? null)
    }
    ts.forEachChild(node, (child) => {
      learnt = visit(child) || learnt
    })
    return learnt
  }
  while (sources.map(visit).some(Boolean));
  return { found: [...found.values()].flat(), untold: [...new Set(untold.values())].sort() }
}

const placeOf = (node: ts.Node): string => {
  const file = node.getSourceFile()
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
}

// A function of its own file goes before an exported one of the same name.
const keyOf = (node: ts.Node, name: string): string => `${node.getSourceFile().fileName}#${name}`

function propertyOf(literal: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const one of literal.properties) {
    if (one.name?.getText() !== name) continue
    if (ts.isPropertyAssignment(one)) return one.initializer
    if (ts.isShorthandPropertyAssignment(one)) return one.name
  }
  return undefined
}

/** The texts an expression can be; null where it is none that can be read here. */
function textsOf(node: ts.Expression): string[] | null {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression)
  if (ts.isConditionalExpression(node)) {
    const [yes, no] = [textsOf(node.whenTrue), textsOf(node.whenFalse)]
    return yes && no ? [...yes, ...no] : null
  }
  const value = valueOf(node)
  return value ? textsOf(value) : null
}

/** The names in an object of facts; null where they cannot be read here. */
function factNames(node: ts.Expression | undefined): string[] | null {
  if (node === undefined) return []
  if (ts.isParenthesizedExpression(node)) return factNames(node.expression)
  if (ts.isObjectLiteralExpression(node)) {
    const names = node.properties.map((one) => (ts.isSpreadAssignment(one) ? factNames(one.expression) : [nameOf(one)]))
    return names.every((one) => one !== null) ? names.flat() : null
  }
  const value = valueOf(node)
  return value ? factNames(value) : null
}

const nameOf = (one: ts.ObjectLiteralElementLike): string => one.name?.getText() ?? ''

/** What a name was declared as, looking outwards from where it is used. */
function declarationOf(node: ts.Expression): ts.VariableDeclaration | ts.ParameterDeclaration | null {
  if (!ts.isIdentifier(node)) return null
  for (let at: ts.Node = node.parent; at; at = at.parent) {
    if (ts.isFunctionLike(at)) {
      const own = at.parameters.find((one) => one.name.getText() === node.text)
      if (own) return own
    }
    if (ts.isBlock(at) || ts.isSourceFile(at)) {
      for (const line of at.statements) {
        if (!ts.isVariableStatement(line)) continue
        const own = line.declarationList.declarations.find((one) => one.name.getText() === node.text)
        if (own) return own
      }
    }
  }
  return null
}

const valueOf = (node: ts.Expression): ts.Expression | undefined => {
  const declared = declarationOf(node)
  return declared && ts.isVariableDeclaration(declared) ? declared.initializer : undefined
}

/** The function a name is a parameter of, by the name it is called by, and which of its parameters. */
function parameterOf(node: ts.Expression | undefined): { maker: string; index: number } | null {
  const declared = node && declarationOf(node)
  if (!declared || !ts.isParameter(declared)) return null
  const owner = declared.parent
  const held = ts.isVariableDeclaration(owner.parent) || ts.isConstructorDeclaration(owner)
  const holder = held ? (owner.parent as ts.VariableDeclaration | ts.ClassDeclaration) : owner
  const name = holder.name?.getText()
  if (name === undefined) return null
  const line = ts.isVariableDeclaration(holder) ? holder.parent.parent : holder
  const exported =
    ts.canHaveModifiers(line) && ts.getModifiers(line)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword)
  return { maker: exported ? name : keyOf(owner, name), index: owner.parameters.indexOf(declared) }
}
