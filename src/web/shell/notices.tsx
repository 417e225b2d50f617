import '@mantine/notifications/styles.css'
import { Notifications } from '@mantine/notifications'

/** Where short words such as “Risk created” appear. Those that came before it was loaded wait in their store. */
export function Notices() {
  return <Notifications position="bottom-right" limit={3} />
}
