import { join } from 'node:path'
import type { Config } from '#platform/config/config.ts'
import { createFileStore, type FileStore, type FileStoreSettings } from '#platform/files/file-store.ts'

/** Opens the file store the configuration names. */
export const openFiles = (config: Config, report: (error: Error) => void): Promise<FileStore> =>
  createFileStore({ ...settingsOf(config), report })

function settingsOf({ files, home }: Config): FileStoreSettings {
  if (files.kind === 'disk') return { kind: 'local', folder: files.folder }
  const { bucket, region, endpoint, credentials, forcePathStyle } = files
  return {
    kind: 's3',
    // Uploads wait here until they are complete.
    folder: join(home, 'files'),
    bucket,
    region,
    pathStyle: forcePathStyle,
    ...(endpoint === null ? {} : { endpoint }),
    ...(credentials === null
      ? {}
      : {
          credentials: {
            accessKeyId: credentials.accessKeyId,
            secretAccessKey: credentials.secretAccessKey.reveal(),
          },
        }),
  }
}
