import { z } from 'zod'
import { themes } from '#modules/catalogue/domain/release.ts'
import { notCountedReasons } from '#modules/evidence/domain/evidence-lines.ts'
import { freshnesses } from '#modules/evidence/domain/freshness.ts'
import { mandates } from '#modules/people/domain/role.ts'
import { exportFields } from '#platform/contract/register-export.ts'
import { route } from '#platform/contract/route.ts'
import { date, filled, id, instant, line, personRef, prose, several, sha256, text } from '#platform/contract/schemas.ts'
import { applicabilities, operators, statedStates } from './domain/control.ts'
import { redlineFields } from './domain/redline.ts'
import { driverKinds, separations, soaStatuses } from './domain/soa.ts'
import { controlStatuses } from './domain/status.ts'

const controlId = z.object({ controlId: id('control') })
const soaId = z.object({ soaId: id('soa') })
const reason = z.object({ reason: filled(1000) })

const theme = z.enum(themes)
const applicability = z.enum(applicabilities)
const stated = z.enum(statedStates)
const operatedBy = z.enum(operators)
const status = z.enum(controlStatuses)
const declared = z.enum(['implemented', 'partiallyImplemented', 'notImplemented', 'notApplicable'])
const driver = z.object({ kind: z.enum(driverKinds), ref: z.string(), title: z.string(), id: z.string().nullable() })

const evidenceLine = z.object({
  id: id('artefact'),
  ref: z.string(),
  title: z.string(),
  freshness: z.enum(freshnesses),
  acceptable: z.boolean(),
  /** What keeps it from counting here. */
  why: z.enum(notCountedReasons).nullable(),
  assurance: z.boolean(),
})

const statusReason = z.object({ code: z.string(), refs: z.array(z.string()) })
const issue = z.object({ severity: z.enum(['blocks', 'warns']), code: z.string() })

/** One line of the working statement: the control, why it is there, how it is done, what proves it. */
export const controlItem = z.object({
  id: id('control'),
  ref: z.string(),
  version: z.number().int(),
  title: z.string(),
  own: z.boolean(),
  theme,
  applicability,
  drivers: z.array(driver),
  justification: z.string(),
  businessReason: z.string(),
  implementation: z.string(),
  stated,
  status,
  reasons: z.array(statusReason),
  declared,
  plannedOn: date().nullable(),
  operatedBy,
  provider: z.string(),
  owner: personRef().nullable(),
  ownerText: z.string(),
  evidence: z.array(evidenceLine),
  /** What blocks issuing the statement, and what an auditor would ask about. */
  issues: z.array(issue),
  can: z.object({ edit: z.boolean(), decide: z.boolean(), state: z.boolean() }),
})

const attribute = z.array(z.string())

export const controlView = controlItem.extend({
  purpose: z.string(),
  attributes: z
    .object({
      controlTypes: attribute,
      properties: attribute,
      concepts: attribute,
      capabilities: attribute,
      domains: attribute,
    })
    .nullable(),
  predecessors: z.array(z.string()),
  statedOn: date().nullable(),
  statedBy: z.string().nullable(),
  actions: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      status: z.string(),
      /** Done by the word of an imported file alone. */
      claimedByImport: z.boolean(),
      /** Open and past its due date. */
      overdue: z.boolean(),
      dueOn: date().nullable(),
      riskRef: z.string(),
    }),
  ),
  obligations: z.array(z.object({ id: id('obligation'), ref: z.string(), title: z.string() })),
  note: z.string(),
  withdrawnAt: instant().nullable(),
})

const redlineRow = z.object({
  ref: z.string(),
  title: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  fields: z.array(
    z.object({
      field: z.enum(redlineFields as [(typeof redlineFields)[number]]),
      before: z.string(),
      after: z.string(),
      material: z.boolean(),
    }),
  ),
})

/** A version of the statement without its rows. */
export const soaItem = z.object({
  id: id('soa'),
  version: z.number().int(),
  number: z.number().int(),
  status: z.enum(soaStatuses),
  language: z.string(),
  note: z.string(),
  hash: sha256(),
  preparedBy: z.string().nullable(),
  preparedById: id('person').nullable(),
  preparedAt: instant(),
  approvedBy: z.string().nullable(),
  approvedAt: instant().nullable(),
  /** Whether another person approved it than prepared it; null while it is not approved. */
  separation: z.enum(separations).nullable(),
  endedAt: instant().nullable(),
  can: z.object({ issue: z.boolean(), withdraw: z.boolean() }),
})

