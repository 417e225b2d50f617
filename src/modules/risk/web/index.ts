import type { WebModule } from '#web/module.ts'

/** Risk method, register, treatment and assessments in the web app. */
export const webModule: WebModule = {
  key: 'risk',
  nav: [
    {
      group: 'plan',
      labelKey: 'risk:nav.register',
      clause: '6.1.2',
      path: '/risks',
      action: 'risk.read',
      attention: [{ reason: 'acceptanceOutOfDate', labelKey: 'risk:attention.acceptanceOutOfDate' }],
    },
    { group: 'plan', labelKey: 'risk:nav.matrix', clause: '6.1.2', path: '/risks/matrix', action: 'risk.read' },
    { group: 'plan', labelKey: 'risk:nav.method', clause: '6.1.2', path: '/risks/method', action: 'method.read' },
    {
      group: 'plan',
      labelKey: 'risk:nav.runs',
      clause: '8.2',
      path: '/risks/runs',
      action: 'risk.read',
      attention: [{ reason: 'assessmentDue', labelKey: 'risk:attention.assessmentDue' }],
    },
    {
      group: 'plan',
      labelKey: 'risk:nav.actions',
      clause: '6.1.3',
      path: '/risks/actions',
      action: 'risk.read',
      attention: [{ reason: 'overdue', labelKey: 'risk:attention.overdue' }],
    },
  ],
  routes: [
    { path: '/risks', page: () => import('./register-page.tsx').then((m) => m.RegisterPage) },
    { path: '/risks/new', page: () => import('./risk-form-page.tsx').then((m) => m.NewRiskPage) },
    { path: '/risks/matrix', page: () => import('./matrix-page.tsx').then((m) => m.MatrixPage) },
    { path: '/risks/method', page: () => import('./method-page.tsx').then((m) => m.MethodPage) },
    { path: '/risks/method/$methodId', page: () => import('./method-page.tsx').then((m) => m.MethodVersionPage) },
    { path: '/risks/runs', page: () => import('./runs-page.tsx').then((m) => m.RunsPage) },
    { path: '/risks/runs/$runId', page: () => import('./run-page.tsx').then((m) => m.RunPage) },
    { path: '/risks/actions', page: () => import('./actions-page.tsx').then((m) => m.ActionsPage) },
    { path: '/risks/$riskId', page: () => import('./risk-page.tsx').then((m) => m.RiskPage) },
    { path: '/risks/$riskId/edit', page: () => import('./risk-form-page.tsx').then((m) => m.EditRiskPage) },
    { path: '/risks/$riskId/assess', page: () => import('./assess-page.tsx').then((m) => m.AssessPage) },
    { path: '/risks/$riskId/rescore', page: () => import('./assess-page.tsx').then((m) => m.RescorePage) },
    { path: '/risks/$riskId/treatment', page: () => import('./treatment-page.tsx').then((m) => m.TreatmentPage) },
  ],
  commands: [
    { labelKey: 'risk:commands.record', path: '/risks/new', action: 'risk.create' },
    { labelKey: 'risk:commands.run', path: '/risks/runs', action: 'run.edit' },
    { labelKey: 'risk:commands.method', path: '/risks/method', action: 'method.edit' },
  ],
  overview: [
    {
      key: 'risk',
      order: 20,
      size: 'tall',
      card: () => import('./risk-card.tsx').then((m) => m.RiskCard),
      action: 'risk.read',
    },
  ],
}
