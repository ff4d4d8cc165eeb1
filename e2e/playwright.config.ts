// The tests use the site as it is built, served by a plain file server from a path that it does not know beforehand.
import { createServer, type AddressInfo } from 'node:net'
import { defineConfig } from '@playwright/test'
import { launchOptions } from './chromium.ts'

/** The workers of Playwright read this file too: the port is found once and handed on. */
process.env['E2E_PORT'] ??= String(await freePort())
const url = `http://127.0.0.1:${process.env['E2E_PORT']}/some/sub/path/`

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}

export default defineConfig({
  testDir: '.',
  // A browser that is killed over and over takes minutes: `npm run torture` is for that.
  testIgnore: process.env['E2E_TORTURE'] ? [] : ['crashes.spec.ts'],
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: 'list',
  // A busy machine is no failure. Nor is a journey that succeeds at the second try, but the summary tells of it.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: process.env['CI'] ? 1 : 0,
  // A trace takes as long as the journey itself: it is made where something failed, or where it is asked for.
  use: {
    baseURL: url,
    launchOptions,
    locale: 'en-US',
    trace: process.env['E2E_TRACE'] ? 'on' : 'on-first-retry',
    screenshot: 'only-on-failure',
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium', viewport: { width: 1440, height: 900 } } }],
  webServer: {
    command: `node ../src/tools/serve.mjs --port ${process.env['E2E_PORT']} --under /some/sub/path/`,
    url,
    reuseExistingServer: false,
  },
})
