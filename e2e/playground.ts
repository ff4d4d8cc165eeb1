// The playground as a person or a screen reader finds it: by role and English name, never by class or markup. Every
// journey starts in a fresh context, so with empty storage. A test fails where the page threw, logged an error or broke
// its content security policy, even if all that was looked for was there.
import { expect, test as base, type BrowserContext, type Locator, type Page } from '@playwright/test'

export { expect } from '@playwright/test'

/** Lines that say what a command changed, or why it did not: they may stand behind any reply. */
const changes = String.raw`(?:\s*\n[~+−↳] [^\n]*){0,2}`

/**
 * Words as they stand in a log, with any white space between them: a row's line and its reply are lines of their own.
 * A sign `>` at the beginning stands for any prompt.
 */
function pattern(shown: string, end: boolean): RegExp {
  const words = shown.trim().split(/\s+/)
  const escaped = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`))
  const start = words[0] === '>' ? String.raw`\S*` : String.raw`(?:^|\s)`
  return new RegExp(`${start}${escaped.join(String.raw`${changes}\s+`)}${end ? String.raw`${changes}\s*$` : ''}`)
}

export class Playground {
  readonly page: Page
  readonly keys: Locator
  readonly value: Locator
  readonly lesson: Locator
  /** The bar at the bottom: keys, whether all is saved, what just happened. */
  readonly bar: Locator

  constructor(page: Page) {
    this.page = page
    this.keys = page.getByRole('tree', { name: 'Keys' })
    this.value = page.getByRole('region', { name: 'Value' })
    this.lesson = page.getByRole('region', { name: 'Lesson' })
    this.bar = page.getByRole('contentinfo')
  }

  /**
   * Opens the page, and waits until it takes commands. `search` is the address from its question mark on; where it names
   * no lesson, it is the one that begins with an empty server and two clients.
   */
  async open(search = ''): Promise<void> {
    const asked = new URLSearchParams(search)
    if (!asked.has('lesson')) asked.set('lesson', 'keys-and-values')
    await this.visit(`?${asked.toString()}`)
  }

  /** Opens the page at this very address. */
  async visit(search = ''): Promise<void> {
    await this.page.goto(`./${search}`)
    await this.ready()
  }

  async reload(): Promise<void> {
    await this.page.reload()
    await this.ready()
  }

  async ready(): Promise<void> {
    await expect(this.prompt('A')).toBeEditable()
  }

  client(name: string): Locator {
    return this.page.getByRole('region', { name: `Client ${name}`, exact: true })
  }

  log(name: string): Locator {
    return this.client(name).getByRole('log')
  }

  prompt(name: string): Locator {
    return this.page.getByRole('textbox', { name: `Command for client ${name}`, exact: true })
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
  }

  /** Rows of the tree whose name begins with these words: a key, or a folder with its colon. */
  key(name: string): Locator {
    return this.keys.getByRole('treeitem', { name: pattern(name, false) })
  }

  /** Types a line into a client's prompt and sends it. */
  async send(client: string, line: string): Promise<void> {
    await this.prompt(client).fill(line)
    await this.prompt(client).press('Enter')
  }

  /** Sends a line and waits until its reply is the last thing in the log. */
  async run(client: string, line: string, reply: string): Promise<void> {
    await this.send(client, line)
    await this.ends(client, `> ${line} ${reply}`)
  }

  /** The log ends with this. */
  async ends(client: string, shown: string): Promise<void> {
    await expect(this.log(client)).toHaveText(pattern(shown, true), { useInnerText: true })
  }

  /** This stands somewhere in the log. */
  async shows(client: string, shown: string): Promise<void> {
    await expect(this.log(client)).toHaveText(pattern(shown, false), { useInnerText: true })
  }

  /**
   * All that was done so far outlives the page. The page is told that it may be left, so that it writes down what it
   * shows; the list of sessions comes when all before it is stored, and names the session that is open.
   */
  async saved(): Promise<void> {
    await expect(this.bar).toContainText(/saved \d/)
    await this.page.evaluate(() => dispatchEvent(new Event('pagehide')))
    const list = await this.sessions()
    await expect(list.getByRole('button', { name: /this one/ })).toBeVisible()
    await this.page.keyboard.press('Escape')
    await expect(list).toHaveCount(0)
    await expect(this.bar).toContainText(/saved \d/)
  }

  /** Opens the list of sessions. */
  async sessions(): Promise<Locator> {
    await this.button('Sessions').click()
    return this.page.getByRole('dialog', { name: 'Sessions' })
  }
}

/** Collects what no page should ever say. */
export function listen(context: BrowserContext): string[] {
  const faults: string[] = []
  context.on('weberror', (error) => faults.push(`thrown: ${String(error.error())}`))
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      faults.push(`${message.type()}: ${message.text()} (${message.location().url})`)
  })
  return faults
}

interface Fixtures {
  readonly playground: Playground
  /** What the page said that it should not. A test that provokes an error takes out what it expects. */
  readonly faults: string[]
}

export const test = base.extend<Fixtures>({
  faults: [
    async ({ context }, use) => {
      const faults = listen(context)
      await use(faults)
      expect(faults).toEqual([])
    },
    { auto: true },
  ],
  playground: async ({ page }, use) => {
    await use(new Playground(page))
  },
})
