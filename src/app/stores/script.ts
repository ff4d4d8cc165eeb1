// The session's script: its text is kept with the notebook. What runs it comes with the pane, when that is first opened.
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface ScriptState {
  readonly text: string
  /** Where lines run that name no client; null until the person or a run has chosen. */
  readonly client: string | null
  /** Raised when another session's script is here. */
  readonly opened: number

  readonly write: (text: string) => void
  readonly choose: (client: string) => void
  readonly restore: (text: string | undefined) => void
}

export type ScriptStore = StoreApi<ScriptState>

export const createScriptStore = (): ScriptStore =>
  createStore<ScriptState>()((set, get) => ({
    text: '',
    client: null,
    opened: 0,
    write: (text) => set({ text }),
    choose: (client) => set({ client }),
    restore: (text = '') => set({ text, client: null, opened: get().opened + 1 }),
  }))
