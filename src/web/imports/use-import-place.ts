import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { dropDraft, findDraft, saveDraft } from '#ui/drafts.ts'
import type { ImportStep } from '#ui/import-model.ts'
import type { Said } from '../pages/import-questions.tsx'
import { useScope } from '../scope.ts'
import type { Register } from './registers.ts'

/** An import that is under way: the file, where one was, and what was said about it. */
export interface KeptImport {
  /** Id of the upload; null before there is one. */
  readonly file: string | null
  readonly fileName: string
  readonly step: ImportStep
  readonly said: Said
  /** Under which the mapping is to be remembered. */
  readonly name: string
}

const nothing: KeptImport = { file: null, fileName: '', step: 'upload', said: {}, name: '' }
const steps: readonly ImportStep[] = ['upload', 'mapping', 'scales', 'preview', 'done']

/**
 * Where somebody is in an import. File and step stand in the address, what was said is kept in this browser: whoever
 * leaves to set up a scheme or a method comes back to where they were.
 */
export function useImportPlace(register: Register) {
  const { org } = useScope()
  const navigate = useNavigate()
  const { file = null, step: wanted } = useSearch({ strict: false }) as { file?: string; step?: ImportStep }
  const key = `import.${org ?? ''}.${register}`
  const [kept, setKept] = useState<KeptImport>(() => {
    const found = (findDraft(key)?.values ?? nothing) as KeptImport
    return file === null || found.file === file ? found : nothing
  })
  const keep = (next: KeptImport): void => {
    setKept(next)
    if (next.file !== null) saveDraft(key, { values: next, base: null })
  }
  const show = (to: string | null, step: ImportStep, replace = false): void =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({
        ...old,
        file: to ?? undefined,
        step: to === null ? undefined : step,
      }),
      replace,
    } as Parameters<typeof navigate>[0])
  const mine = kept.file === file ? kept : nothing
  return {
    file,
    step: file === null ? 'upload' : (steps.find((one) => one === wanted) ?? 'mapping'),
    /** What was said on the way, also about the columns before there is a file. */
    said: file === null && kept.file !== null ? nothing.said : mine.said,
    name: mine.name,
    /** The file somebody was at before, while none is open. */
    waiting: file === null && kept.file !== null ? kept : null,
    /** Keeps what is said. Without a file it holds for the next one. */
    say: (news: Partial<Pick<KeptImport, 'said' | 'name'>>) => keep({ ...mine, ...news, file }),
    /** Opens a file that has just been uploaded. */
    start: (id: string, fileName: string) => {
      keep({ ...(kept.file === null ? kept : nothing), file: id, fileName, step: 'mapping' })
      show(id, 'mapping')
    },
    goTo: (step: ImportStep) => {
      if (step === 'upload') return show(null, step)
      keep({ ...mine, file, step })
      show(file, step)
    },
    goOn: () => show(kept.file, kept.step),
    /** The last step, which the way back does not pass again. */
    finish: () => {
      dropDraft(key)
      show(file, 'done', true)
    },
    forget: () => {
      dropDraft(key)
      setKept(nothing)
    },
  } as const
}
