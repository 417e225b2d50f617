import type { MethodContent } from '../domain/method.ts'

/** A draft of the method, and what is done when one of its parts changed. */
export type MethodPartProps = { draft: MethodContent; edit: (next: MethodContent) => void }
