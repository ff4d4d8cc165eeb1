// npm test: every check there is, under its heading; then a summary, and one line "N passed, N failed".
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { installChromium } from './chromium.mjs'
import { buildSite, installPackages, root, runTool } from './ground.mjs'

/** What each part came to. */
const summary = []

function heading(name) {
  console.log(`\n== ${name}`)
}

/** A part that passes or fails as a whole. */
function whole(name, check) {
  heading(name)
  const fine = check()
  summary.push({ name, passed: fine ? 1 : 0, failed: fine ? 0 : 1 })
}

/** A part that counts its tests itself, into a JSON file. A runner that ended badly without a failed test failed too. */
function counted(name, file, count, check) {
  heading(name)
  const path = join(root, '.cache', file)
  rmSync(path, { force: true })
  const fine = check(path)
  const found = existsSync(path) ? count(JSON.parse(readFileSync(path, 'utf8'))) : { passed: 0, failed: 0 }
  const broken = found.failed === 0 && (!fine || found.passed === 0)
  summary.push({ ...found, name, failed: broken ? 1 : found.failed })
}

const vitest = (path) =>
  runTool('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${path}`])
const countVitest = ({ numPassedTests, numTotalTests }) => ({
  passed: numPassedTests,
  failed: numTotalTests - numPassedTests,
})

const playwright = (path) =>
  runTool('@playwright/test/cli.js', ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'], {
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: path },
  })
const countPlaywright = ({ stats }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected + stats.skipped,
  second: stats.flaky,
})

const started = Date.now()
process.chdir(root)
mkdirSync(join(root, '.cache'), { recursive: true })
heading('Installing what is missing')
if (!installPackages()) {
  console.log('\n0 passed, 1 failed')
  process.exit(1)
}
const browser = await installChromium()

whole('Format', () => runTool('oxfmt/bin/oxfmt', ['--check', 'src', 'e2e', 'vite.config.ts']))
whole('Types', () => runTool('typescript/bin/tsc', ['-p', '.', '--noEmit']))
whole('Types of the engine: no DOM, no Node', () => runTool('typescript/bin/tsc', ['-p', 'src/engine', '--noEmit']))
whole('Lint', () => runTool('oxlint/bin/oxlint', ['--type-aware', 'src', 'e2e']))
counted('Unit and lessons', 'unit.json', countVitest, vitest)
whole('Build', () => buildSite())
if (browser) counted('End to end', 'e2e.json', countPlaywright, playwright)
else whole('End to end', () => false)

const total = (what) => summary.reduce((sum, part) => sum + part[what], 0)
heading(`Summary, ${Math.round((Date.now() - started) / 1000)} s`)
for (const { name, passed, failed, second } of summary)
  console.log(
    `${failed > 0 ? 'FAILED' : '    ok'}  ${name}: ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}` +
      (second ? `, ${second} of them only at the second try` : ''),
  )
console.log(`\n${total('passed')} passed, ${total('failed')} failed`)
process.exitCode = total('failed') > 0 ? 1 : 0
