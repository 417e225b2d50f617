import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import '#ui/theme.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { cssVariables, theme } from '#ui/theme.ts'
import { newQueryClient } from './api.ts'
import { loadRefusalTexts, startI18n } from './i18n.ts'
import { newRouter } from './router.tsx'
import { OutageBand } from './shell/outage-band.tsx'

// No page needs it to be shown.
const Notices = lazy(() => import('./shell/notices.tsx').then((m) => ({ default: m.Notices })))

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
// The library that locks scrolling behind dialogs reads the nonce from this name.
Object.assign(globalThis, { __webpack_nonce__: nonce })

const client = newQueryClient()
await startI18n()
const router = newRouter(client)
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="auto"
    colorSchemeManager={localStorageColorSchemeManager({ key: 'plumbline.scheme' })}
    getStyleNonce={() => nonce}
  >
    <QueryClientProvider client={client}>
      <Suspense fallback={null}>
        <Notices />
      </Suspense>
      <RouterProvider router={router} />
      <OutageBand />
    </QueryClientProvider>
  </MantineProvider>,
)
void loadRefusalTexts()
