import { type FocusEventHandler, type ReactNode, useId } from 'react'
import styles from './scale-picker.module.css'

export interface ScaleLevel {
  readonly level: number
  readonly label: string
  /** What the level means, as the method defines it; stays in view while one chooses. */
  readonly definition: string
}

/** Choosing a level of a scale with every definition in view; arrow keys move, as in any group of radio buttons. */
export function ScalePicker({
  id,
  label,
  description,
  levels,
  value,
  onChange,
  onBlur,
  error,
}: {
  id?: string | undefined
  label: ReactNode
  description?: ReactNode
  levels: readonly ScaleLevel[]
  value: number | null
  onChange: (level: number) => void
  onBlur?: FocusEventHandler | undefined
  error?: ReactNode
}) {
  const own = useId()
  const name = id ?? own
  const bad = error !== undefined && error !== null && error !== false
  return (
    // The group listens for the focus leaving all of its radio buttons.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      className={styles['group']}
      id={name}
      tabIndex={-1}
      aria-describedby={bad ? `${name}-error` : undefined}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onBlur?.(event)
      }}
    >
      <legend className={styles['legend']}>{label}</legend>
      {description === undefined ? null : <div className={styles['hint']}>{description}</div>}
      <div className={bad ? `${styles['levels']} ${styles['invalid']}` : styles['levels']}>
        {levels.map((level) => (
          <label key={level.level} className={styles['level']}>
            <input
              type="radio"
              name={`${name}-level`}
              checked={value === level.level}
              onChange={() => onChange(level.level)}
            />
            <span className={styles['number']}>{level.level}</span>
            <span className={styles['name']}>{level.label}</span>
            <span className={styles['definition']}>{level.definition}</span>
          </label>
        ))}
      </div>
      {bad ? (
        <div id={`${name}-error`} className={styles['error']}>
          {error}
        </div>
      ) : null}
    </fieldset>
  )
}
