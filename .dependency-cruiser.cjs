// The layers of docs/architecture.md, enforced. Module order: a module imports only modules above it.
const order = [
  'catalogue',
  'people',
  'organization',
  'assets',
  'suppliers',
  'obligations',
  'documents',
  'evidence',
  'risk',
  'controls',
  'monitoring',
  'incidents',
  'changes',
  'accessreview',
  'assessment',
  'audits',
  'review',
  'improvement',
  'certification',
  'readiness',
  'work',
]
const tests = '\\.(test|fixtures|arbitraries)\\.tsx?$'

const moduleOrder = order.map((name, index) => ({
  name: `module-order-${name}`,
  comment: `${name} may import only modules above it`,
  severity: 'error',
  from: { path: `^src/modules/${name}/`, pathNot: tests },
  to: { path: `^src/modules/(?!${[...order.slice(0, index), name].join('/|')}/)` },
}))

module.exports = {
  forbidden: [
    // Types may refer to each other; code that runs may not.
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: tests },
      to: { pathNot: '^src/kernel/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'rules are shared with the web app and take everything as arguments',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/domain/', pathNot: tests },
      to: { pathNot: '^src/(kernel/|modules/[^/]+/domain/)' },
    },
    {
      name: 'contract-above-domain',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/contract' },
      to: {
        pathNot:
          '^(src/(kernel/|platform/contract/|platform/access/roles|modules/[^/]+/(domain/|contract))|node_modules/zod)',
      },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: tests },
      to: { path: '^src/(modules|app|web|ui)/' },
    },
    {
      name: 'web-knows-no-server',
      severity: 'error',
      from: { path: '^src/(web|ui|modules/[^/]+/web)/', pathNot: tests },
      to: {
        path: '^src/(app/|modules/[^/]+/server/|platform/(?!contract/|access/(roles|system-actors)|[^/]+/contract))',
      },
    },
    {
      name: 'ui-knows-no-page',
      severity: 'error',
      from: { path: '^src/ui/', pathNot: tests },
      to: { path: '^src/(modules|web)/' },
    },
    {
      name: 'server-knows-no-web',
      severity: 'error',
      from: { path: '^src/(platform|app|modules/[^/]+/(server|domain))/', pathNot: tests },
      to: { path: '^src/(web|ui|modules/[^/]+/web)/' },
    },
    {
      name: 'app-is-the-top',
      severity: 'error',
      from: { path: '^src/(?!app/|testing/)', pathNot: tests },
      to: { path: '^src/app/' },
    },
    {
      name: 'tests-stay-out',
      severity: 'error',
      from: { path: '^src/(?!testing/)', pathNot: tests },
      to: { path: '^src/testing/' },
    },
    ...moduleOrder,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
}
