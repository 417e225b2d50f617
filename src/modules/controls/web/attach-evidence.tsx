import type { ControlView } from './wire.ts'

/** Place for attaching an artefact of the evidence register; empty until that register has its routes. */
export function AttachEvidence(_props: { control: ControlView }) {
  return null
}
