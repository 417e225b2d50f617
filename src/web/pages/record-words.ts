import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Which module's texts name the actions and fields of a record type, and where such a record is looked at. */
const homes: Readonly<Record<string, { namespace: string; path?: (ref: string, id: string) => string }>> = {
  asset: { namespace: 'assets', path: (ref) => `/assets/${ref}` },
  classification_level: { namespace: 'assets', path: () => '/assets/classification' },
  person: { namespace: 'people', path: (ref) => `/people/${ref}` },
  team: { namespace: 'people', path: (_ref, id) => `/teams/${id}` },
  isms_role: { namespace: 'people', path: (ref) => `/roles/${ref}` },
  risk: { namespace: 'risk', path: (ref) => `/risks/${ref}` },
  risk_action: { namespace: 'risk', path: () => '/risks/actions' },
  risk_method: { namespace: 'risk', path: () => '/risks/method' },
  risk_run: { namespace: 'risk', path: () => '/risks/runs' },
  control: { namespace: 'controls', path: (ref) => `/controls/${ref}` },
  soa_version: { namespace: 'controls', path: () => '/soa/versions' },
  artefact: { namespace: 'evidence', path: (ref) => `/evidence/${ref}` },
  obligation: { namespace: 'obligations', path: (ref) => `/obligations/${ref}` },
  interested_party: { namespace: 'obligations', path: () => '/interested-parties' },
  unit: { namespace: 'organization', path: (ref) => `/units/${ref}` },
  site: { namespace: 'organization', path: (ref) => `/sites/${ref}` },
  service: { namespace: 'organization', path: (ref) => `/services/${ref}` },
  product: { namespace: 'organization', path: (ref) => `/products/${ref}` },
  scope_statement: { namespace: 'organization', path: () => '/scope' },
  scope_interface: { namespace: 'organization', path: (ref) => `/scope/interfaces/${ref}` },
  scope_exclusion: { namespace: 'organization', path: (ref) => `/scope/exclusions/${ref}` },
  organization: { namespace: 'organization', path: () => '/organization' },
  import_run: { namespace: 'web' },
  membership: { namespace: 'web', path: () => '/members' },
  api_token: { namespace: 'web', path: () => '/members' },
}

/** Parts of records: named in the trail, not looked for by themselves. */
const parts: Readonly<Record<string, string>> = {
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
}

/** The module whose texts name a record type's actions and fields; null for what the trail does not show. */
export const wordsOf = (type: string): string | null => homes[type]?.namespace ?? parts[type] ?? null

/** Record types the audit trail can be narrowed to, in the order people look for them. */
export const recordTypes: readonly string[] = Object.keys(homes)

/** Names of record types, actions and fields wherever they appear outside their own module. */
export interface RecordWords {
  readonly type: (type: string) => string
  /** `risk.accepted` of a risk → “Accepted”. */
  readonly action: (type: string, action: string) => string
  readonly field: (type: string, field: string) => string
  readonly value: (type: string, field: string, value: string) => string
  /** Inside the organization; null where there is no page. */
  readonly path: (type: string, ref: string, id: string) => string | null
}

/** Names things by the texts of the modules; what has no text keeps its stable name. */
export function useRecordWords(): RecordWords {
  const { t, i18n } = useTranslation()
  return useMemo(() => {
    const named = (type: string, key: string, otherwise: string): string => {
      const namespace = wordsOf(type) ?? 'web'
      return i18n.exists(key, { ns: namespace }) ? t(key, { ns: namespace }) : otherwise
    }
    return {
      type: (type) => named('', `recordTypes.${type}`, type),
      action: (type, action) => {
        const [subject = '', verb = action] = action.split('.')
        return named(type, `actions.${subject}.${verb}`, named(type, `actions.${verb}`, verb.replaceAll('_', ' ')))
      },
      field: (type, field) => named(type, `fields.${field}`, field),
      value: (type, field, value) => named(type, `values.${field}.${value}`, value),
      path: (type, ref, id) => homes[type]?.path?.(ref, id) ?? null,
    }
  }, [t, i18n])
}
