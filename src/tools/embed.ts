// The page that stands in other pages' frames, built beside the site. In a bare sandbox a frame has no origin, and then a
// plain static host serves it no module, no font and no worker: all that needs CORS. A classic script it does get. So
// embed.html is one classic script with everything inside: the app, the lessons, and the engine's worker as text.
import { build, type InlineConfig, type Plugin, type ResolvedConfig, type Rolldown } from 'vite'

const engine = 'virtual:engine'

const shared = (config: ResolvedConfig): InlineConfig => ({
  configFile: false,
  root: config.root,
  base: './',
  publicDir: false,
  logLevel: 'warn',
  define: config.define ?? {},
})

/** The engine's worker as one classic script. */
async function workerText(config: ResolvedConfig): Promise<string> {
  const built = await build({
    ...shared(config),
    build: {
      write: false,
      target: 'es2023',
      minify: config.isProduction,
      lib: { entry: `${config.root}/session/worker.ts`, formats: ['iife'], name: 'engine' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })
  const [{ output }] = built as Rolldown.RolldownOutput[] as [Rolldown.RolldownOutput]
  return output[0].code
}

/** Gives `virtual:engine`, which the frame's page imports. */
function engineAsText(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'engine-as-text',
    configResolved(resolved) {
      config = resolved
    },
    resolveId: (id) => (id === engine ? `\0${engine}` : undefined),
    load: async (id) =>
      id === `\0${engine}` ? `export default ${JSON.stringify(await workerText(config))}` : undefined,
  }
}

/** The tags that ask for CORS, as Vite writes them, become plain ones. */
const asClassic = (): Plugin => ({
  name: 'classic-tags',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html.replaceAll(/<script type="module" crossorigin /g, '<script defer ').replaceAll(/ crossorigin(?=[ >])/g, ''),
  },
})

/** Builds embed.html when the site is built, with these plugins besides its own. */
export function embedPage(plugins: () => Plugin[]): Plugin[] {
  let config: ResolvedConfig
  return [
    engineAsText(),
    {
      name: 'embed-page',
      apply: (_, { command, isSsrBuild }) => command === 'build' && !isSsrBuild,
      configResolved(resolved) {
        config = resolved
      },
      async closeBundle(error) {
        if (error) return
        await build({
          ...shared(config),
          plugins: [...plugins(), engineAsText(), asClassic()],
          build: {
            outDir: config.build.outDir,
            emptyOutDir: false,
            target: 'es2023',
            assetsInlineLimit: 0,
            // One style sheet in a file: its fonts stand beside it.
            cssCodeSplit: false,
            modulePreload: false,
            chunkSizeWarningLimit: 3200,
            rolldownOptions: {
              input: `${config.root}/embed.html`,
              // Vite asks for it to load chunks; here there are none.
              checks: { emptyImportMeta: false },
              output: { format: 'iife', name: 'rediscover', codeSplitting: false },
            },
          },
        })
      },
    },
  ]
}
