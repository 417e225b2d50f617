import { addDays, type LocalDate } from '#kernel/time.ts'

/** Days people ask about: the ends of the last month, quarter and year. */
export function usualDays(today: LocalDate): { key: 'month' | 'quarter' | 'year'; day: LocalDate }[] {
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7))
  const endBefore = (y: number, m: number) => addDays(`${y}-${String(m).padStart(2, '0')}-01` as LocalDate, -1)
  return [
    { key: 'month', day: endBefore(year, month) },
    { key: 'quarter', day: endBefore(year, month - ((month - 1) % 3)) },
    { key: 'year', day: endBefore(year, 1) },
  ]
}
