import { expect } from 'vitest'
import { importTargets } from '#app/import-registers.ts'
import { type ImportRoutes, importRoutes } from '#platform/import/contract.ts'
import type { TestActor, TestServer } from './server.ts'

/** The routes of every register files can be imported into. */
export const routesOfImports = Object.fromEntries(
  importTargets.map(({ register, action }) => [register.name, importRoutes(register.name, action)]),
) as Record<'people' | 'assets' | 'risks' | 'treatment' | 'soa', ImportRoutes>

/** Uploads and takes over spreadsheets as a person does. */
export function importing(server: TestServer) {
  const send = async (who: TestActor, to: ImportRoutes, content: string | Buffer, fileName = 'file.csv') => {
    const response = await server.http.inject({
      method: 'POST',
      url: `/api/v1${to.upload.path.replace(':org', who.org)}`,
      query: { fileName },
      headers: { cookie: who.cookie, 'content-type': 'application/octet-stream' },
      payload: content,
    })
    return { status: response.statusCode, body: JSON.parse(response.body) }
  }
  const take = async (
    who: TestActor,
    to: ImportRoutes,
    content: string | Buffer,
    mapping?: object,
    fileName?: string,
  ) => {
    const { status, body } = await send(who, to, content, fileName)
    expect([status, body.detail]).toEqual([200, undefined])
    const params = { importId: body.id }
    return who.done(to.confirm, {
      params,
      body: { mapping: mapping && { register: to.register, ...mapping } } as never,
    })
  }
  return { send, take }
}
