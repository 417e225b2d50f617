import { createHmac } from 'node:crypto'
import type { Secret } from './secret.ts'

/**
 * Names a secret key without telling it: 16 hex digits that stand in backups and in what `doctor` says, so that a key
 * that does not fit is found before something sealed with another one has to be read.
 */
export const keyFingerprint = (key: Secret<Uint8Array>): string =>
  createHmac('sha256', key.reveal()).update('plumbline key fingerprint').digest('hex').slice(0, 16)
