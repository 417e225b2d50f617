import type { WebModule } from '#web/module.ts'

export const webModule: WebModule = {
  key: 'obligations',
  nav: [
    {
      group: 'plan',
      labelKey: 'obligations:nav.parties',
      clause: '4.2',
      path: '/interested-parties',
      action: 'obligation.read',
    },
    {
      group: 'plan',
      labelKey: 'obligations:nav.obligations',
      clause: 'A.5.31',
      path: '/obligations',
      action: 'obligation.read',
      attention: [
        { reason: 'reviewOverdue', labelKey: 'obligations:attention.reviewOverdue' },
        { reason: 'undecided', labelKey: 'obligations:attention.undecided' },
      ],
    },
  ],
  routes: [
    { path: '/obligations', page: () => import('./register-page.tsx').then((m) => m.RegisterPage) },
    { path: '/obligations/new', page: () => import('./form-page.tsx').then((m) => m.NewObligationPage) },
    { path: '/obligations/$obligationId', page: () => import('./obligation-page.tsx').then((m) => m.ObligationPage) },
    {
      path: '/obligations/$obligationId/edit',
      page: () => import('./form-page.tsx').then((m) => m.EditObligationPage),
    },
    { path: '/interested-parties', page: () => import('./parties-page.tsx').then((m) => m.PartiesPage) },
  ],
  commands: [
    { labelKey: 'obligations:commands.add', path: '/obligations/new', action: 'obligation.create' },
    { labelKey: 'obligations:commands.addParty', path: '/interested-parties?add=true', action: 'obligation.create' },
  ],
}
