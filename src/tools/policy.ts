// The page's content security policy, put into the built pages. A static host sends no headers, so it stands in a <meta>.
// Trusted Types: the policy `rediscover` makes the URL of our own worker and nothing else; no string ever becomes a script.
// No string of ours becomes HTML. Monaco's lines do: `rediscover-editor` lets them, and only them, through (see
// app/script/markup.ts); it exists from when the script editor is first opened.
import type { Plugin } from 'vite'

const directives = [
  "default-src 'none'",
  "script-src 'self'",
  // React sets styles through the DOM; panes and the script editor bring <style> elements of their own, and Monaco's
  // lines have style attributes.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  // How a frame in another page will look: our own embed.html.
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types rediscover rediscover-editor',
]

/** The page in another page's frame has all in one script; its worker is a blob, and it asks for nothing else. */
export const embedPolicy: readonly string[] = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types rediscover',
]

/** Adds a policy to every page that is built; the development server needs looser rules and gets none. */
export function contentSecurityPolicy(rules: readonly string[] = directives): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: rules.join('; ') },
        injectTo: 'head-prepend',
      },
    ],
  }
}
