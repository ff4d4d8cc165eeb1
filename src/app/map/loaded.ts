import { useEffect, useState } from 'react'

export type Loaded<T> =
  | { readonly is: 'loading' }
  | { readonly is: 'there'; readonly what: T }
  | { readonly is: 'failed' }

/** What a promise brings; asked for anew with another `load`. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [loaded, set] = useState<{ readonly by: () => Promise<T>; readonly now: Loaded<T> } | null>(null)
  useEffect(() => {
    let alive = true
    const tell = (now: Loaded<T>) => {
      if (alive) set({ by: load, now })
    }
    load().then(
      (what) => tell({ is: 'there', what }),
      () => tell({ is: 'failed' }),
    )
    return () => {
      alive = false
    }
  }, [load])
  return loaded?.by === load ? loaded.now : { is: 'loading' }
}
