import { expect, it } from 'vitest'
import { parseRiskHeading } from './risk-heading.ts'

it.each([
  ['Likelihood', 'assessed', 'likelihood', null],
  ['Likelihood (1-5)', 'assessed', 'likelihood', null],
  ['Inherent Likelihood', 'inherent', 'likelihood', null],
  ['Eintrittswahrscheinlichkeit', 'assessed', 'likelihood', null],
  ['Restwahrscheinlichkeit', 'residual', 'likelihood', null],
  ['Probability after treatment', 'residual', 'likelihood', null],
  ['Likelihood before controls', 'inherent', 'likelihood', null],
  ['Target Impact', 'target', 'impact', null],
  ['Impact (Business Impact)', 'assessed', 'impact', null],
  ['Max Impact', 'assessed', 'impact', null],
  ['Maximale Auswirkung', 'assessed', 'impact', null],
  ['Schadensausmaß', 'assessed', 'impact', null],
  ['Impact Legal/Regulatory', 'assessed', 'impact', 'legal'],
  ['Impact – Health & Safety', 'assessed', 'impact', 'safety'],
  ['Auswirkung Finanziell', 'assessed', 'impact', 'financial'],
  ['Residual impact (financial)', 'residual', 'impact', 'financial'],
  ['Schadenshöhe Imageschaden', 'assessed', 'impact', 'reputation'],
  ['Impact on research', 'assessed', 'impact', 'research'],
  ['Bruttorisikowert', 'inherent', 'score', null],
  ['Restrisikowert', 'residual', 'score', null],
  ['Current Risk Score', 'current', 'score', null],
  ['Inhärentes Risikolevel', 'inherent', 'level', null],
  ['Risk Level', 'assessed', 'level', null],
])('reads %j', (heading, stage, measure, dimension) => {
  expect(parseRiskHeading(heading)).toEqual({ stage, measures: [measure], dimension })
})

it.each(['Risk Rating', 'Residual Risk', 'Nettorisiko', 'Risk'])(
  'lets the values of %j decide between figure and level',
  (heading) => expect(parseRiskHeading(heading)?.measures).toEqual(['score', 'level']),
)

it.each([
  'Impact Description',
  'Impact on Confidentiality',
  'Auswirkung Verfügbarkeit',
  'Risk Category',
  'Owner',
  'Target Date',
  'Current Status',
  'Existing Controls',
  '',
])('finds no level in %j', (heading) => expect(parseRiskHeading(heading)).toBeNull())
