// Values of kinds that we cannot read: streams and modules'. Where they end can be found, so they are stepped over.
import type { In } from './in.ts'

/** Steps over a value of a kind that is not known to us; says which kind it is. */
export function stepOver(from: In, form: number, at: number): string {
  if (form === 15 || form === 19 || form === 21) {
    stream(from, form)
    return 'stream'
  }
  if (form === 7) {
    from.size64()
    modulesParts(from)
    return 'module'
  }
  return from.fail(`a value of form ${form}, whose end cannot be found`, at, 'form')
}

const MODULE_END = 0

/** What a module wrote, part by part, up to its end. */
export function modulesParts(from: In): void {
  for (let part = from.size(); part !== MODULE_END; part = from.size()) {
    if (part === 1 || part === 2) from.size64()
    else if (part === 3) from.raw(4)
    else if (part === 4) from.raw(8)
    else if (part === 5) from.skip()
    else from.fail("a part of a module's value that is not known", from.at, 'form')
  }
}

/** A stream: its nodes, what it counts, its groups with what they have given out and to whom. */
function stream(from: In, form: number): void {
  const sizes = (count: number) => {
    for (let i = 0; i < count; i++) from.size64()
  }
  for (let nodes = from.size(); nodes > 0; nodes--) {
    from.skip()
    from.skip()
  }
  sizes(form >= 19 ? 8 : 3)
  for (let groups = from.size(); groups > 0; groups--) {
    from.skip()
    sizes(form >= 19 ? 3 : 2)
    for (let pending = from.size(); pending > 0; pending--) {
      from.raw(16 + 8)
      from.size()
    }
    for (let consumers = from.size(); consumers > 0; consumers--) {
      from.skip()
      from.raw(form >= 21 ? 16 : 8)
      for (let pending = from.size(); pending > 0; pending--) from.raw(16)
    }
  }
}
