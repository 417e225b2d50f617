import { shortened } from '../shorten.ts'

/**
 * Every sentence an import says about a row or asks about a file, by its stable code. Facts stand in double braces, so
 * that the interface can say the same in another language from code and facts alone.
 */
export const importSentences = {
  // Rows as a whole
  'import.row_left_out': 'Left out by your decision',
  'import.row_section': 'A heading across the table (“{{text}}”)',
  'import.row_heading': 'Only “{{text}}” is filled: a heading, not a record',
  'import.row_placeholder': 'Template text nobody replaced (“{{text}}”)',
  'import.row_repeatedHeader': 'Repeats the header row',
  'import.row_total': 'A line of totals (“{{text}}”)',
  'import.row_legend': 'A note to the table (“{{text}}”)',
  'import.row_computedOnly': 'Only formulas, no entry of a person',
  'import.duplicate_ref':
    '“{{ref}}” is also the reference of line {{lines}}; make them different or leave all but one out',
  'import.duplicate_name': '“{{name}}” is also on line {{lines}}; each becomes a record of its own',
  'import.same_person':
    '“{{name}}” is also on line {{lines}} and nothing tells them apart; add a number or an address, or leave all but one out',
  'import.exists': '“{{ref}}” exists already and is left as it is',
  'import.nothing_new': 'Says nothing new',
  'import.cut': '“{{text}}” has {{length}} characters; this field holds {{max}}, the rest is cut off',
  'import.repaired':
    'This row had too many cells; what a “{{separator}}” without quotation marks had torn apart was joined to “{{text}}”. Check it',
  'import.extra_cells':
    'This row has more cells than the header (“{{text}}”): a separator inside a text has shifted the columns. Put that text in quotation marks in the file',

  // Cells
  'import.cell_error': '“{{column}}” holds the error {{text}} and is left empty',
  'import.cell_uncalculated':
    '“{{column}}” holds a formula without a stored result; open the file in a spreadsheet program and save it',
  'import.placeholder': '“{{column}}” still holds the template text “{{text}}”; it is left empty',
  'import.value_unknown': '“{{text}}” is not a known value of “{{column}}”; it is kept as text',
  'import.not_a_date': '“{{text}}” in “{{column}}” cannot be read as a date; it is kept as text only',
  'import.not_a_number': '“{{text}}” in “{{column}}” cannot be read as a number; it is kept as text only',
  'import.not_an_amount': '“{{text}}” in “{{column}}” cannot be read as an amount; it is kept as text only',
  'import.not_yes_no': '“{{text}}” in “{{column}}” cannot be read as yes or no; it is kept as text only',
  'import.date_span': '“{{text}}” is read as {{date}}',
  'import.date_serial': 'The number {{text}} is read as the date {{date}}',
  'import.date_recurring':
    '“{{text}}” is no date: the record gets no date here and nothing recurs by itself; the words are kept as text',
  'import.date_ambiguous': '“{{text}}” may be {{dmy}} or {{mdy}}; say whether the day or the month comes first',
  'import.end_before_start': '{{end}} is before the start, {{start}}',

  // Owners
  'import.owner_unknown':
    'Nobody named “{{text}}” is in the directory and no role of that name exists; kept as text until somebody is named',
  'import.owner_guessed': '“{{text}}” is read as “{{title}}” and becomes {{name}}; check that this person is meant',
  'import.role_vacant': '“{{text}}” is a role nobody holds; kept as text until somebody is named',
  'import.owner_left': '{{name}} left on {{date}} and cannot answer for anything; kept as text until somebody is named',
  'import.owner_several': '“{{text}}” fits several people ({{names}}); kept as text until one is named',

  // Controls
  'import.control_previous': '{{number}} of the 2013 edition went into {{control}} “{{title}}”',
  'import.control_title_differs':
    '{{control}} is called “{{title}}” in the catalogue, but “{{stated}}” in the file; check that it means this control',
  'import.control_mismatch':
    '{{control}} is called “{{title}}” in the catalogue, but “{{stated}}” in the file, which is closest to {{other}} “{{otherTitle}}”; say whether the number or the title counts',
  'import.control_group': '“{{named}}” is a group of controls in the 2013 edition, not one control',
  'import.control_dropped': '“{{named}}” is a control of neither the 2013 nor the 2022 edition',
  'import.control_absent': 'There is no control “{{named}}”',
  'import.control_no_number': '“{{named}}” has no control number',
  'import.control_closest': 'Its title is closest to {{control}} “{{title}}”',
  'import.control_left_out': 'The row is left out until somebody says which control it means',
  'import.control_by_title': 'The title counts, as it is that of {{control}}',
  'import.control_by_number': 'The number counts, as you decided',
  'import.no_control_number': '“{{text}}” names no control by number; it is kept as text',

  // Assets
  'import.asset_name_missing': 'The asset has no name',
  'import.asset_type_not_stated':
    'The file does not say what kind of asset this is; unless you choose, it arrives as information',
  'import.classification_unknown':
    '“{{text}}” is no level of the classification scheme ({{levels}}); it is kept as text',
  'import.classification_guessed':
    '“{{text}}” is not in the classification scheme and is read as “{{level}}”; check that this is meant',
  'import.no_classification_scheme': 'No classification scheme is set up yet; “{{text}}” is kept as text',

  'import.kind_assumed': 'The kind “{{text}}” is not known here; the asset arrives as information',
  'import.ref_taken': 'The reference “{{text}}” belongs to a withdrawn asset or is too long; this one becomes {{ref}}',

  'import.asset_left_out':
    'It relies on “{{text}}” of line {{line}}, which is left out: nothing is linked, and the name goes into the note. Take that line too, or leave this one out as well',

  // People
  'import.person_name_missing': 'The person has no name',
  'import.not_a_person': '“{{name}}” is a group, not a person; leave the line out',
  'import.email_invalid': '“{{text}}” is not an e-mail address',
  'import.email_missing': 'Without an e-mail address the person can be assigned to, but not invited',
  'import.left_but_active': 'The status is “{{text}}”, but the end date {{date}} has passed',
  'import.manager_unknown': '“{{text}}” is neither in this file nor in the directory; the manager stays open',
  'import.manager_left_out':
    '“{{text}}” is on line {{line}}, which is left out, and not in the directory; the manager stays open unless that line is taken too',
  'import.manager_several': '“{{text}}” is the name of several lines; give the e-mail address instead',
  'import.manager_self': 'The person is named as their own manager; it stays open',
  'import.manager_circle': 'The managers of lines {{lines}} lead round in a circle',

  // Risks
  'import.risk_title_missing': 'The risk has neither title nor description',
  'import.asset_unknown': '“{{text}}” is not in the asset register; it is kept as text',
  'import.properties_unreadable':
    '“{{text}}” names none of confidentiality, integrity and availability; they are not stated',
  'import.property_level':
    '“{{text}}” in “{{column}}” is a level, not whether the property may be lost; it is kept with the original values and stays not stated',
  'import.option_unknown': '“{{text}}” is no treatment option; it is kept as text and the option stays open',
  'import.retain_monitored':
    '“{{text}}” becomes “retain”; the monitoring it promises needs a metric or a recurring task',
  'import.measure_without_text':
    'Who, when, status or cost of a measure is given, but no measure; they are kept with the original values only',
  'import.cost_of_several':
    '“{{text}}” is the cost of {{count}} measures together; it is kept with the original values only, as nobody can say what each costs',
  'import.claim_accepted': '“{{text}}” arrives as a claim: the owner still has to accept the residual risk here',
  'import.claim_treated': '“{{text}}” arrives as a claim: the controls and their evidence have to show it here',
  'import.claim_avoided': '“{{text}}” arrives as a claim: the change that ended the activity has to be named here',
  'import.claim_shared': '“{{text}}” arrives as a claim: the agreement has to be named here',
  'import.claim_closed': '“{{text}}” arrives as a claim: the risk stays open until it is closed here with a reason',
  'import.claim_done': '“{{text}}” arrives as claimed; evidence makes it done',
  'import.residual_open': 'The residual figures stay with the original values until it is said which stage they mean',
  'import.assessed_open': 'The unlabelled figures stay with the original values until it is said which stage they mean',
  'import.stage_twice': 'Two groups of columns are both mapped to the {{stage}} risk; change what one of them means',
  'import.no_method': 'No risk method is in force, so the figures are kept as original values only',
  'import.only_score':
    'Only the score {{text}} is given; likelihood and impact cannot be concluded from it, so this stage stays unscored',
  'import.only_level':
    'Only the level “{{text}}” is given; likelihood and impact cannot be concluded from it, so this stage stays unscored',
  'import.no_likelihood': 'There is an impact but no likelihood; this stage stays unscored',
  'import.no_impact': 'There is a likelihood but no impact; this stage stays unscored',
  'import.level_open': '“{{text}}” in “{{column}}” has no level of method “{{method}}” yet; this stage stays unscored',
  'import.off_scale':
    '“{{text}}” in “{{column}}” is not on the file’s scale {{scale}}; correct it, or add it to the level map',
  'import.off_method_scale': 'The level map says {{value}}, which is not on the scale {{scale}} of method “{{method}}”',
  'import.maximum_deviates': 'The file says the highest impact is {{stated}}, but its dimensions reach {{computed}}',
  'import.product_deviates': 'The file says {{stated}}, but {{likelihood}} × {{impact}} is {{computed}}',
  'import.sum_deviates': 'The file says {{stated}}, but {{likelihood}} + {{impact}} is {{computed}}',
  'import.level_deviates':
    'The file says “{{stated}}”; by method “{{method}}” this is “{{computed}}” (likelihood {{likelihood}}, impact {{impact}})',
  'import.level_foreign':
    'The file says “{{stated}}”, which is no level of method “{{method}}”; by the method this is “{{computed}}” (likelihood {{likelihood}}, impact {{impact}})',
  'import.target_above_current':
    'The target (likelihood {{targetLikelihood}}, impact {{targetImpact}}) is above the current risk (likelihood {{likelihood}}, impact {{impact}}); correct one of them, or say that the residual figures mean the current risk',

  'import.levels_stay':
    '{{ref}} is in the register: its words and owner are updated; levels and treatment stay as they were judged here',

  // Treatment plan
  'import.action_missing': 'The row names no action',
  'import.risk_missing': 'The row names no risk, so the action would treat nothing',
  'import.risk_unknown': 'Risk “{{ref}}” is not in the register; import the risks first, or correct the reference',
  'import.promised_score':
    'The residual score “{{text}}” says neither likelihood nor impact; it is kept as text and the target has to be scored',
  'import.action_done': '{{ref}} is done here and is left as it is',
  'import.cost_in_words': '{{amount}} is kept in words: costs are kept in {{currency}}, and not below 0',
  'import.done_without_date': 'The action is called done, but no completion date is given',

  // Statement of Applicability
  'import.status_unknown':
    '“{{text}}” is no known implementation status; it is kept as text and the control is not assessed',
  'import.claim_implemented': '“{{text}}” arrives as claimed; evidence makes it implemented',
  'import.claim_partial': '“{{text}}” arrives as claimed in part; evidence makes it partially implemented',
  'import.applicability_contradicts':
    'The control is marked as applicable, but its status is “{{text}}”; it is taken as applicable and not assessed',
  'import.applicability_not_stated': 'The file does not say whether the control applies; it stays undecided',
  'import.exclusion_unjustified':
    'The control is excluded without a justification; the exclusion cannot be issued until one is written (6.1.3 d)',
  'import.inclusion_unjustified':
    'No reason for including the control is given; link a risk, an obligation or a requirement',
  'import.justification_empty': '“{{text}}” gives no reason; link a risk, an obligation or a requirement',
  'import.excluded_but_done': 'The control is excluded, yet called “{{text}}”; the exclusion counts',
  'import.control_twice': '{{control}} is also on line {{lines}}; leave all but one out',
  'import.joined': 'Taken together with line {{line}}',
  'import.control_shared':
    'Line {{lines}} leads to {{control}} as well; their texts are joined and the lower status counts',

  // What a row becomes
  'import.fact_owner_open': 'nobody yet',
  'import.fact_likelihood': 'likelihood {{value}}',
  'import.fact_impact': 'impact {{value}}',
  'import.fact_dimension': '{{dimension}} {{value}}',
  'import.fact_score': 'score {{value}}',
  'import.fact_level': 'level {{value}}',
  'import.fact_not_scored': 'not scored',
  'import.fact_control_live': '{{control}} (live)',
  'import.fact_control_planned': '{{control}} (planned)',
  'import.fact_unknown': '“{{text}}” (not found)',

  // Questions about the file
  'import.ask_which_sheet': 'Sheets “{{sheet}}” and “{{other}}” both look like it; which one holds the records?',
  'import.ask_sheet_unsure':
    'It is not certain that “{{sheet}}” holds this register: {{recognised}} of {{columns}} columns are recognised',
  'import.ask_which_column': '{{columns}} could each be {{field}}; which one is it?',
  'import.ask_which_field': '“{{column}}” may be {{field}} or {{other}}; which is it?',
  'import.ask_field_unsure': '“{{column}}” was taken for {{field}} ({{reason}}); is that right?',
  'import.ask_date_order':
    '{{count}} date(s) such as {{text}} can be read in two ways. Which comes first, the day or the month?',
  'import.ask_values':
    'What do these mean as {{field}}: {{values}}? Until somebody says, they are kept as text only ({{count}} in all)',
  'import.ask_people':
    'Nobody of the directory is found for {{names}} (cells: {{count}}). Choose once for all rows who is meant; whoever stays open is kept as text',
  'import.ask_asset_type':
    'No column says what kind of asset each row is. Choose one for all rows; unless you choose, they arrive as information and can be changed later',
  'import.tell_properties':
    'No column says which of confidentiality, integrity and availability may be lost; for every risk this arrives as not stated',
  'import.ask_assessed':
    'Do the columns {{columns}} state the risk without controls (inherent) or with the controls that are live (current)?',
  'import.ask_residual':
    'Do the residual columns ({{columns}}) state the risk as it is today or as it will be when the plan is done? Until somebody says, they are kept with the original values only',
  'import.ask_dimension':
    'The column “{{dimension}}” rates an impact that method “{{method}}” does not have. Which of its dimensions is meant? Otherwise it is kept with the original values only',
  'import.ask_levels_named':
    'The file’s levels of {{measure}} ({{levels}}) carry the names of method “{{method}}” and are proposed as the same. Is that right?',
  'import.ask_levels_equal':
    'The file’s {{measure}} scale has {{size}} levels, and so has method “{{method}}”; level for level is proposed. The rows use {{levels}}. Do they mean the same?',
  'import.ask_levels':
    'The file’s {{measure}} scale has {{size}} levels, that of method “{{method}}” has {{methodSize}}; the rows use {{levels}}. Say which level each one is: nothing is converted by arithmetic, and until then risks stay unscored',
  'import.ask_levels_unknown':
    'How long the file’s {{measure}} scale is cannot be seen from {{levels}}; that of method “{{method}}” has {{methodSize}} levels. Say which level each one is: nothing is converted by arithmetic, and until then risks stay unscored',
  'import.ask_control_mismatch':
    'Rows whose control number and title do not belong together: {{count}} ({{examples}}). Which of them counts? Until somebody says, these rows are left out',
} as const

type Sentences = typeof importSentences
export type ImportCode = keyof Sentences

/** Names of the facts a sentence needs. */
type FactsIn<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | FactsIn<Rest>
  : never

/** The facts of a code, as the argument that comes last: absent where the sentence needs none. */
export type FactsOf<Code extends ImportCode> = [FactsIn<Sentences[Code]>] extends [never]
  ? []
  : [facts: Readonly<Record<FactsIn<Sentences[Code]>, string | number>>]

/** The English sentence of a code. Long texts are shortened in it; the facts keep them. */
export function sentence<Code extends ImportCode>(code: Code, ...[facts]: FactsOf<Code>): string {
  const values: Readonly<Record<string, string | number>> = facts ?? {}
  return importSentences[code].replace(/\{\{(\w+)\}\}/g, (_, name: string) => shortened(String(values[name] ?? '')))
}
