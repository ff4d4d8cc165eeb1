// npm run torture: what is too slow or too rough for every run. Browsers are killed in the middle of saving, and one gets a
// disk that is full. Needs a whole Chromium and, for the disk, the right to mount one.
import process from 'node:process'
import { buildSite, installPackages, runTool } from './ground.mjs'

const env = { ...process.env, E2E_TORTURE: '1' }
const args = ['test', '--config', 'e2e/playwright.config.ts', '--workers', '1', 'crashes.spec.ts']
const fine = installPackages() && buildSite() && runTool('@playwright/test/cli.js', args, { env })
process.exitCode = fine ? 0 : 1
