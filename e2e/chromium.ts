// How the tests start their browser: a Chromium of this machine where there is one, else the one Playwright downloaded.
import { journeyChromium } from '../src/tools/chromium.mjs'

const path = journeyChromium()

export const launchOptions = {
  ...(path ? { executablePath: path } : {}),
  args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
}