const soaRow = z.object({
  ref: z.string(),
  title: z.string(),
  theme,
  own: z.boolean(),
  applicability,
  drivers: z.array(z.object({ kind: z.enum(driverKinds), ref: z.string(), title: z.string() })),
  justification: z.string(),
  implementation: z.string(),
  status,
  declared,
  plannedOn: date().nullable(),
  operatedBy,
  provider: z.string(),
  owner: z.string().nullable(),
  /** Only an import names the owner; left out otherwise. */
  ownerAsImported: z.literal(true).optional(),
  evidence: z.array(z.object({ ref: z.string(), title: z.string() })),
})

export const soaView = soaItem.extend({
  rows: z.array(soaRow),
  /** Of a proposal: number of the version in force, which issuing it supersedes; null when there is none. */
  supersedes: z.number().int().nullable(),
  /** Whether the statement still says the truth, and what no longer is so. Null while it is not issued. */
  standing: z.object({ holds: z.boolean(), reasons: z.array(redlineRow) }).nullable(),
})

/** What the statement is narrowed by, on its page as in its documents. */
const statementFilters = {
  q: text(200).optional(),
  applicability: several(applicability).optional(),
  status: several(status).optional(),
  /** Codes of issues, or `blocks` and `warns`. */
  issue: several(text(40)).optional(),
  /** Kinds of drivers, references, or `none`. */
  driver: several(text(20)).optional(),
  /** Persons, names an import left, or `none`. */
  owner: several(z.union([id('person'), text(200)])).optional(),
  theme: several(theme).optional(),
  /** Values of the attributes of ISO/IEC 27002. */
  attribute: several(text(60)).optional(),
}

