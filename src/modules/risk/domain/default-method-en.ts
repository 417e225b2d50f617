import type { MethodWords } from './default-method-words.ts'

/** The default method in English. */
export const english: MethodWords = {
  methodName: (year) => `Annual ${year}`,
  likelihoodNames: ['Remote', 'Unlikely', 'Possible', 'Likely', 'Expected'],
  likelihood: [
    'Would surprise everyone: less than once in ten years, and nothing like it is known in comparable organizations.',
    'Conceivable: about once in five to ten years, or known from a few comparable organizations.',
    'Has to be reckoned with: about once in one to five years, or reported regularly in our sector.',
    'Probable: about once a year, or attempts are already seen and mostly stopped.',
    'Usual: several times a year, or it is happening now.',
  ],
  consequenceNames: ['Negligible', 'Minor', 'Noticeable', 'Severe', 'Existential'],
  dimensions: {
    financial: {
      name: 'Financial',
      definitions: [
        'Less than 0.1 % of annual revenue; absorbed by the running budget of one team.',
        '0.1 to 0.5 % of annual revenue; a budget has to be rearranged.',
        '0.5 to 2 % of annual revenue; visible in the annual result.',
        '2 to 10 % of annual revenue; investments are stopped or a credit line is needed.',
        'More than 10 % of annual revenue; the continued existence of the organization is at stake.',
      ],
    },
    operational: {
      name: 'Operational',
      definitions: [
        'A few people work around it for some hours; customers notice nothing.',
        'One team is held up for up to a day; internal dates slip.',
        'One service is unavailable for a day or runs badly for a week; customers complain.',
        'Several services are down for days; agreed service levels are missed.',
        'The main business stands still for more than a week or data it needs is gone for good.',
      ],
    },
    reputation: {
      name: 'Reputation',
      definitions: [
        'Talked about inside only.',
        'Single customers or partners ask questions and are satisfied with an answer.',
        'Several customers demand explanations; local or trade press mentions it.',
        'Important customers leave or pause; national press reports for days.',
        'Trust is lost for years; customers leave in numbers and new ones stay away.',
      ],
    },
    legal: {
      name: 'Legal and contractual',
      definitions: [
        'A formal slip without consequence.',
        'A warning or a contractual reminder; put right without outside help.',
        'A report to an authority is due, or a contractual penalty is claimed.',
        'Proceedings with a substantial fine, or an important contract is terminated.',
        'Prohibition of the activity, loss of a licence, or personal liability of management.',
      ],
    },
    safety: {
      name: 'People and safety',
      definitions: [
        'Nobody is affected beyond annoyance.',
        'Inconvenience for a few people; no injury, no lasting disadvantage.',
        'Light injury, or people suffer a disadvantage they can overcome with effort.',
        'Serious injury, or people suffer a considerable, lasting disadvantage.',
        'Danger to life, or harm to many people that cannot be undone.',
      ],
    },
  },
  bands: { low: 'Low', moderate: 'Moderate', high: 'High', critical: 'Critical' },
  triggers: [
    'A severe security incident, here or at a supplier we depend on',
    'A new or substantially changed service, system, site or supplier',
    'A new or changed legal or contractual requirement',
    'A change of the scope of the management system',
    'News of a threat or vulnerability that concerns what we use',
  ],
}
