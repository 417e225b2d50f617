/** Digits behind the decimal point of a currency: amounts are kept in its smallest unit, 2 for EUR (cents), 0 for JPY. */
export const currencyDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
