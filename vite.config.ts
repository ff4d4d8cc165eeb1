import './src/tools/node20.mjs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { configDefaults, defineConfig } from 'vitest/config'
import { buildId } from './src/tools/build-id.ts'
import { headerFile } from './src/tools/hosting.ts'
import { lessons } from './src/tools/lessons.ts'
import { embedPage } from './src/tools/embed.ts'
import { contentSecurityPolicy } from './src/tools/policy.ts'
import { commandTexts } from './src/tools/texts.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The page's root is src/, so that the top level stays small; everything it needs from outside is named here. */
export default defineConfig({
  root: here('src'),
  base: './',
  publicDir: here('public'),
  define: { BUILD_ID: JSON.stringify(buildId(here('.'))) },
  plugins: [
    react(),
    lessons(here('lessons')),
    contentSecurityPolicy(),
    headerFile(),
    embedPage(() => [react(), lessons(here('lessons')), contentSecurityPolicy()].flat()),
  ],
  server: { fs: { allow: ['..'] } },
  worker: { format: 'es', plugins: () => [commandTexts(here('src/engine'))] },
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 3200,
    rolldownOptions: {
      output: {
        // The interface's languages can be told from lessons' by their names: one of them is a part of the first load.
        chunkFileNames: ({ facadeModuleId }) =>
          /\/i18n\/(?:en|ko)\.ts$/.test(facadeModuleId ?? '')
            ? 'assets/words-[name]-[hash].js'
            : 'assets/[name]-[hash].js',
      },
    },
  },
  test: {
    root: here('.'),
    // A busy machine is no failure.
    testTimeout: 30_000,
    setupFiles: [here('src/engine/testing/setup.ts'), here('src/app/testing/setup.ts')],
    exclude: [...configDefaults.exclude, 'e2e/**', '.cache/**'],
    projects: [
      { extends: true, test: { name: 'unit', environment: 'node', include: ['src/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'dom', environment: 'happy-dom', include: ['src/**/*.test.tsx'] } },
    ],
  },
})
