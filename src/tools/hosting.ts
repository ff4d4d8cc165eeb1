// What a host should say with each file, as data, and in the words of common hosts. The policy comes from policy.ts, so that
// nothing can drift: `_headers` is written into dist/ by the build, and a test holds docs/hosting.md to the rest.
import type { Plugin } from 'vite'
import { policyOf, sitePages, type SitePage } from './policy.ts'

type Headers = Readonly<Record<string, string>>

const always: Headers = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' }

/** A page's headers. Who may frame it can be said here only. */
export const headersOfPage = (page: SitePage): Headers => ({
  'Content-Security-Policy': `${policyOf(page)}; frame-ancestors ${page.ancestors}`,
  ...always,
  'Cache-Control': 'no-cache',
})

/** Those of assets/, whose names change with what is in them. A worker is bound by what comes with its own file. */
export const headersOfAssets: Headers = {
  'Content-Security-Policy': policyOf(sitePages[0]!),
  ...always,
  'Cache-Control': 'public, max-age=31536000, immutable',
}

const lines = (headers: Headers, line: (name: string, value: string) => string) =>
  Object.entries(headers)
    .map(([name, value]) => line(name, value))
    .join('\n')

/** `_headers` of Netlify and Cloudflare Pages, which takes the site to lie at the host's root. No path fits two rules. */
export function headersFile(): string {
  const paths = ({ file }: SitePage) => [
    ...(file === 'index.html' ? ['/'] : []),
    `/${file}`,
    `/${file.replace(/\.html$/, '')}`,
  ]
  const rules: readonly (readonly [string, Headers])[] = [
    ...sitePages.flatMap((page) => paths(page).map((path) => [path, headersOfPage(page)] as const)),
    ['/assets/*', headersOfAssets],
  ]
  return rules
    .map(([path, headers]) => `${path}\n${lines(headers, (name, value) => `  ${name}: ${value}`)}\n`)
    .join('\n')
}

const nginx = () => {
  const block = (location: string, headers: Headers) =>
    `location ${location} {\n${lines(headers, (name, value) => `  add_header ${name} "${value}" always;`)}\n}`
  return [
    ...sitePages.map((page) => block(`~ /${page.file.replace('.', '\\.')}$`, headersOfPage(page))),
    block('~ /assets/', headersOfAssets),
  ].join('\n')
}

const apache = () => {
  const set = (headers: Headers) => lines(headers, (name, value) => `  Header always set ${name} "${value}"`)
  return [
    ...sitePages.map((page) => `<Files "${page.file}">\n${set(headersOfPage(page))}\n</Files>`),
    `<If "%{REQUEST_URI} =~ m#/assets/#">\n${set(headersOfAssets)}\n</If>`,
  ].join('\n')
}

const caddy = () => {
  const block = (name: string, paths: string, headers: Headers) =>
    `@${name} path ${paths}\nheader @${name} {\n${lines(headers, (each, value) => `  ${each} "${value}"`)}\n}`
  return [
    ...sitePages.map((page) => {
      const name = page.file.replace('.html', '')
      return block(name, name === 'index' ? '*/ */index.html' : `*/${page.file}`, headersOfPage(page))
    }),
    block('assets', '*/assets/*', headersOfAssets),
  ].join('\n')
}

/** The blocks of docs/hosting.md that are made here, by the names of their hosts. */
export const hostSnippets = (): Readonly<Record<string, string>> => ({
  nginx: nginx(),
  apache: apache(),
  caddy: caddy(),
})

const blockOf = (host: string) => new RegExp(`(<!-- made: ${host} -->\\n\`\`\`\\w*\\n)[^]*?(\\n\`\`\`\\n)`)

/** docs/hosting.md with its blocks made anew; throws where one has no place. */
export function withSnippets(page: string): string {
  let made = page
  for (const [host, snippet] of Object.entries(hostSnippets())) {
    if (!blockOf(host).test(made)) throw new Error(`docs/hosting.md has no block for ${host}`)
    made = made.replace(blockOf(host), (_, before: string, after: string) => before + snippet + after)
  }
  return made
}

/** Writes `_headers` beside the built pages. */
export function headerFile(): Plugin {
  return {
    name: 'header-file',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() })
    },
  }
}
