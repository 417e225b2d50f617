import { type ComponentType, createContext, useContext } from 'react'
import type { ListState } from './use-list-state.ts'

/** What the menu of saved views is told about the list it stands in. */
export interface ViewMenuProps {
  /** Name of the list, `risks`. */
  name: string
  list: ListState
  /** Keys of the columns on screen: a saved view brings them back. */
  columns: readonly string[]
}

/** What the frame around a list offers it. */
export interface ListFrame {
  /** The record shown beside the list, as its full path; null for none. */
  readonly beside: string | null
  /** Whether the record at a path can be shown beside the list now; a phone has no room. */
  readonly fits: (path: string) => boolean
  readonly open: (path: string) => void
  readonly close: () => void
  /** Moves the keyboard into the record beside the list. */
  readonly enter: () => void
  /** Menu of saved views; absent where nothing can be saved. */
  readonly ViewMenu: ComponentType<ViewMenuProps> | null
}

const alone: ListFrame = {
  beside: null,
  fits: () => false,
  open: () => {},
  close: () => {},
  enter: () => {},
  ViewMenu: null,
}

/** Set by the shell; a list without a frame opens records as pages. */
export const ListFrameContext = createContext<ListFrame>(alone)

export const useListFrame = (): ListFrame => useContext(ListFrameContext)
