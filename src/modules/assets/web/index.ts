import type { WebModule } from '#web/module.ts'

export const webModule: WebModule = {
  key: 'assets',
  nav: [
    {
      group: 'plan',
      labelKey: 'assets:nav.inventory',
      clause: 'A.5.9',
      path: '/assets',
      action: 'asset.read',
      attention: [{ reason: 'noOwner', labelKey: 'assets:attention.noOwner' }],
    },
    {
      group: 'plan',
      labelKey: 'assets:nav.classification',
      clause: 'A.5.12',
      path: '/assets/classification',
      action: 'classification.read',
    },
  ],
  routes: [
    { path: '/assets', page: () => import('./inventory-page.tsx').then((m) => m.InventoryPage) },
    { path: '/assets/new', page: () => import('./asset-form-page.tsx').then((m) => m.NewAssetPage) },
    { path: '/assets/sample', page: () => import('./sample-page.tsx').then((m) => m.SamplePage) },
    { path: '/assets/classification', page: () => import('./scheme-page.tsx').then((m) => m.SchemePage) },
    { path: '/assets/$ref', page: () => import('./asset-page.tsx').then((m) => m.AssetPage) },
    { path: '/assets/$ref/edit', page: () => import('./asset-form-page.tsx').then((m) => m.EditAssetPage) },
  ],
  commands: [
    { labelKey: 'assets:commands.add', path: '/assets/new', action: 'asset.create' },
    { labelKey: 'assets:commands.import', path: '/import/assets', action: 'asset.import' },
    { labelKey: 'assets:commands.sample', path: '/assets/sample', action: 'asset.read' },
  ],
  overview: [
    {
      key: 'assets.inventory',
      order: 60,
      size: 'half',
      card: () => import('./inventory-card.tsx').then((m) => m.InventoryCard),
      action: 'asset.read',
    },
  ],
}
