// Under Trusted Types a worker's address must come from a policy. Ours lets exactly one kind through: a file of this site.

interface Policy {
  createScriptURL(url: string): string
}

interface Factory {
  createPolicy(name: string, rules: Policy): Policy
}

function ours(url: string): string {
  const { origin, protocol } = new URL(url, location.href)
  if (origin !== location.origin || !/^https?:$|^file:$/.test(protocol))
    throw new TypeError(`not a worker of ours: ${url}`)
  return url
}

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes
const policy: Policy = factory?.createPolicy('rediscover', { createScriptURL: ours }) ?? { createScriptURL: ours }

/** The address of a worker of this site, as the browser wants it. Throws a TypeError for any other address. */
export const trusted = (url: string): string => policy.createScriptURL(url)
