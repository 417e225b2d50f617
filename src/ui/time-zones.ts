/**
 * The names of time zones to choose from (IANA, as the browser knows them), with one more where it is not among them: UTC,
 * say, or an older name.
 */
export function timeZones(current: string | undefined): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return current === undefined || known.includes(current) ? known : [current, ...known]
}
