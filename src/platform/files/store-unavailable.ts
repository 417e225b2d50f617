import { type Refusal, refuse } from '#kernel/result.ts'

/** The refusal where the file store cannot be used; HTTP answers 503. */
export function storeUnavailable(): { readonly ok: false; readonly refusal: Refusal } {
  return refuse(
    'files.store_unavailable',
    'The file store does not answer at the moment. Nothing was changed; try again in a few minutes.',
  )
}
