import { lazy } from 'react'
import { obligationSections } from '#modules/obligations/web/sections.ts'
import type { WebModule } from '#web/module.ts'

obligationSections.push({
  key: 'controls',
  Section: lazy(() => import('./driven-controls.tsx').then((m) => ({ default: m.DrivenControls }))),
})

export const webModule: WebModule = {
  key: 'controls',
  nav: [
    {
      group: 'plan',
      labelKey: 'controls:nav.soa',
      clause: '6.1.3 d',
      path: '/soa',
      also: ['/controls'],
      action: 'control.read',
      attention: [{ reason: 'outOfDate', labelKey: 'controls:attention.outOfDate' }],
    },
  ],
  routes: [
    { path: '/soa', page: () => import('./soa-page.tsx').then((m) => m.SoaPage) },
    { path: '/soa/versions', page: () => import('./versions-page.tsx').then((m) => m.VersionsPage) },
    { path: '/soa/versions/$soaId', page: () => import('./version-page.tsx').then((m) => m.VersionPage) },
    { path: '/controls/$controlId', page: () => import('./control-page.tsx').then((m) => m.ControlPage) },
  ],
  commands: [
    { labelKey: 'controls:commands.undecided', path: '/soa?applicability=undecided', action: 'control.decide' },
    { labelKey: 'controls:commands.add', path: '/soa?add=true', action: 'control.create' },
    { labelKey: 'controls:commands.versions', path: '/soa/versions', action: 'soa.read' },
  ],
  overview: [
    {
      key: 'controls.soa',
      order: 30,
      size: 'wide',
      card: () => import('./soa-card.tsx').then((m) => m.SoaCard),
      action: 'control.read',
    },
  ],
}
