import { expect, it } from 'vitest'
import { assetRegister } from '#modules/assets/server/asset-report.ts'
import assetsDe from '#modules/assets/web/locales/de.json' with { type: 'json' }
import assetsEn from '#modules/assets/web/locales/en.json' with { type: 'json' }
import { soaWords } from '#modules/controls/server/soa-report-words.ts'
import controlsDe from '#modules/controls/web/locales/de.json' with { type: 'json' }
import controlsEn from '#modules/controls/web/locales/en.json' with { type: 'json' }
import { riskWords } from '#modules/risk/server/risk-report-words.ts'
import riskDe from '#modules/risk/web/locales/de.json' with { type: 'json' }
import riskEn from '#modules/risk/web/locales/en.json' with { type: 'json' }

// A reader who holds a document beside the screen must find one word for one thing.
it.each([
  ['en', riskEn, controlsEn],
  ['de', riskDe, controlsDe],
] as const)('says in %s documents what the screen says', (language, risk, controls) => {
  const { columns, options, properties, statuses, acceptedUnproven, actionStates, doneByImport, notScored, roles } =
    riskWords[language]
  expect({
    options,
    properties,
    statuses: { ...statuses, acceptedUnproven },
    actionStates: { ...actionStates, doneByImport },
  }).toEqual({
    options: risk.option,
    properties: risk.property,
    statuses: risk.status,
    actionStates: risk.actionStatus,
  })
  expect(roles.ismsManager).toBe(risk.role.ismsManager)
  expect(notScored).not.toBe(statuses.notAssessed)
  expect(columns).toMatchObject({
    owner: risk.fields.ownerId,
    actionOwner: risk.fieldsOf.risk_action.ownerId,
    due: risk.fields.dueOn,
    status: risk.fields.status,
    controls: risk.fields.controls,
    resources: risk.fields.resources,
    approval: risk.act.approved,
    acceptance: risk.act.accepted,
  })

  const soa = soaWords[language]
  expect(soa.applicability).toEqual(controls.applicability)
  expect(soa.declared).toMatchObject({
    implemented: controls.status.implemented,
    partiallyImplemented: controls.status.partial,
    notImplemented: controls.status.notImplemented,
    notApplicable: controls.status.notApplicable,
  })
  expect(soa).toMatchObject({
    claimed: controls.status.claimed,
    notDetermined: controls.status.notDetermined,
    kinds: controls.drivers.kinds,
    columns: { how: controls.fields.implementation, owner: controls.fields.owner },
    signed: { note: controls.fields.note },
  })
})

it.each([
  ['en', assetsEn],
  ['de', assetsDe],
] as const)('heads the columns of the %s inventory as the screen does', (language, { fields }) => {
  const titles = Object.fromEntries(assetRegister.columns.map(({ key, title }) => [key, title[language]]))
  const { ref: _short, reliesOn: _link, ...shown } = titles
  expect(shown).toEqual(Object.fromEntries(Object.keys(shown).map((key) => [key, fields[key as keyof typeof fields]])))
})
