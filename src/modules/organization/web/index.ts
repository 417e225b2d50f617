import type { WebModule } from '#web/module.ts'

const list = () => import('./structure-page.tsx').then((m) => m.StructurePage)
const record = () => import('./placeable-page.tsx').then((m) => m.PlaceablePage)
const scope = () => import('./scope-page.tsx').then((m) => m.ScopePage)

export const webModule: WebModule = {
  key: 'organization',
  nav: [
    {
      group: 'plan',
      labelKey: 'organization:nav.organization',
      clause: '4.1',
      path: '/organization',
      also: ['/units', '/sites', '/services', '/products'],
      action: 'organization.read',
    },
    {
      group: 'plan',
      labelKey: 'organization:nav.scope',
      clause: '4.3',
      path: '/scope',
      action: 'scope.read',
      attention: [{ reason: 'changedSince', labelKey: 'organization:attention.changedSince' }],
    },
  ],
  routes: [
    { path: '/organization', page: () => import('./profile-page.tsx').then((m) => m.ProfilePage) },
    { path: '/units', page: list },
    { path: '/sites', page: list },
    { path: '/services', page: list },
    { path: '/products', page: list },
    { path: '/units/$ref', page: record },
    { path: '/sites/$ref', page: record },
    { path: '/services/$ref', page: record },
    { path: '/products/$ref', page: record },
    { path: '/scope', page: scope },
    { path: '/scope/interfaces/$interfaceRef', page: scope },
    { path: '/scope/exclusions/$exclusionRef', page: scope },
    { path: '/scope/versions/$statementId', page: () => import('./statement-page.tsx').then((m) => m.StatementPage) },
  ],
  commands: [
    { labelKey: 'organization:kinds.unit.many', path: '/units', action: 'structure.read' },
    { labelKey: 'organization:kinds.site.many', path: '/sites', action: 'structure.read' },
    { labelKey: 'organization:kinds.service.many', path: '/services', action: 'structure.read' },
    { labelKey: 'organization:kinds.product.many', path: '/products', action: 'structure.read' },
  ],
  overview: [
    {
      key: 'organization.scope',
      order: 40,
      size: 'half',
      card: () => import('./scope-card.tsx').then((m) => m.ScopeCard),
      action: 'scope.read',
    },
  ],
}