/** Routes of the controls and the Statement of Applicability. */
export const controls = {
  list: route({
    name: 'control.list',
    method: 'GET',
    path: '/orgs/:org/controls',
    action: 'control.read',
    summary: 'All controls with drivers, derived status and evidence: the working Statement of Applicability',
    query: z.object(statementFilters),
    response: z.object({
      items: z.array(controlItem),
      total: z.number().int(),
      /** Counts over all controls, whatever the filter. */
      counts: z.object({
        status: z.record(status, z.number().int()),
        applicability: z.record(applicability, z.number().int()),
        blocking: z.number().int(),
        warnings: z.number().int(),
      }),
      issued: z
        .object({
          id: id('soa'),
          number: z.number().int(),
          approvedAt: instant().nullable(),
          /** Who approved it, by name. */
          approvedBy: z.string().nullable(),
          holds: z.boolean(),
          changed: z.number().int(),
        })
        .nullable(),
      proposed: z.object({ id: id('soa'), number: z.number().int() }).nullable(),
      can: z.object({ create: z.boolean(), propose: z.boolean(), import: z.boolean() }),
    }),
    timeTravel: true,
  }),
  show: route({
    name: 'control.show',
    method: 'GET',
    path: '/orgs/:org/controls/:controlId',
    action: 'control.read',
    summary: 'One control',
    params: controlId,
    response: controlView,
    timeTravel: true,
  }),
  addOwn: route({
    name: 'control.add',
    method: 'POST',
    path: '/orgs/:org/controls',
    action: 'control.create',
    summary: 'Add a control of the organization’s own',
    body: z.object({ title: line(), theme, businessReason: prose(2000).default('') }),
    response: controlView,
    creates: true,
  }),
  change: route({
    name: 'control.change',
    method: 'PATCH',
    path: '/orgs/:org/controls/:controlId',
    action: 'control.edit',
    summary: 'Change owner, description, operation or business reason of a control',
    params: controlId,
    body: z
      .object({
        title: line(),
        ownerId: id('person').nullable(),
        ownerText: text(200),
        implementation: prose(),
        businessReason: prose(2000),
        plannedOn: date().nullable(),
        operatedBy,
        provider: text(200),
        note: prose(),
      })
      .partial(),
    response: controlView,
    ifMatch: true,
  }),
  decide: route({
    name: 'control.decide',
    method: 'POST',
    path: '/orgs/:org/controls/:controlId/decide',
    action: 'control.decide',
    summary: 'Decide whether a control applies, with the justification',
    params: controlId,
    body: z.object({ applicability, justification: prose(5000).default('') }),
    response: controlView,
  }),
  decideMany: route({
    name: 'control.decideMany',
    method: 'POST',
    path: '/orgs/:org/controls-decide',
    action: 'control.decide',
    summary: 'Decide for several controls at once that they apply, all or none',
    body: z.object({ ids: z.array(id('control')).min(1).max(500), justification: prose(5000).default('') }),
    response: z.object({ changed: z.number().int() }),
  }),
  state: route({
    name: 'control.state',
    method: 'POST',
    path: '/orgs/:org/controls/:controlId/state',
    action: 'control.state',
    summary: 'State how far a control is implemented; the derived status follows the records',
    params: controlId,
    body: z.object({ stated }),
    response: controlView,
  }),
  withdraw: route({
    name: 'control.withdraw',
    method: 'POST',
    path: '/orgs/:org/controls/:controlId/withdraw',
    action: 'control.create',
    summary: 'Withdraw a control of the organization’s own',
    params: controlId,
    body: reason,
    response: controlView,
  }),
  attach: route({
    name: 'control.attach',
    method: 'POST',
    path: '/orgs/:org/controls/:controlId/evidence',
    action: 'control.edit',
    summary: 'Attach a piece of evidence to a control',
    params: controlId,
    body: z.object({ artefactId: id('artefact'), assurance: z.boolean().default(false) }),
    response: controlView,
  }),
  detach: route({
    name: 'control.detach',
    method: 'DELETE',
    path: '/orgs/:org/controls/:controlId/evidence/:artefactId',
    action: 'control.edit',
    summary: 'Detach a piece of evidence from a control',
    params: controlId.extend({ artefactId: id('artefact') }),
    response: controlView,
  }),
  oblige: route({
    name: 'control.oblige',
    method: 'POST',
    path: '/orgs/:org/controls/:controlId/obligations',
    action: 'control.edit',
    summary: 'Name an obligation as a driver of a control',
    params: controlId,
    body: z.object({ obligationId: id('obligation') }),
    response: controlView,
  }),
  obligeNoMore: route({
    name: 'control.obligeNoMore',
    method: 'DELETE',
    path: '/orgs/:org/controls/:controlId/obligations/:obligationId',
    action: 'control.edit',
    summary: 'Take an obligation back as a driver of a control',
    params: controlId.extend({ obligationId: id('obligation') }),
    response: controlView,
  }),
  statements: route({
    name: 'soa.list',
    method: 'GET',
    path: '/orgs/:org/soa',
    action: 'soa.read',
    summary: 'Versions of the Statement of Applicability, newest first',
    response: z.object({ items: z.array(soaItem), can: z.object({ propose: z.boolean() }) }),
    timeTravel: true,
  }),
  gaps: route({
    name: 'soa.gaps',
    method: 'GET',
    path: '/orgs/:org/soa-gaps',
    action: 'soa.read',
    summary:
      'What is missing around the working statement, by kind: scope, roles of 5.3, and the issues of its controls',
    response: z.object({
      scope: z.enum(['approved', 'changed', 'none']),
      /** What is different from the approved scope. */
      scopeChanges: z.number().int(),
      /** Roles nobody who is here has taken on, and the assignments of 5.3 that none of the others carries. */
      roles: z.object({ open: z.number().int(), mandates: z.array(z.enum(mandates)) }),
      /** Issues of controls by code, what blocks first; a code filters the list of controls. */
      controls: z.array(issue.extend({ count: z.number().int() })),
    }),
  }),
  statement: route({
    name: 'soa.show',
    method: 'GET',
    path: '/orgs/:org/soa/:soaId',
    action: 'soa.read',
    summary: 'A version of the statement with its rows, and whether it still holds',
    params: soaId,
    response: soaView,
    timeTravel: true,
  }),
  propose: route({
    name: 'soa.propose',
    method: 'POST',
    path: '/orgs/:org/soa',
    action: 'soa.propose',
    summary: 'Freeze the working statement as a proposal for approval',
    body: z.object({ note: prose(2000).default(''), language: z.enum(['en', 'de']).optional() }),
    response: soaView,
    creates: true,
  }),
  issue: route({
    name: 'soa.issue',
    method: 'POST',
    path: '/orgs/:org/soa/:soaId/issue',
    action: 'soa.issue',
    summary: 'Approve a proposal: it is issued and supersedes the version before',
    params: soaId,
    response: soaView,
  }),
  withdrawProposal: route({
    name: 'soa.withdraw',
    method: 'POST',
    path: '/orgs/:org/soa/:soaId/withdraw',
    action: 'soa.propose',
    summary: 'Take a proposal back',
    params: soaId,
    body: reason,
    response: soaView,
  }),
  redline: route({
    name: 'soa.redline',
    method: 'GET',
    path: '/orgs/:org/soa/:soaId/redline',
    action: 'soa.read',
    summary: 'What changed from this version to another one, or to the working statement',
    params: soaId,
    query: z.object({ to: id('soa').optional() }),
    response: z.object({
      from: z.number().int(),
      /** Null is the working statement. */
      to: z.number().int().nullable(),
      rows: z.array(redlineRow),
    }),
  }),
  export: route({
    name: 'soa.export',
    method: 'GET',
    path: '/orgs/:org/exports/soa',
    action: 'soa.export',
    summary:
      'The statement as a document: a version whole, or the working statement marked as a draft, narrowed as its list',
    query: z.object({
      soaId: id('soa').optional(),
      ...statementFilters,
      ...exportFields,
    }),
    response: 'file',
    timeTravel: true,
    costly: true,
  }),
} as const
