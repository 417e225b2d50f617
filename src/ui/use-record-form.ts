import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { z } from 'zod'
import { dropDraft, findDraft, saveDraft } from './drafts.ts'
import { cleaned, type FieldErrors, placeProblem, validate } from './form-errors.ts'
import { isRecord, type Path, readPath, writePath } from './paths.ts'
import { ProblemError } from './problem.ts'
import { useRefusalText, useText } from './text.ts'

/** Values of a form that is not filled in yet. */
export type Begun<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]?: Begun<T[K]> | undefined }
    : T

export interface RecordFormOptions<S extends z.ZodType, R> {
  /** The contract's body: `riskContract.create.body`. */
  schema: S
  /** What the form begins with. */
  initial: Begun<z.input<S>>
  /** Name under which unsaved text is kept in this browser, `risk.new`, `risk.R-12`. */
  draft?: string
  /** Ask before leaving with unsaved text (default); off where nothing is lost, as on sign-in. */
  guard?: boolean
  /**
   * Version of the record being changed; `initial` is then what it holds. Both come from what the page reads: when the
   * record changes there, an untouched form follows it, and one with typed text shows what differs.
   */
  version?: number
  /** Sends what was typed; rejects with ProblemError. A refusal as stale (412) must have read the record again. */
  submit: (body: z.input<S>, version: number | undefined) => Promise<R>
  onDone?: (result: R) => void
}

interface FieldTexts {
  label: ReactNode
  /** Name used in error sentences; the label when that is text. */
  name?: string
  hint?: ReactNode
  /** May stay empty; the label says so. */
  optional?: boolean
  /** What a value is called, where people do not see it as it is: a choice, a person. */
  words?: (value: string) => string | undefined
  /** Brings the field onto the page where it may be hidden, as on a tab; the summary does so before it leads there. */
  reveal?: () => void
}

interface FieldProps {
  id: string
  label: ReactNode
  description: ReactNode
  error: string | undefined
  onBlur: () => void
}

interface ChangeEventLike {
  currentTarget: { value: string }
}

/** A conflict in words: fields that somebody else changed meanwhile. */
export interface FormConflict {
  readonly fields: readonly {
    path: string
    label: string
    /** What was typed here; null where nobody typed here and the saved value was taken over. */
    mine: string | null
    theirs: string
  }[]
}

/** A form over one contract body: see `useRecordForm`. */
export interface RecordForm<V> {
  readonly values: Begun<V>
  readonly dirty: boolean
  readonly busy: boolean
  /** A draft of an earlier visit was put back. */
  readonly restored: boolean
  readonly errors: FieldErrors
  /** Errors that belong to no field shown. */
  readonly general: readonly string[]
  /** The failure, when it was no refusal of what was typed: no answer, or the server is away or full. */
  readonly failure: unknown
  readonly conflict: FormConflict | null
  /** Shown in the error summary: id of the field, its sentence. */
  readonly summary: readonly { id: string; text: string; reveal?: (() => void) | undefined }[]
  readonly set: (path: Path<V>, value: unknown) => void
  readonly get: (path: Path<V>) => unknown
  /** Checks only these fields: a step of a wizard. True when they are fine. */
  readonly check: (paths: readonly Path<V>[]) => boolean
  /** Asks the server about a step: what it refuses stands at its field. True when it refuses nothing. */
  readonly ask: (question: () => Promise<unknown>) => Promise<boolean>
  readonly submit: () => Promise<void>
  /** Back to the beginning; the draft is forgotten. */
  readonly reset: () => void
  /** After a conflict: send again over the newer version, or take its values. */
  readonly keepMine: () => void
  readonly takeTheirs: () => void
  readonly text: (
    path: Path<V>,
    texts: FieldTexts,
  ) => FieldProps & { value: string; onChange: (event: ChangeEventLike) => void }
  readonly choice: (
    path: Path<V>,
    texts: FieldTexts,
  ) => FieldProps & { value: string | null; onChange: (value: string | null) => void }
  readonly many: (
    path: Path<V>,
    texts: FieldTexts,
  ) => FieldProps & { value: string[]; onChange: (value: string[]) => void }
  readonly number: (
    path: Path<V>,
    texts: FieldTexts,
  ) => FieldProps & { value: number | ''; onChange: (value: number | string) => void }
  readonly flag: (
    path: Path<V>,
    texts: FieldTexts,
  ) => Omit<FieldProps, 'onBlur'> & {
    checked: boolean
    onChange: (event: { currentTarget: { checked: boolean } }) => void
  }
  readonly date: (
    path: Path<V>,
    texts: FieldTexts,
  ) => FieldProps & { value: string | null; onChange: (value: string | null) => void }
  readonly level: (
    path: Path<V>,
    texts: FieldTexts,
  ) => FieldProps & { value: number | null; onChange: (value: number) => void }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
const shown = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)

