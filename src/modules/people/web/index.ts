import type { WebModule } from '#web/module.ts'

export const webModule: WebModule = {
  key: 'people',
  nav: [
    {
      group: 'plan',
      labelKey: 'people:nav.roles',
      clause: '5.3',
      path: '/roles',
      action: 'role.read',
      attention: [{ reason: 'notTaken', labelKey: 'people:attention.notTaken' }],
    },
    {
      group: 'do',
      labelKey: 'people:nav.people',
      clause: '7.1',
      path: '/people',
      also: ['/teams'],
      action: 'person.read',
    },
  ],
  routes: [
    { path: '/people', page: () => import('./directory-page.tsx').then((m) => m.DirectoryPage) },
    { path: '/people/new', page: () => import('./person-form-page.tsx').then((m) => m.NewPersonPage) },
    { path: '/people/$ref', page: () => import('./person-page.tsx').then((m) => m.PersonPage) },
    { path: '/people/$ref/edit', page: () => import('./person-form-page.tsx').then((m) => m.EditPersonPage) },
    { path: '/teams', page: () => import('./teams-page.tsx').then((m) => m.TeamsPage) },
    { path: '/teams/$teamId', page: () => import('./teams-page.tsx').then((m) => m.TeamPage) },
    { path: '/roles', page: () => import('./roles-page.tsx').then((m) => m.RolesPage) },
    { path: '/roles/$ref', page: () => import('./role-page.tsx').then((m) => m.RolePage) },
  ],
  commands: [
    { labelKey: 'people:commands.add', path: '/people/new', action: 'person.edit' },
    { labelKey: 'people:commands.import', path: '/import/people', action: 'person.import' },
    { labelKey: 'people:commands.teams', path: '/teams', action: 'team.read' },
  ],
  overview: [
    {
      key: 'people.roles',
      order: 50,
      size: 'half',
      card: () => import('./people-card.tsx').then((m) => m.PeopleCard),
      action: 'role.read',
    },
  ],
}
