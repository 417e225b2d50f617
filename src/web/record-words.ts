import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryWords, NamedRecord } from '#ui/history-words.ts'
import { useScope } from './scope.ts'

/** Which module's texts name the actions and fields of a record type, and where such a record is looked at. */
const homes: Readonly<Record<string, { namespace: string; path?: (ref: string, id: string) => string }>> = {
  asset: { namespace: 'assets', path: (ref) => `/assets/${ref}` },
  classification_level: { namespace: 'assets', path: () => '/assets/classification' },
  person: { namespace: 'people', path: (ref) => `/people/${ref}` },
  team: { namespace: 'people', path: (_ref, id) => `/teams/${id}` },
  isms_role: { namespace: 'people', path: (ref) => `/roles/${ref}` },
  risk: { namespace: 'risk', path: (ref) => `/risks/${ref}` },
  risk_action: { namespace: 'risk', path: (ref) => `/risks/actions?q=${ref}` },
  risk_method: { namespace: 'risk', path: (_ref, id) => `/risks/method/${id}` },
  risk_run: { namespace: 'risk', path: (_ref, id) => `/risks/runs/${id}` },
  control: { namespace: 'controls', path: (ref) => `/controls/${ref}` },
  soa_version: { namespace: 'controls', path: (_ref, id) => `/soa/versions/${id}` },
  artefact: { namespace: 'evidence', path: (ref) => `/evidence/${ref}` },
  obligation: { namespace: 'obligations', path: (ref) => `/obligations/${ref}` },
  interested_party: { namespace: 'obligations', path: () => '/interested-parties' },
  unit: { namespace: 'organization', path: (ref) => `/units/${ref}` },
  site: { namespace: 'organization', path: (ref) => `/sites/${ref}` },
  service: { namespace: 'organization', path: (ref) => `/services/${ref}` },
  product: { namespace: 'organization', path: (ref) => `/products/${ref}` },
  scope_statement: { namespace: 'organization', path: (_ref, id) => `/scope/versions/${id}` },
  scope_interface: { namespace: 'organization', path: (ref) => `/scope/interfaces/${ref}` },
  scope_exclusion: { namespace: 'organization', path: (ref) => `/scope/exclusions/${ref}` },
  organization: { namespace: 'organization', path: () => '/organization' },
  import_run: { namespace: 'web' },
  membership: { namespace: 'web', path: () => '/members' },
  api_token: { namespace: 'web', path: () => '/members' },
}

/** Parts of records: named in the trail, not looked for by themselves. */
const parts: Readonly<Record<string, string>> = {
  action_control: 'risk',
  asset_dependency: 'assets',
  role_assignment: 'people',
  risk_action_evidence: 'risk',
  risk_approval: 'risk',
  risk_asset: 'risk',
  risk_control: 'risk',
  risk_level_map: 'risk',
  risk_obligation: 'risk',
  risk_option: 'risk',
  risk_rescoring: 'risk',
  risk_rise: 'risk',
  risk_run_member: 'risk',
  risk_run_result: 'risk',
  risk_signature: 'risk',
  control_evidence: 'controls',
  control_obligation: 'controls',
  import_mapping: 'web',
  saved_view: 'web',
}

/** Record types the audit trail can be narrowed to, in the order people look for them. */
export const recordTypes: readonly string[] = Object.keys(homes)

/** Which module's texts tell of a record type. */
export const namespaceOfType = (type: string): string => homes[type]?.namespace ?? parts[type] ?? 'web'

/** A sentence of the texts: what an action does to records of a type. */
export interface KnownAction {
  readonly type: string
  /** The part of the action after its dot. */
  readonly verb: string
}

/** Words of the modules for what histories mention; what has no text keeps its stable name. */
export interface RecordWords extends HistoryWords {
  /** The page of a record as it was at the end of a day. */
  readonly pathOn: (record: NamedRecord, day: string) => string | null
  /** Every action that has a sentence, by record type in the order of the navigation. */
  readonly actions: () => readonly KnownAction[]
}

export function useRecordWords(): RecordWords {
  const { t, i18n } = useTranslation()
  const { org } = useScope()
  return useMemo(() => {
    const named = (namespace: string, keys: readonly string[], otherwise: string, values = {}): string => {
      const key = keys.find((one) => i18n.exists(one, { ns: namespace }))
      return key === undefined ? otherwise : t(key, { ns: namespace, ...values })
    }
    const path: HistoryWords['path'] = ({ type, ref, id }) => {
      const to = homes[type]?.path?.(ref, id)
      return to === undefined ? null : `/o/${org ?? ''}${to}`
    }
    return {
      type: (type) => named('web', [`recordTypes.${type}`], type),
      sentence: (type, action, values, as) => {
        const verb = action.slice(action.indexOf('.') + 1)
        const common = named('web', [`actions.any.${verb}`], verb.replaceAll('_', ' '), values)
        return named(
          namespaceOfType(type),
          [`actions.${type}.${verb}_${as ?? ''}`, `actions.${type}.${verb}`],
          common,
          values,
        )
      },
      field: (type, field) => named(namespaceOfType(type), [`fieldsOf.${type}.${field}`, `fields.${field}`], field),
      value: (group, value) => {
        const [namespace = '', key = ''] = group.split(':')
        return named(namespace, [`${key}.${value}`], value)
      },
      byName: (type) => type === 'person',
      path,
      pathOn: (record, day) => {
        const to = path(record)
        return to === null ? null : `${to}${to.includes('?') ? '&' : '?'}at=${day}`
      },
      actions: () =>
        [...Object.keys(homes), ...Object.keys(parts)].flatMap((type) => {
          const of: unknown = i18n.getResource(i18n.language, namespaceOfType(type), `actions.${type}`)
          return typeof of === 'object' && of !== null
            ? Object.keys(of)
                .filter((verb) => !/_[a-z]+Id$/.test(verb))
                .map((verb) => ({ type, verb }))
            : []
        }),
    }
  }, [t, i18n, org])
}
