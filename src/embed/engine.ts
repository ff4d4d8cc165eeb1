// The engine's worker for a frame. A frame without an origin may not start a worker from an address, only from a blob,
// and only a classic one: so the page carries the worker as text, and every frame starts it the same way. Under Trusted
// Types that blob's address must come from a policy: ours lets through what it has made itself, and nothing else.
import source from 'virtual:engine'

interface Policy {
  createScriptURL(url: string): string
}

const made = new Set<string>()

function ours(url: string): string {
  if (!made.delete(url)) throw new TypeError(`not a worker of ours: ${url}`)
  return url
}

const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes
const policy: Policy = factory?.createPolicy('rediscover', { createScriptURL: ours }) ?? { createScriptURL: ours }

/** Starts the engine; `database` is where it keeps sessions. */
export function startEngine(database: string): Worker {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  made.add(url)
  // The address is not given back: a worker that is slow to start would not find it any more, and it dies with the page.
  return new Worker(policy.createScriptURL(url), { name: database })
}
