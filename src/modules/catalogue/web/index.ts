import type { WebModule } from '#web/module.ts'

export const webModule: WebModule = {
  key: 'catalogue',
  nav: [
    {
      group: 'plan',
      labelKey: 'catalogue:nav.catalogue',
      clause: '4–10',
      path: '/catalogue',
      action: 'catalogue.read',
    },
  ],
  routes: [{ path: '/catalogue', page: () => import('./catalogue-page.tsx').then((m) => m.CataloguePage) }],
  commands: [
    { labelKey: 'catalogue:commands.annexA', path: '/catalogue?view=controls', action: 'catalogue.read' },
    { labelKey: 'catalogue:commands.documented', path: '/catalogue?documented=true', action: 'catalogue.read' },
  ],
}
