import { useText } from '#ui/text.ts'
import { limitsOf, membersOf, type Schema, typeOf, valuesOf } from './api-description.ts'
import styles from './api-docs.module.css'

/** A name with what its value is: type, values, bounds, what it means, and the members below it. */
export function Member({
  name,
  schema,
  required,
  note,
}: {
  name: string
  schema: Schema
  required: boolean
  note?: string | undefined
}) {
  const t = useText('api-docs')
  const values = valuesOf(schema)
  const members = membersOf(schema)
  const description = note ?? schema.description
  return (
    <li className={styles['member']}>
      <code className={styles['name']}>{name}</code> <span className={styles['type']}>{typeOf(schema)}</span>
      {required ? <span className={styles['required']}>{t('required')}</span> : null}
      {limitsOf(schema).map((limit) => (
        <span key={limit} className={styles['limit']}>
          {limit}
        </span>
      ))}
      {description === undefined ? null : (
        <div lang="en" className={styles['note']}>
          {description}
        </div>
      )}
      {values.length === 0 ? null : (
        <div className={styles['values']}>
          {values.map((value) => (
            <code key={String(value)}>{String(value)}</code>
          ))}
        </div>
      )}
      {members.length === 0 ? null : <Members members={members} />}
    </li>
  )
}

function Members({ members }: { members: ReturnType<typeof membersOf> }) {
  return (
    <ul className={styles['members']}>
      {members.map((one) => (
        <Member key={one.name} {...one} />
      ))}
    </ul>
  )
}

/** A body: what it is as a whole, and its members. */
export function SchemaView({ type, schema }: { type: string; schema: Schema }) {
  const members = membersOf(schema)
  return (
    <>
      <p className={styles['whole']}>
        <code>{type}</code> <span className={styles['type']}>{schema.format === 'binary' ? '' : typeOf(schema)}</span>
      </p>
      {members.length === 0 ? null : <Members members={members} />}
    </>
  )
}
