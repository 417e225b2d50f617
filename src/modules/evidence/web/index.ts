import type { WebModule } from '#web/module.ts'

export const webModule: WebModule = {
  key: 'evidence',
  nav: [
    {
      group: 'do',
      labelKey: 'evidence:nav.register',
      clause: '7.5',
      path: '/evidence',
      action: 'evidence.read',
      attention: [{ reason: 'expired', labelKey: 'evidence:attention.expired' }],
    },
  ],
  routes: [
    { path: '/evidence', page: () => import('./evidence-list-page.tsx').then((m) => m.EvidenceListPage) },
    { path: '/evidence/upload', page: () => import('./upload-page.tsx').then((m) => m.UploadPage) },
    { path: '/evidence/new', page: () => import('./add-page.tsx').then((m) => m.AddPage) },
    { path: '/evidence/$ref', page: () => import('./artefact-page.tsx').then((m) => m.ArtefactPage) },
  ],
  commands: [
    { labelKey: 'evidence:upload.title', path: '/evidence/upload', action: 'evidence.create' },
    { labelKey: 'evidence:add.title', path: '/evidence/new', action: 'evidence.create' },
  ],
}
