// Plays every *.transcript of this folder on our engine, each section on a fresh one whose clock stands still until "~".
// npm run test:oracle plays them on the real server too.
import { describe, expect, it } from 'vitest'
import { EngineTarget } from '../testing/engine-target.ts'
import { parse, play } from '../testing/transcript.ts'

const files = import.meta.glob<string>('./*.transcript', { query: '?raw', import: 'default', eager: true })

for (const [path, source] of Object.entries(files))
  describe(`${path.slice(2)}`, () => {
    it.each(parse(`src/engine/commands/${path.slice(2)}`, source))('$title', async (section) => {
      const target = new EngineTarget({ seed: 1, at: Date.UTC(2026, 0, 1) })
      await expect(play(section, target)).resolves.toBeUndefined()
    })
  })
