import { asking } from '#kernel/import/questions.ts'
import { quote } from '#kernel/import/text.ts'
import type { GuessedMapping, ImportContext, ImportMethod, Mapping, Question, Table } from '#kernel/import.ts'
import { dimensionName, parseRiskHeading } from './risk-heading.ts'
import { type FileScale, fileScale, proposeLevels } from './risk-scales.ts'

/**
 * Adds to a guess what only the risk register knows: which stage unlabelled and residual figures stand for, which
 * dimension of the method a column is, and which level of the method each level of the file means. Whatever cannot be
 * concluded becomes a question; scales of different size are never converted without a person's word.
 */
export function refineRiskGuess(guess: GuessedMapping, table: Table, context: ImportContext): GuessedMapping {
  const questions = [...guess.questions]
  let mapping = joinStages(guess.mapping)
  const stages = decideStages(mapping)
  mapping = {
    ...mapping,
    residualMeans: stages.residual,
    options: { ...mapping.options, assessedMeans: stages.assessed },
  }
  questions.push(...stages.questions)
  const dimensions = decideDimensions(mapping, context.method)
  mapping = { ...mapping, options: { ...mapping.options, dimensions: dimensions.map } }
  questions.push(...dimensions.questions)
  if (!propertyFields.some((field) => mapping.columns[field])) {
    questions.push({
      about: 'columns.properties',
      ...asking('import.tell_properties'),
      choices: [],
      proposal: null,
      needed: false,
    })
  }
  if (!context.method) return { mapping, questions }
  const levels: Record<string, Readonly<Record<string, number | null>>> = {}
  for (const scale of scalesOf(mapping)) {
    const found = fileScale(table, mapping, scale)
    if (found.levels.length === 0) continue
    const method = levelsFor(scale, context.method)
    const proposal = proposeLevels(found, method)
    levels[scale] = proposal.map
    questions.push(levelQuestion(found, method.length, proposal.basis, context.method))
  }
  return { mapping: { ...mapping, levelMaps: levels }, questions }
}

const propertyFields = ['properties', 'confidentiality', 'integrity', 'availability']

/** The scales a mapping uses: likelihood and impact, each for all its columns. */
export function scalesOf(mapping: Mapping): string[] {
  const fields = Object.keys(mapping.columns)
  return ['likelihood', 'impact'].filter((measure) => fields.some((field) => field.split('.')[1] === measure))
}

function levelsFor(scale: string, method: ImportMethod): ImportMethod['likelihood'] {
  if (scale === 'likelihood') return method.likelihood
  const dimension = scale.split('.')[1]
  return (method.dimensions.find((d) => d.key === dimension) ?? method.dimensions[0])?.levels ?? []
}

/**
 * “Likelihood, Impact, Inherent score”: the score says what the unlabelled columns before it are. Fields of both stages
 * are joined when none is there twice.
 */
function joinStages(mapping: Mapping): Mapping {
  const stated = (stage: string): string[] =>
    Object.keys(mapping.columns).filter((field) => field.startsWith(`${stage}.`))
  const measures = (stage: string): Set<string> => new Set(stated(stage).map((field) => field.slice(stage.length + 1)))
  for (const stage of ['inherent', 'current'] as const) {
    const own = measures(stage)
    const free = measures('assessed')
    if (own.size === 0 || free.size === 0 || [...own].some((measure) => free.has(measure)) || own.has('likelihood'))
      continue
    const columns = Object.fromEntries(
      Object.entries(mapping.columns).map(([field, refs]) => [
        field.startsWith('assessed.') ? `${stage}.${field.slice('assessed.'.length)}` : field,
        refs,
      ]),
    )
    return { ...mapping, columns }
  }
  return mapping
}

interface Stages {
  readonly assessed: 'inherent' | 'current' | null
  readonly residual: 'current' | 'target' | null
  readonly questions: readonly Question[]
}

const isScored = (mapping: Mapping, stage: string): boolean =>
  Object.keys(mapping.columns).some((field) => field.startsWith(`${stage}.`))

