import { Checkbox, Select } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Diff } from '#ui/diff.tsx'
import { diffWords } from '#ui/diff-words.ts'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { StateGlyph, StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { controls } from '../contract.ts'
import styles from './redline.module.css'
import type { RedlineRow, VersionView } from './wire.ts'

type Field = RedlineRow['fields'][number]

/** What changed from a version to another one, or to the working statement; word by word. */
export function Redline({ version }: { version: VersionView }) {
  const t = useText('controls')
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as { to?: string; material?: string }
  const { data: versions } = useApi(controls.statements, {})
  // Whoever is asked to issue a proposal wants to see what it changes about the version in force.
  const before = version.status === 'proposed' ? versions.items.find((one) => one.status === 'issued') : undefined
  const others = versions.items.filter((one) => one.id !== version.id && one.id !== before?.id)
  const to = others.find((one) => one.id === search.to)
  const since = search.to === undefined ? before : undefined
  const { data } = useApi(controls.redline, {
    params: { soaId: since?.id ?? version.id },
    query: since !== undefined ? { to: version.id } : to === undefined ? {} : { to: to.id },
  })
  const usual = before === undefined ? 'now' : 'since'
  const patch = (change: Record<string, string | undefined>) =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, ...change }),
      replace: true,
      resetScroll: false,
    } as Parameters<typeof navigate>[0])
  const only = search.material === 'true'
  const rows = only ? data.rows.filter(isMaterial) : data.rows
  const material = data.rows.filter(isMaterial).length
  return (
    <div>
      <div className={styles['bar']}>
        <Select
          size="xs"
          w={280}
          allowDeselect={false}
          aria-label={t('redline.with')}
          value={since === undefined ? (to?.id ?? 'now') : 'since'}
          data={[
            ...(before === undefined ? [] : [{ value: 'since', label: t('redline.since', { number: before.number }) }]),
            { value: 'now', label: t('redline.working') },
            ...others.map((one) => ({
              value: one.id,
              label: `${t('issued.version', { number: one.number })} (${t(`versions.states.${one.status}`)})`,
            })),
          ]}
          onChange={(value) => patch({ to: value === usual ? undefined : (value ?? undefined) })}
        />
        <Checkbox
          label={t('redline.onlyMaterial')}
          checked={only}
          onChange={(event) => patch({ material: event.currentTarget.checked ? 'true' : undefined })}
        />
        <span className="pl-muted" aria-live="polite">
          {t('redline.counts', { count: data.rows.length, material })}
        </span>
      </div>
      {rows.length === 0 ? (
        <div className={styles['nothing']}>
          <span style={{ color: 'var(--pl-good)' }}>
            <StateGlyph glyph="check" size={14} />
          </span>
          {data.rows.length === 0 ? t('redline.same') : t('redline.noMaterial')}
        </div>
      ) : (
        <ol className={styles['rows']}>
          {rows.map((row) => (
            <Change key={row.ref} row={row} only={only} />
          ))}
        </ol>
      )}
      <p className={styles['legend']}>
        {since === undefined ? t('redline.legend') : t('redline.legendSince', { number: since.number })}
      </p>
    </div>
  )
}

const isMaterial = (row: RedlineRow): boolean => row.kind !== 'changed' || row.fields.some((field) => field.material)

function Change({ row, only }: { row: RedlineRow; only: boolean }) {
  const t = useText('controls')
  const path = useOrgPath()
  const fields = only ? row.fields.filter((field) => field.material) : row.fields
  return (
    <li className={styles['row']}>
      <div className={styles['head']}>
        <PathLink to={path(`/controls/${row.ref}`)} className={styles['name']}>
          <span className="pl-ref">{row.ref}</span> {row.title}
        </PathLink>
        {row.kind === 'changed' ? null : (
          <StatusBadge tone={row.kind === 'added' ? 'good' : 'bad'} glyph={row.kind === 'added' ? 'full' : 'cross'}>
            {t(`redline.${row.kind}`)}
          </StatusBadge>
        )}
        {isMaterial(row) ? (
          <StatusBadge plain tone="warn" glyph="alert">
            {t('redline.material')}
          </StatusBadge>
        ) : null}
      </div>
      {fields.length === 0 ? null : (
        <dl className={styles['fields']}>
          {fields.map((field) => (
            <div key={field.field} data-material={field.material}>
              <dt>{t(`fields.${field.field}`)}</dt>
              <dd>
                <FieldDiff field={field} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}

const proseFields: readonly string[] = ['title', 'justification', 'implementation', 'provider']
/** Several references in one field: what stayed is not struck out with what went. */
const listFields: readonly string[] = ['evidence', 'drivers']

/** Texts that were edited are compared word by word; fixed words and texts written anew stand whole, old before new. */
function FieldDiff({ field }: { field: Field }) {
  const t = useText('controls')
  const format = useFormat()
  const word = (value: string): string => {
    if (value === '') return ''
    if (field.field === 'applicability') return t(`applicability.${value}`)
    if (field.field === 'declared') return t(`declared.${value}`)
    if (field.field === 'operatedBy') return t(`how.operators.${value}`)
    return field.field === 'plannedOn' ? format.date(value) : value
  }
  const [before, after] = [word(field.before), word(field.after)]
  if (listFields.includes(field.field)) return <Diff before={before} after={after} />
  if (before === '' || after === '' || (proseFields.includes(field.field) && isEdited(before, after))) {
    return <Diff before={before} after={after} />
  }
  return (
    <span className={styles['whole']}>
      <Diff before={before} after="" />
      <Diff before="" after={after} />
    </span>
  )
}

/** Whether a good part of the words stayed. */
function isEdited(before: string, after: string): boolean {
  const same = diffWords(before, after).reduce((sum, part) => sum + (part.kind === 'same' ? part.text.length : 0), 0)
  return same * 2 >= Math.min(before.length, after.length)
}
