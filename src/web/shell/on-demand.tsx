import { type ComponentProps, lazy, Suspense, useEffect, useState } from 'react'
import { isTyping } from '#ui/use-table-keys.ts'
import { commandTypeAhead } from './type-ahead.ts'

/** Fetches the command menu, so that it opens at once when it is asked for. */
export const loadCommands = () => import('./command-menu.tsx')
const CommandMenu = lazy(() => loadCommands().then((m) => ({ default: m.CommandMenu })))
const ShortcutHelp = lazy(() => import('./shortcut-help.tsx').then((m) => ({ default: m.ShortcutHelp })))

const helpEvent = 'plumbline:keys'

/** Opens the list of keys from anywhere. */
export function openShortcutHelp(): void {
  document.dispatchEvent(new Event(helpEvent))
}

const isCommandKey = (event: KeyboardEvent): boolean =>
  event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.altKey

/**
 * Command menu and list of keys: no page needs them to be shown, so they are fetched when first asked for, the menu
 * already when the browser has nothing else to do.
 */
export function useOnDemand(): { openCommands: () => void; wanted: boolean } {
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    const idle = setTimeout(() => void loadCommands(), 2500)
    let opened = false
    const onKey = (event: KeyboardEvent) => {
      // Whoever reaches for the modifier may be about to ask.
      if (event.key === 'Control' || event.key === 'Meta') void loadCommands()
      if (isCommandKey(event)) {
        event.preventDefault()
        if (!opened) commandTypeAhead.begin()
        opened = true
        setWanted(true)
      } else if (commandTypeAhead.key(event)) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => {
      clearTimeout(idle)
      document.removeEventListener('keydown', onKey)
    }
  }, [])
  const openCommands = () => {
    if (wanted) void loadCommands().then((m) => m.openCommandMenu())
    else {
      commandTypeAhead.begin()
      setWanted(true)
    }
  }
  return { openCommands, wanted }
}

/** The command menu, once it was asked for. */
export function CommandsOnDemand({ wanted, ...rest }: ComponentProps<typeof CommandMenu> & { wanted: boolean }) {
  return wanted ? (
    <Suspense fallback={null}>
      <CommandMenu {...rest} />
    </Suspense>
  ) : null
}

/** The list of keys; `?` opens it. */
export function HelpOnDemand() {
  const [opened, setOpened] = useState(false)
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    const show = () => {
      setWanted(true)
      setOpened(true)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) show()
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener(helpEvent, show)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener(helpEvent, show)
    }
  }, [])
  return wanted ? (
    <Suspense fallback={null}>
      <ShortcutHelp opened={opened} onClose={() => setOpened(false)} />
    </Suspense>
  ) : null
}
