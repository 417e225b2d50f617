// Runs before the first paint: the colour scheme chosen earlier, else the one of the system.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('plumbline.scheme')
  } catch {
    // Storage is blocked: follow the system.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
