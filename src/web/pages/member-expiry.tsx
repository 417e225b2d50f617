import type { ComponentProps } from 'react'
import { needsExpiry } from '#platform/access/roles.ts'
import { DateField } from '#ui/date-field.tsx'
import { useText } from '#ui/text.ts'

/** What the field of the last day says: whoever audits from outside cannot go without one. */
export function useExpiryTexts(): (roles: readonly string[]) => { label: string; hint: string; optional: boolean } {
  const t = useText('web')
  return (roles) => {
    const needed = needsExpiry(roles)
    return {
      label: t('members.expiry'),
      hint: needed ? t('members.expiryNeeded') : t('members.expiryHint'),
      optional: !needed,
    }
  }
}

/** A day in a field that holds the end of it as an instant. */
export function ExpiryField({ value, onChange, ...rest }: ComponentProps<typeof DateField>) {
  return (
    <DateField
      {...rest}
      value={value?.slice(0, 10) ?? null}
      onChange={(day) => onChange(day === null ? null : `${day}T23:59:59.999Z`)}
    />
  )
}
