// SORT with BY and LIMIT sorts only as much as it shows: a quicksort (Bentley and McIlroy's, in three parts) that leaves alone
// the parts outside the range that is asked for. It is not stable, and which of equal elements a LIMIT shows hangs on its
// very steps; so these are the server's steps.

type Compare<T> = (a: T, b: T) => number

/** Sorts `items` in place, so that the places `from` to `to` (inclusive) hold what a full sort would put there. */
export function partialSort<T>(items: T[], compare: Compare<T>, from: number, to: number): void {
  const open: [start: number, size: number][] = [[0, items.length]]
  for (let part = open.pop(); part; part = open.pop()) {
    const [start, size] = part
    if (size < 7) insertionSort(items, compare, start, size)
    else
      for (const [first, count] of partition(items, compare, start, size))
        if (count > 1 && from < first + count && to >= first) open.push([first, count])
  }
}

function insertionSort<T>(items: T[], compare: Compare<T>, start: number, size: number): void {
  for (let i = start + 1; i < start + size; i++)
    for (let j = i; j > start && compare(items[j - 1]!, items[j]!) > 0; j--) swap(items, j, j - 1)
}

function swap<T>(items: T[], i: number, j: number): void {
  const held = items[i]!
  items[i] = items[j]!
  items[j] = held
}

/** Swaps `count` places from `i` on with as many from `j` on. */
function swapMany<T>(items: T[], i: number, j: number, count: number): void {
  for (let k = 0; k < count; k++) swap(items, i + k, j + k)
}

/** Deals a part out into smaller, equal and larger; gives the first and the last of these. */
function partition<T>(items: T[], compare: Compare<T>, start: number, size: number): [start: number, size: number][] {
  const end = start + size
  swap(items, start, pivot(items, compare, start, size))
  const middle = items[start]!
  // Equal ones gather at both ends: below `equalLeft` and above `equalRight`.
  let equalLeft = start + 1
  let left = start + 1
  let right = end - 1
  let equalRight = end - 1
  for (;;) {
    for (let r = 0; left <= right && (r = compare(items[left]!, middle)) <= 0; left++)
      if (r === 0) swap(items, equalLeft++, left)
    for (let r = 0; left <= right && (r = compare(items[right]!, middle)) >= 0; right--)
      if (r === 0) swap(items, right, equalRight--)
    if (left > right) break
    swap(items, left++, right--)
  }
  const before = Math.min(equalLeft - start, left - equalLeft)
  swapMany(items, start, left - before, before)
  const after = Math.min(equalRight - right, end - equalRight - 1)
  swapMany(items, left, end - after, after)
  return [
    [start, left - equalLeft],
    [end - (equalRight - right), equalRight - right],
  ]
}

/** The middle one; of more than seven the median of three, of more than forty the median of three such medians. */
function pivot<T>(items: T[], compare: Compare<T>, start: number, size: number): number {
  let middle = start + Math.floor(size / 2)
  if (size === 7) return middle
  let low = start
  let high = start + size - 1
  if (size > 40) {
    const step = Math.floor(size / 8)
    low = median(items, compare, low, low + step, low + 2 * step)
    middle = median(items, compare, middle - step, middle, middle + step)
    high = median(items, compare, high - 2 * step, high - step, high)
  }
  return median(items, compare, low, middle, high)
}

function median<T>(items: T[], compare: Compare<T>, a: number, b: number, c: number): number {
  const [x, y, z] = [items[a]!, items[b]!, items[c]!]
  if (compare(x, y) < 0) return compare(y, z) < 0 ? b : compare(x, z) < 0 ? c : a
  return compare(y, z) > 0 ? b : compare(x, z) < 0 ? a : c
}
