import type { IdOf } from './sample.ts'

/**
 * Requests for routes whose schema says too little to make one: route name → body. Everything else is made from the
 * schema. Keep it short.
 */
export const bodies: Readonly<Record<string, (idOf: IdOf) => unknown>> = {
  'evidence.add': () => ({ kind: 'link', title: 'Access reviews', url: 'https://wiki.example.com/reviews' }),
}

/**
 * Routes that look at a request as a whole before they look anything up, and so refuse a made-up one with 422 before
 * they could answer 404. Each with the reason.
 */
export const refusesFirst: Readonly<Record<string, string>> = {
  'evidence.capture': 'asks for the name of the file that is uploaded',
}
