// How the tests start their browser: a Chromium of this machine where there is one, else the one Playwright downloaded.
import { systemChromium } from '../src/tools/chromium.mjs'

const path = systemChromium()

export const launchOptions = {
  ...(path ? { executablePath: path } : {}),
  args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
}
