import {
  IconAppWindow,
  IconAward,
  IconBuilding,
  IconCloud,
  IconDatabase,
  IconDeviceLaptop,
  IconFileText,
  IconUsers,
} from '@tabler/icons-react'
import { useText } from '#ui/text.ts'
import type { assetKinds } from '../domain/asset.ts'

type Kind = (typeof assetKinds)[number]

const icons = {
  information: IconFileText,
  data: IconDatabase,
  software: IconAppWindow,
  hardware: IconDeviceLaptop,
  service: IconCloud,
  people: IconUsers,
  site: IconBuilding,
  intangible: IconAward,
} as const satisfies Record<Kind, unknown>

/** What sort of thing an asset is: a sign and the word. */
export function AssetKind({ kind }: { kind: Kind }) {
  const t = useText('assets')
  const Icon = icons[kind]
  return (
    <span
      style={{ display: 'inline-flex', alignItems: 'center', gap: 6, whiteSpace: 'nowrap', verticalAlign: 'bottom' }}
    >
      <Icon size={15} stroke={1.6} aria-hidden="true" style={{ color: 'var(--pl-muted)', flex: 'none' }} />
      {t(`kinds.${kind}`)}
    </span>
  )
}
