// Counts what passed and what failed, and prints the failures as they come.
import { Compared } from './compared.ts'

export class Report {
  passed = 0
  failed = 0
  /** Commands of which replies were compared with those of the real server. */
  readonly transcripts = new Compared()
  readonly fuzz = new Compared()

  heading(text: string): void {
    console.log(`\n== ${text}`)
  }

  /** Runs a check; it fails by throwing. */
  async check(name: string, run: () => unknown): Promise<boolean> {
    try {
      await run()
      this.passed++
      return true
    } catch (error) {
      this.failed++
      console.log(`FAILED ${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
      return false
    }
  }
}