function decideStages(mapping: Mapping): Stages {
  const questions: Question[] = []
  const has = {
    assessed: isScored(mapping, 'assessed'),
    inherent: isScored(mapping, 'inherent'),
    current: isScored(mapping, 'current'),
    residual: isScored(mapping, 'residual'),
    target: isScored(mapping, 'target'),
  }
  let assessed: Stages['assessed'] = null
  if (has.assessed) {
    const fixed = has.inherent ? 'current' : has.current ? 'inherent' : null
    assessed = fixed ?? (has.residual ? null : 'current')
    questions.push({
      about: 'options.assessedMeans',
      ...asking('import.ask_assessed', { columns: headings(mapping, 'assessed') }),
      choices: [
        { value: 'inherent', label: 'Inherent: before any control' },
        { value: 'current', label: 'Current: with the controls that are live' },
      ],
      proposal: assessed,
      needed: assessed === null,
    })
  }
  if (has.residual) {
    const open = [
      { value: 'current', label: 'Current: with the controls that are live today' },
      { value: 'target', label: 'Target: when the treatment plan is done' },
    ].filter(({ value }) => !(value === 'current' && has.current) && !(value === 'target' && has.target))
    questions.push({
      about: 'residualMeans',
      ...asking('import.ask_residual', { columns: headings(mapping, 'residual') }),
      choices: open,
      proposal: null,
      needed: true,
    })
  }
  return { assessed, residual: null, questions }
}

function headings(mapping: Mapping, stage: string): string {
  const names = Object.entries(mapping.columns).flatMap(([field, refs]) =>
    field.startsWith(`${stage}.`) ? refs.map((ref) => quote(ref.header)) : [],
  )
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} …` : names.join(', ')
}

/** The heading of the first column that rates a dimension. */
export function headingOfImpact(mapping: Mapping, key: string): string {
  const field = Object.keys(mapping.columns).find((name) => name.endsWith(`.impact.${key}`))
  return (field === undefined ? undefined : mapping.columns[field]?.[0]?.header) ?? dimensionName(key)
}

/** Dimension of the file → dimension of the method, by key; what the method lacks is kept among the original values. */
function decideDimensions(
  mapping: Mapping,
  method: ImportMethod | null,
): { map: Record<string, string | null>; questions: Question[] } {
  const found = new Set(
    Object.keys(mapping.columns).flatMap((field) =>
      field.split('.')[1] === 'impact' ? (field.split('.')[2] ?? []) : [],
    ),
  )
  const map: Record<string, string | null> = {}
  if (!method) return { map, questions: [] }
  for (const key of found) {
    // A method may name its dimensions in any language: “Betrieblich” is what a file calls operational.
    const byName = method.dimensions.find(
      (d) => d.key === key || parseRiskHeading(`Impact ${d.name}`)?.dimension === key,
    )
    map[key] = byName?.key ?? null
  }
  const missing = Object.keys(map).filter((key) => map[key] === null)
  const questions = missing.map(
    (key): Question => ({
      about: `options.dimensions.${key}`,
      ...asking('import.ask_dimension', { dimension: headingOfImpact(mapping, key), method: method.name }),
      choices: [...method.dimensions.map((d) => ({ value: d.key, label: d.name })), { value: '', label: 'None' }],
      proposal: null,
      needed: false,
    }),
  )
  return { map, questions }
}

function levelQuestion(
  scale: FileScale,
  size: number,
  basis: 'names' | 'equalSize' | null,
  method: ImportMethod,
): Question {
  const named = scale.levels.slice(0, 10).map(({ text }) => quote(text, 24))
  const levels = [...named, ...(scale.levels.length > named.length ? ['…'] : [])].join(', ')
  const facts = { measure: scale.name, levels, method: method.name }
  const asked =
    basis === 'names'
      ? asking('import.ask_levels_named', facts)
      : scale.size === null
        ? asking('import.ask_levels_unknown', { ...facts, methodSize: size })
        : basis === 'equalSize'
          ? asking('import.ask_levels_equal', { ...facts, size: scale.size })
          : asking('import.ask_levels', { ...facts, size: scale.size, methodSize: size })
  return {
    about: `levelMaps.${scale.name}`,
    ...asked,
    choices: levelsFor(scale.name, method).map((level) => ({
      value: String(level.value),
      label: `${level.value} ${level.name}`,
    })),
    proposal: basis,
    needed: basis === null,
  }
}
