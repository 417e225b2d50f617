import { useNavigate } from '@tanstack/react-router'

/** Puts a day into the address, or takes it out. */
export function useLookAt(): (day: string | null) => void {
  const navigate = useNavigate()
  return (day) =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, at: day ?? undefined }),
    } as Parameters<typeof navigate>[0])
}
