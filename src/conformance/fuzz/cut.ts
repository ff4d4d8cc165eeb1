/** How often a shorter run is tried. */
const MOST_TRIES = 800

/**
 * Leaves out ever smaller parts of what fails, as long as what remains still fails. `retry` gives what is still needed of
 * the parts, or null where they do not fail.
 */
export async function cutDown<T>(
  all: readonly T[],
  retry: (parts: readonly T[]) => Promise<readonly T[] | null>,
): Promise<readonly T[]> {
  let parts = all
  let tries = 0
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < parts.length && tries < MOST_TRIES;) {
      const fewer = [...parts.slice(0, from), ...parts.slice(from + size)]
      const found = fewer.length > 0 ? await retry(fewer) : null
      tries++
      if (found) parts = found
      else from += size
    }
  }
  return parts
}
