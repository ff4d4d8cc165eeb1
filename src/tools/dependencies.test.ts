// What the page is made of besides our own code: few packages, none of which runs anything while it is installed.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

interface Locked {
  readonly dev?: true
  readonly devOptional?: true
  readonly hasInstallScript?: true
  readonly integrity?: string
}

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))
const { dependencies, devDependencies } = read('package.json') as Record<string, Record<string, string>>
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> }
const locked = Object.entries(packages).filter(([path]) => path !== '')
/** What comes into the page, with what that needs itself. */
const runtime = locked.filter(([, { dev, devOptional }]) => !dev && !devOptional)

it('has at most 15 runtime dependencies, with all that they bring along', () => {
  expect(runtime.length).toBeGreaterThanOrEqual(Object.keys(dependencies!).length)
  expect(runtime.length).toBeLessThanOrEqual(15)
})

it('takes none with an install script, and each with its checksum', () => {
  expect(runtime.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([])
  expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([])
})

it('names every version exactly', () => {
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    expect(`${name} ${version}`).toMatch(/ \d+\.\d+\.\d+$/)
})
