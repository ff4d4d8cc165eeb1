// The content security policy of each page, in one place. A static host sends no headers, so it stands in a <meta> of
// the built page. hosting.ts makes header files of the same lines, for hosts that do send some: a worker is a document of
// its own and knows its page's <meta> not.
// Trusted Types: the policy `rediscover` makes the URL of our own worker and nothing else; no string ever becomes a script.
// No string of ours becomes HTML. Monaco's lines do: `rediscover-editor` lets them, and only them, through (see
// app/script/markup.ts); it exists from when the script editor is first opened.
import type { Plugin } from 'vite'

export interface SitePage {
  /** Its file, below the site's own path. */
  readonly file: string
  readonly rules: readonly string[]
  /** Who may show it in a frame. Only a header can say so: in a <meta> it is ignored. */
  readonly ancestors: string
}

/** What holds on every page: nothing from elsewhere, no string that becomes code. */
const always = ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'none'"].concat(
  "img-src 'self' data:",
  // React sets styles through the DOM; panes and the script editor bring <style> elements of their own, and Monaco's
  // lines have style attributes.
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "require-trusted-types-for 'script'",
)

/** Every page that is built. Tests, header files and docs/hosting.md go by this list. */
export const sitePages: readonly SitePage[] = [
  {
    file: 'index.html',
    rules: [
      ...always,
      "worker-src 'self'",
      // https: for a lesson that a person opens by its address, and for nothing else: app/share/address.ts is the only
      // place that may ask for one (architecture.test.ts looks).
      "connect-src 'self' https:",
      "manifest-src 'self'",
      // How a frame in another page will look: our own embed.html.
      "frame-src 'self'",
      'trusted-types rediscover rediscover-editor',
    ],
    ancestors: "'self'",
  },
  {
    // The page in another page's frame has all in one script; its worker is a blob, and it asks for nothing else.
    file: 'embed.html',
    rules: [...always, 'worker-src blob:', 'trusted-types rediscover'],
    ancestors: '*',
  },
]

/** What a page's <meta> says. */
export const policyOf = ({ rules }: SitePage): string => rules.join('; ')

/** Adds its policy to every page that is built; the development server needs looser rules and gets none. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml(_, { filename }) {
      const page = sitePages.find(({ file }) => filename.endsWith(`/${file}`))
      if (!page) throw new Error(`${filename} has no policy: give it a line in src/tools/policy.ts`)
      return [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: policyOf(page) },
          injectTo: 'head-prepend',
        },
      ]
    },
  }
}
