// Monaco draws its lines by HTML strings, which Trusted Types forbid. It asks its environment for each of its policies;
// it gets one of ours, for HTML alone, and that lets through only what lines are made of: div, span and br with class,
// style and the like. No other element, no event handler, no address; so a hole in Monaco's escaping ends here. For
// scripts' and workers' URLs there is none: Monaco runs without a worker of its own.

const tag =
  /<\/?(?:div|span|br)(?:\s+(?:class|style|dir|role|title|tabindex|translate|aria-[a-z]+|data-[a-z-]+)="[^"<>]*")*\s*\/?>/g

/** Whether HTML is nothing but boxes of text. */
export const isPlain = (html: string): boolean => !/[<>]/.test(html.replaceAll(tag, ''))

interface Rules {
  createHTML(html: string): string
}

interface Policy extends Rules {
  readonly name: string
}

/** The policy named `rediscover-editor`; itself where the browser knows no Trusted Types. */
export function markupPolicy(factory?: { createPolicy(name: string, rules: Rules): Policy }): Policy {
  const rules: Rules = {
    createHTML(html) {
      if (!isPlain(html)) throw new TypeError(`the editor would draw more than text: ${html.slice(0, 200)}`)
      return html
    },
  }
  return factory?.createPolicy('rediscover-editor', rules) ?? { name: 'rediscover-editor', ...rules }
}
