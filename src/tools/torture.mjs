// npm run torture: what is too slow or too rough for every run. RDB files and payloads are damaged by the ten thousand; then
// a browser is killed in the middle of saving, again and again. That needs a whole Chromium.
//   npm run torture -- rdb [--times N] [--seed S]   only the first
//   npm run torture -- kills                        only the second
import process from 'node:process'
import { buildSite, installPackages, run, runTool } from './ground.mjs'

const [only, ...rest] = process.argv.slice(2)
const env = { ...process.env, E2E_TORTURE: '1' }
const args = ['test', '--config', 'e2e/playwright.config.ts', '--workers', '1', 'crashes.spec.ts']
const rdb = () => run(process.execPath, ['src/tools/run.mjs', 'src/conformance/rdb/torture.ts', ...rest])
const kills = () => buildSite() && runTool('@playwright/test/cli.js', args, { env })
const fine = installPackages() && (only === 'kills' || rdb()) && (only === 'rdb' || kills())
process.exitCode = fine ? 0 : 1
