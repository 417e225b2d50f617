import { notifications } from '@mantine/notifications'

/** A short word that something is done: “Risk created”. Failures belong beside what failed, not here. */
export function notify(text: string): void {
  notifications.show({ message: text, autoClose: 4000, withBorder: true, withCloseButton: false })
}