/**
 * A form bound to a contract's body. Fields are checked when left, in words; unsaved text is kept in this browser and
 * put back; leaving with unsaved text asks; refusals land on the fields they name; when somebody else changed the
 * record, what differs is shown, the typed text stays, and the other fields take what was saved.
 *
 * ```tsx
 * const form = useRecordForm({ schema: risk.create.body, initial: {}, draft: 'risk.new', submit: (body) => create.mutateAsync({ body }) })
 * <FormFrame form={form} submitLabel={t('create')}>
 *   <TextInput {...form.text('title', { label: t('fields.title') })} />
 * </FormFrame>
 * ```
 */
export function useRecordForm<S extends z.ZodType, R>(options: RecordFormOptions<S, R>): RecordForm<z.input<S>> {
  type V = z.input<S>
  const t = useText('ui')
  const refusalText = useRefusalText()
  const baseId = useId()
  const { schema, draft, guard = true } = options
  const [initial, setInitial] = useState(options.initial)
  const [found] = useState(() => (draft === undefined ? null : findDraft(draft)))
  const [values, setValues] = useState<Begun<V>>(() => (found === null ? initial : (found.values as Begun<V>)))
  const [restored, setRestored] = useState(found !== null)
  const [version, setVersion] = useState(options.version)
  const [errors, setErrors] = useState<FieldErrors>({})
  const [general, setGeneral] = useState<readonly string[]>([])
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  // What the form and the record held when they parted; the record itself goes on in `initial`.
  const [parted, setParted] = useState<{ base: unknown; typed: unknown } | null>(null)
  const labels = useRef(new Map<string, string>())
  const words = useRef(new Map<string, FieldTexts['words']>())
  const reveals = useRef(new Map<string, FieldTexts['reveal']>())
  const done = useRef(false)
  const latest = useRef(values)
  latest.current = values
  const record = useRef(options)
  record.current = options
  const dirty = useMemo(() => JSON.stringify(values) !== JSON.stringify(initial), [values, initial])

  useEffect(() => {
    if (draft === undefined || !dirty || done.current) return undefined
    const timer = setTimeout(() => saveDraft(draft, { values, base: initial, version }), 400)
    return () => clearTimeout(timer)
  }, [draft, dirty, values, initial, version])

  /** Goes on from a newer state of the record: fields nobody typed in take it over, the others keep what was typed. */
  const follow = (base: unknown): void => {
    const next = record.current
    const typed = latest.current
    if (same(typed, base)) setValues(next.initial)
    else {
      setParted({ base, typed })
      setValues(merged(base, typed, next.initial) as Begun<V>)
      setGeneral([])
    }
    setInitial(next.initial)
    setVersion(next.version)
  }
  const begun = useRef(false)
  const recordText = JSON.stringify(options.initial)
  // Runs when the page has read the record anew, and once at the beginning for a draft typed over an older version.
  useEffect(() => {
    if (options.version === undefined || busy) return
    const first = !begun.current
    begun.current = true
    if (first && found !== null && found.version !== undefined && found.version < options.version) follow(found.base)
    else if (version !== undefined && options.version > version) follow(initial)
    else if (options.version === version && !dirty && recordText !== JSON.stringify(initial)) follow(initial)
    // What it reads besides is the state it compares with.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [options.version, recordText, busy])

  useBlocker({
    // With a draft nothing is lost on leaving, so nobody is asked.
    shouldBlockFn: () => guard && dirty && !done.current && draft === undefined && !globalThis.confirm(t('form.leave')),
    enableBeforeUnload: () => guard && dirty && !done.current,
  })

  const idOf = (path: string): string => `${baseId}-${path}`
  const get = (path: Path<V>): unknown => readPath(values, path)
  const set = (path: Path<V>, value: unknown): void => {
    done.current = false
    setValues((old) => writePath(old, path, value) as Begun<V>)
    setErrors(({ [path]: _gone, ...rest }) => rest)
  }
  const blur = (path: string): void => {
    const error = validate(schema, latest.current, t)[path]
    const value = readPath(latest.current, path)
    // Leaving an untouched empty field is no mistake yet; submitting is.
    if (error !== undefined && (value === undefined || value === null || value === '')) return
    setErrors(({ [path]: _old, ...rest }) => (error === undefined ? rest : { ...rest, [path]: error }))
  }
  const focusFirst = (found: FieldErrors): void => {
    const first = [...labels.current.keys()].find((path) => path in found)
    // The browser's focus leaves the pressed button, so that the summary may take it.
    if (first !== undefined && document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }
  const check = (paths: readonly Path<V>[]): boolean => {
    const all = validate(schema, latest.current, t)
    const mine = Object.fromEntries(Object.entries(all).filter(([path]) => (paths as readonly string[]).includes(path)))
    setErrors(mine)
    focusFirst(mine)
    return Object.keys(mine).length === 0
  }
  const place = (error: unknown): void => {
    // From 500 on it is the server that cannot: nothing in the form is to be corrected.
    if (error instanceof ProblemError && error.problem.status < 500) {
      const placed = placeProblem(error.problem, [...labels.current.keys()], t, refusalText)
      setErrors(placed.fields)
      setGeneral(placed.rest)
      focusFirst(placed.fields)
    } else setFailure(error)
  }
  const ask = async (question: () => Promise<unknown>): Promise<boolean> => {
    setGeneral([])
    setFailure(null)
    setBusy(true)
    try {
      await question()
      return true
    } catch (error) {
      place(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  const send = async (asVersion: number | undefined): Promise<void> => {
    setGeneral([])
    setFailure(null)
    const wrong = validate(schema, latest.current, t)
    setErrors(wrong)
    if (Object.keys(wrong).length > 0) {
      setGeneral(Object.entries(wrong).flatMap(([path, text]) => (labels.current.has(path) ? [] : [`${path} ${text}`])))
      focusFirst(wrong)
      return
    }
    setBusy(true)
    try {
      const result = await options.submit(cleaned(schema, latest.current) as V, asVersion)
      done.current = true
      if (draft !== undefined) dropDraft(draft)
      setInitial(latest.current)
      setParted(null)
      setVersion(versionOf(result) ?? record.current.version)
      options.onDone?.(result)
    } catch (error) {
      place(error)
    } finally {
      setBusy(false)
    }
  }
  const field = (path: Path<V>, texts: FieldTexts): FieldProps => {
    const name = texts.name ?? (typeof texts.label === 'string' ? texts.label : path)
    labels.current.set(path, name)
    words.current.set(path, texts.words)
    reveals.current.set(path, texts.reveal)
    const error = errors[path]
    return {
      id: idOf(path),
      label:
        texts.optional === true && typeof texts.label === 'string'
          ? t('optional', { label: texts.label })
          : texts.label,
      description: texts.hint,
      error: error === undefined ? undefined : sentence(name, error),
      onBlur: () => blur(path),
    }
  }
  const inWords = (path: string, value: unknown): string => {
    if (Array.isArray(value)) return value.map((one) => inWords(path, one)).join(', ')
    const text = shown(value)
    return text === '' ? '–' : (words.current.get(path)?.(text) ?? (wireId.test(text) ? t('conflict.another') : text))
  }
  const conflict: FormConflict | null =
    parted === null
      ? null
      : {
          fields: [...labels.current].flatMap(([path, label]) => {
            const before = readPath(parted.base, path)
            const theirs = readPath(initial, path)
            const mine = readPath(values, path)
            const typed = !same(readPath(parted.typed, path), before)
            if (same(theirs, before) || (typed && same(mine, theirs))) return []
            return [{ path, label, mine: typed ? inWords(path, mine) : null, theirs: inWords(path, theirs) }]
          }),
        }
  return {
    values,
    dirty,
    busy,
    restored,
    errors,
    general,
    failure,
    conflict,
    summary: [...labels.current].flatMap(([path, name]) => {
      const error = errors[path]
      return error === undefined
        ? []
        : [{ id: idOf(path), text: sentence(name, error), reveal: reveals.current.get(path) }]
    }),
    set,
    get,
    check,
    ask,
    submit: () => send(version),
    reset: useCallback(() => {
      if (draft !== undefined) dropDraft(draft)
      setValues(initial)
      setErrors({})
      setGeneral([])
      setRestored(false)
      setParted(null)
    }, [draft, initial]),
    keepMine: () => {
      setParted(null)
      void send(version)
    },
    takeTheirs: () => {
      if (draft !== undefined) dropDraft(draft)
      setValues(initial)
      setErrors({})
      setRestored(false)
      setParted(null)
    },
    text: (path, texts) => ({
      ...field(path, texts),
      value: shown(get(path)),
      onChange: (event) => set(path, event.currentTarget.value),
    }),
    choice: (path, texts) => ({
      ...field(path, texts),
      value: (get(path) as string | null | undefined) ?? null,
      onChange: (value) => set(path, value),
    }),
    many: (path, texts) => ({
      ...field(path, texts),
      value: (get(path) as string[] | undefined) ?? [],
      onChange: (value) => set(path, value),
    }),
    number: (path, texts) => ({
      ...field(path, texts),
      value: (get(path) as number | null | undefined) ?? '',
      onChange: (value) => set(path, typeof value === 'number' ? value : value === '' ? null : Number(value)),
    }),
    flag: (path, texts) => {
      const { onBlur: _unused, ...rest } = field(path, { ...texts, optional: false })
      return {
        ...rest,
        checked: get(path) === true,
        onChange: (event) => set(path, event.currentTarget.checked),
      }
    },
    date: (path, texts) => ({
      ...field(path, texts),
      value: (get(path) as string | null | undefined) ?? null,
      onChange: (value) => set(path, value),
    }),
    level: (path, texts) => ({
      ...field(path, texts),
      value: (get(path) as number | null | undefined) ?? null,
      onChange: (value) => set(path, value),
    }),
  }
}

const wireId = /^[a-zA-Z]+_[0-9a-f]{32}$/

/** What was typed, with the newer record wherever nobody typed. */
function merged(base: unknown, typed: unknown, newer: unknown): unknown {
  if (!isRecord(typed) || !isRecord(newer)) return same(typed, base) ? newer : typed
  const before = isRecord(base) ? base : {}
  const keys = new Set([...Object.keys(typed), ...Object.keys(newer)])
  return Object.fromEntries(
    [...keys].map((key) => [key, same(typed[key], before[key]) ? newer[key] : typed[key]] as const),
  )
}

/** The version a saved record says it has now. */
const versionOf = (result: unknown): number | undefined =>
  isRecord(result) && typeof result['version'] === 'number' ? result['version'] : undefined

/** The field's name and what is wrong with it; the server's own sentences stand alone. */
const sentence = (name: string, error: string): string => (/^[A-ZÄÖÜ⟦]/.test(error) ? error : `${name} ${error}`)
