// The page's main states: each has a name and how a person reaches it. `npm run shots` takes pictures of them all, and
// states.spec.ts asks axe about them all and that nothing moves, so that a state added here is covered by both.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { messages } from '../src/app/i18n/all.ts'
import { configMessages } from '../src/app/i18n/config.ts'
import { embedMessages } from '../src/app/i18n/embed.ts'
import { serverMessages } from '../src/app/i18n/server.ts'
import { shareMessages } from '../src/app/i18n/share.ts'
import { snapshotMessages } from '../src/app/i18n/snapshot.ts'
import { sessionMessages } from '../src/app/i18n/session.ts'
import type { Messages } from '../src/app/i18n/index.ts'
import { mapMessages } from '../src/app/i18n/map.ts'
import { paletteMessages } from '../src/app/i18n/palette.ts'
import type { Mode } from '../src/embed/protocol.ts'
import { sampleSets } from '../src/app/sandbox/sets.ts'
import type { Language } from '../src/wire/text.ts'
import { write } from '../src/storage/progress.ts'
import { readCourse } from '../src/tools/lessons.ts'
import { expect, Playground } from './playground.ts'

/** From the project's folder, where both who uses this are run. */
const courseIds = readCourse('lessons', 'en').map(({ id }) => id)

/** A file of the real server's (rdb.spec.ts tells what stands in it). */
const snapshot = readFileSync('e2e/fixtures/redis-8.0.2.rdb')

type Part = 'lesson' | 'console' | 'keys'

/** The playground in one language, at any width: on a narrow page the part that is spoken of is brought into view. */
export class Stage extends Playground {
  readonly t: Messages
  readonly language: Language

  constructor(page: Page, language: Language) {
    super(page)
    this.t = messages[language]
    this.language = language
  }

  async show(part: Part): Promise<void> {
    const tabs = this.page.locator('main > [role="tablist"]')
    if ((await tabs.count()) === 0) return
    const tab = tabs.getByRole('tab').nth(['lesson', 'console', 'script', 'keys'].indexOf(part))
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click()
  }

  /** Brings a client into view, and its prompt into focus. */
  async use(client: string): Promise<void> {
    await this.page.keyboard.press(`Control+Alt+${client.charCodeAt(0) - 64}`)
    await expect(this.prompt(client)).toBeFocused()
  }

  /** Sends lines, each when the one before has its reply. */
  async say(client: string, ...lines: readonly string[]): Promise<void> {
    await this.use(client)
    const replies = this.log(client).locator('[data-entry] > [data-part="reply"]')
    for (const line of lines) {
      const before = await replies.count()
      await this.send(client, line)
      await replies.nth(before).waitFor()
    }
  }

  /** Sends a line that is not answered at once. */
  async begin(client: string, line: string, says: string): Promise<void> {
    await this.use(client)
    await this.send(client, line)
    await expect(this.client(client)).toContainText(says)
  }

  async type(client: string, line: string): Promise<void> {
    await this.use(client)
    await this.prompt(client).pressSequentially(line)
  }

  async paste(client: string, lines: readonly string[]): Promise<void> {
    await this.use(client)
    await this.prompt(client).evaluate((box, pasted) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', pasted)
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, lines.join('\n'))
  }

  /** Opens a button's menu. */
  async menu(name: string) {
    await this.button(name).click()
    const menu = this.page.getByRole('dialog', { name, exact: true })
    await expect(menu).toBeVisible()
    return menu
  }

  /** Chooses a key, and how its bytes are shown. */
  async choose(key: string, look?: keyof Messages['looks']): Promise<void> {
    await this.show('keys')
    await this.keys.getByRole('treeitem', { name: key }).first().click()
    await expect(this.value.getByRole('heading', { name: key })).toBeVisible()
    if (look) await this.value.getByRole('button', { name: this.t.looks[look], exact: true }).click()
  }

  async press(name: string): Promise<void> {
    await this.button(name).click()
  }

  /** Opens the dialog that shares, and waits for its link. */
  async share() {
    const menu = await this.menu(this.t.sessions)
    await menu.getByRole('button', { name: this.t.shareOrExport }).click()
    const link = this.page.getByRole('textbox', { name: shareMessages[this.language].link })
    await expect(link).toHaveValue(/#1\./)
    return link
  }

  /** Opens a file from the menu of sessions. */
  async openFile(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    const menu = await this.menu(this.t.sessions)
    await menu.getByLabel(this.t.openFile).setInputFiles(file)
  }

  receive(hash: string): Promise<unknown> {
    return this.page.evaluate((hash) => (location.hash = hash), hash)
  }

  async play(): Promise<void> {
    const menu = await this.menu(this.t.lessons)
    await menu.getByRole('button', { name: this.t.playground }).click()
    await this.show('lesson')
    await expect(this.page.getByRole('region', { name: this.t.playground, exact: true })).toContainText(
      sampleSets[0]!.title[this.language],
    )
  }

  async take(set: string): Promise<void> {
    const { title, lines } = sampleSets.find(({ id }) => id === set)!
    await this.show('lesson')
    await this.page.getByRole('button', { name: title[this.language] }).click()
    await expect(this.log('A')).toContainText(lines.at(-1)!)
  }
}

export interface State {
  readonly name: string
  /** Among the most seen: a picture of it at every width, in each language and theme. */
  readonly main?: true
  /** The part that a narrow page shows in the end. */
  readonly part?: Part
  /** The lesson that the page is opened with; else the first one. */
  readonly lesson?: string
  /** It is a frame in another page, of this mode; what it is asked for besides. */
  readonly frame?: Mode
  readonly asks?: string
  /** Before the page is opened. */
  readonly before?: (page: Page) => Promise<unknown>
  readonly reach?: (stage: Stage) => Promise<unknown>
}

const hats = [
  'HSET hat:1326692461 color black price 49.99 style fitted quantity 1000 npurchased 0',
  'HSET hat:56854717 color green price 99.99 style baseball quantity 200 npurchased 0',
]
const words = (count: number, word: string) => Array.from({ length: count }, (_, i) => `${word}:${i}`).join(' ')

/** A browser that has no IndexedDB in its workers, as some have it in private windows. */
export function withoutStore(page: Page): Promise<unknown> {
  return page.route(/\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    const without = 'Object.defineProperty(self, "indexedDB", { value: undefined });'
    await route.fulfill({ response, body: `${without}${await response.text()}` })
  })
}

/** A value in the inspector. */
const value = (
  name: string,
  lines: readonly string[],
  key: string,
  look?: keyof Messages['looks'],
  main?: true,
): State => ({
  name,
  ...(main ? { main } : {}),
  part: 'keys',
  async reach(stage) {
    await stage.say('A', ...lines)
    await stage.choose(key, look)
  },
})

const lessons: readonly State[] = [
  { name: 'lesson-start', main: true, part: 'lesson' },
  { name: 'console-start' },
  {
    name: 'lesson-tried',
    lesson: 'keys-and-values',
    main: true,
    part: 'lesson',
    async reach(stage) {
      await stage.say('A', 'SET Croatia zagreb')
      await stage.show('lesson')
      await stage.lesson.getByRole('button', { name: stage.t.hint }).click()
      await expect(stage.lesson).toContainText(stage.t.now)
    },
  },
  {
    name: 'lesson-shown',
    lesson: 'keys-and-values',
    part: 'lesson',
    async reach(stage) {
      await stage.say('A', 'SET Croatia Zagreb')
      await stage.show('lesson')
      await stage.lesson.getByRole('button', { name: stage.t.showMe }).click()
      // On a narrow page the consoles come into view, where the lines are typed.
      await expect(stage.log('A').getByText('SET Croatia Zagreb')).toHaveCount(2)
      await stage.show('lesson')
      await expect(stage.lesson).toContainText(stage.t.oneWay)
    },
  },
  {
    name: 'goal-reached',
    lesson: 'keys-and-values',
    part: 'console',
    async reach(stage) {
      await stage.say('A', 'SET Croatia Zagreb')
      await stage.show('lesson')
      await expect(stage.lesson).toContainText(stage.t.done)
    },
  },
  {
    name: 'lesson-end',
    lesson: 'keys-and-values',
    main: true,
    part: 'lesson',
    async reach(stage) {
      const { lesson, t } = stage
      const solutions = [
        'SET Croatia Zagreb',
        'GET Japan',
        'SET Bahamas Nassau',
        'EXISTS Croatia Sweden Bahamas',
        'DEL Bahamas',
      ]
      for (const line of solutions) {
        await stage.say('A', line)
        await stage.show('lesson')
        await expect(lesson.locator('[data-check][data-holds="false"]')).toHaveCount(0)
        await lesson.getByRole('button', { name: new RegExp(`^(${t.next}|${t.finish})$`) }).click()
      }
      await expect(lesson).toContainText(t.lessonDone)
    },
  },
  {
    name: 'lesson-others',
    main: true,
    part: 'lesson',
    lesson: 'last-hat',
    async reach(stage) {
      await stage.say('A', 'HGET hat:1236154736 quantity', 'MULTI')
      await stage.show('lesson')
      await expect(stage.page.getByRole('log', { name: stage.t.othersDid })).toContainText('EXEC')
    },
  },
  {
    name: 'lesson-foretold',
    part: 'lesson',
    lesson: 'first-contact',
    async reach(stage) {
      await stage.say('A', 'PING')
      await stage.show('lesson')
      await stage.lesson.getByRole('button', { name: stage.t.next }).click()
    },
  },
  { name: 'lessons-menu', reach: (stage) => stage.menu(stage.t.lessons) },
]

/** A browser in which the first lessons of the course, in their order, were finished and the one after them begun. */
const played = (finished: number) => (page: Page) =>
  page.addInitScript(
    ([text]) => localStorage.setItem('rediscover.progress', text!),
    [
      write({
        version: 1,
        since: 0,
        lessons: Object.fromEntries(
          courseIds
            .slice(0, finished + 1)
            .map((id, i) => [
              id,
              { done: [], seen: [], finished: i < finished ? 1_760_000_000_000 : null, step: '', at: i + 1 },
            ]),
        ),
      }),
    ],
  )

async function openMap(stage: Stage): Promise<void> {
  const menu = await stage.menu(stage.t.lessons)
  await menu.getByRole('button', { name: stage.t.courseMap }).click()
  await expect(stage.page.getByRole('dialog', { name: stage.t.courseMap })).toBeVisible()
}

const maps: readonly State[] = [
  { name: 'map-empty', main: true, reach: openMap },
  { name: 'map-half', main: true, before: played(6), reach: openMap },
  { name: 'map-done', before: played(courseIds.length), reach: openMap },
  {
    name: 'map-search',
    main: true,
    async reach(stage) {
      await openMap(stage)
      await stage.page.getByRole('searchbox').fill('watch')
      await expect(stage.page.getByRole('status').filter({ hasText: /[1-9]/ })).not.toHaveCount(0)
    },
  },
  {
    name: 'map-reference',
    async reach(stage) {
      await openMap(stage)
      await stage.page.getByRole('searchbox').fill('watch')
      await stage.page.getByRole('dialog').getByRole('listitem').getByRole('button').first().click()
      await expect(stage.page.getByText(mapMessages[stage.language].reference)).toBeVisible()
    },
  },
  {
    name: 'lesson-file',
    async reach(stage) {
      await openMap(stage)
      const lesson = ['en.md', 'ko.md'].map((name) => `lessons/01-keys/02-keys-and-values/${name}`)
      await stage.page.locator('input[accept*="md"]').setInputFiles(lesson)
      await expect(stage.page.getByText(mapMessages[stage.language].fileSafe)).toBeVisible()
    },
  },
  {
    name: 'lesson-file-bad',
    async reach(stage) {
      await openMap(stage)
      const buffer = Buffer.from('---\nid: My lesson\ntitle: Mine\nminutes: 5\n---\n\n## one: First\n')
      await stage.page
        .locator('input[accept*="md"]')
        .setInputFiles({ name: 'mine.md', mimeType: 'text/markdown', buffer })
      await expect(stage.page.getByText(mapMessages[stage.language].fileBad)).toBeVisible()
    },
  },
  {
    name: 'print',
    async reach(stage) {
      const menu = await stage.menu(stage.t.lessons)
      await menu.getByRole('button', { name: stage.t.printLesson }).click()
      await expect(stage.page.getByRole('article')).toBeVisible()
    },
  },
  {
    name: 'projector',
    before: (page) => page.addInitScript(() => localStorage.setItem('rediscover.size', 'projector')),
    reach: (stage) => stage.say('A', 'SET Croatia Zagreb'),
  },
]

const playgrounds: readonly State[] = [
  { name: 'playground-empty', main: true, part: 'lesson', reach: (stage) => stage.play() },
  { name: 'keys-empty', part: 'keys', reach: (stage) => stage.show('keys') },
  {
    name: 'playground-hats',
    main: true,
    part: 'keys',
    async reach(stage) {
      await stage.play()
      await stage.take('hats')
      await stage.choose('hats:sale')
    },
  },
  {
    name: 'playground-many-keys',
    part: 'keys',
    async reach(stage) {
      await stage.play()
      await stage.take('ten-thousand')
      await stage.show('keys')
      await stage.key('product:').first().click()
      await stage.choose('product:0')
    },
  },
]

const values: readonly State[] = [
  value('string-text', ['SET capital Nasau EX 900', 'SET capital Nassau KEEPTTL'], 'capital', 'text'),
  value('string-json', [`SET doc '{"hat":{"color":"red","sizes":[1,2,3],"sold":null}}'`], 'doc', 'json'),
  value(
    'string-hex',
    ['SET bytes "\\x00\\xff Redis learns \\xea\\xb0\\x80 and more than one line of it"'],
    'bytes',
    'hex',
  ),
  value('string-bits', ['SET days "\\x10\\x00\\x40"'], 'days', 'bits'),
  value('string-number', ['SET opened 1700000000'], 'opened', 'number'),
  value('string-long', [`SET text "${'The quick brown fox. '.repeat(60)}"`], 'text', 'text'),
  value('list', ['RPUSH jobs wash dry fold "iron it"', 'LPUSH jobs soak'], 'jobs', undefined, true),
  value('list-long', [`RPUSH long ${words(300, 'item')}`], 'long'),
  value(
    'hash-field-times',
    [...hats.slice(0, 1), 'HEXPIRE hat:1326692461 600 FIELDS 1 price', 'HSET hat:1326692461 quantity 999'],
    'hat:1326692461',
    undefined,
    true,
  ),
  value('set', ['SADD visitors:2019-03-10 dan jon alex', 'SREM visitors:2019-03-10 jon'], 'visitors:2019-03-10'),
  value('zset', ['ZADD board 3120 mina 2980 jon 1500 kai 120 tom', 'ZINCRBY board 2000 kai'], 'board', undefined, true),
  value(
    'encoding-changed',
    ['HSET hat color red', `HSET hat note ${'long '.repeat(14).trim().replaceAll(' ', '-')}`],
    'hat',
  ),
  {
    name: 'ghost',
    main: true,
    part: 'keys',
    async reach(stage) {
      await stage.say('A', 'DEBUG SET-ACTIVE-EXPIRE 0', 'MSET stays 1 other 2', 'SET offer hello PX 1')
      await stage.show('keys')
      await expect(stage.key('offer')).toContainText(stage.t.ghost)
      await stage.choose('offer')
    },
  },
  {
    name: 'key-gone',
    part: 'keys',
    async reach(stage) {
      await stage.say('A', 'MSET capital Oslo other 1')
      await stage.choose('capital')
      await stage.say('B', 'DEL capital')
      await stage.show('keys')
      await expect(stage.value).toContainText(stage.t.goneBy('DEL'))
    },
  },
  {
    name: 'marks',
    part: 'keys',
    async reach(stage) {
      await stage.say('A', 'MSET user:1:name Ann user:2:name Ben gone 1 stays 1')
      await stage.say('A', 'MULTI', 'SET user:3:name Cy', 'SET user:1:name Anna', 'DEL gone', 'EXPIRE stays 90', 'EXEC')
      await stage.choose('user:1:name')
    },
  },
  {
    name: 'edit-form',
    main: true,
    part: 'keys',
    async reach(stage) {
      await stage.say('A', ...hats)
      await stage.choose('hat:56854717')
      await stage.value.getByRole('button', { name: 'HSET', exact: true }).click()
      await stage.page.keyboard.type('note')
    },
  },
  {
    name: 'relations',
    part: 'keys',
    async reach(stage) {
      await stage.say('A', 'RPUSH jobs wash', 'WATCH jobs')
      await stage.choose('jobs')
      await stage.say('B', 'LPOP jobs')
      await stage.begin('B', 'BLPOP jobs 0', stage.t.waitingFor('jobs'))
      await stage.show('keys')
      await expect(stage.page.getByRole('region', { name: stage.t.relations })).toContainText('BLPOP')
    },
  },
  {
    name: 'tree-options',
    part: 'keys',
    async reach(stage) {
      await stage.say('A', ...hats)
      await stage.show('keys')
      const menu = await stage.menu(stage.t.treeOptions)
      await menu.getByRole('combobox', { name: stage.t.sortBy }).selectOption('changed')
    },
  },
  {
    name: 'no-match',
    part: 'keys',
    async reach(stage) {
      await stage.say('A', ...hats)
      await stage.show('keys')
      await stage.page.getByRole('textbox', { name: stage.t.filterLabel }).fill('shoe:*')
      await expect(stage.page.getByRole('heading', { name: stage.t.noMatch })).toBeVisible()
    },
  },
]

const consoles: readonly State[] = [
  {
    name: 'several-clients',
    main: true,
    async reach(stage) {
      await stage.say('A', 'RPUSH mail hello')
      await stage.press(stage.t.addClient)
      await stage.say('B', 'SUBSCRIBE news')
      await stage.say('C', 'PUBLISH news "hello there"', 'LPOP mail')
      await stage.begin('A', 'BLPOP jobs mail 90', stage.t.waitingFor('jobs, mail'))
      await stage.use('C')
    },
  },
  {
    name: 'client-subscribed',
    async reach(stage) {
      await stage.say('B', 'SUBSCRIBE news weather')
      await stage.say('A', 'PUBLISH news "hello there"', 'PUBLISH weather rain')
      await stage.use('B')
    },
  },
  {
    name: 'six-clients',
    async reach(stage) {
      for (let i = 0; i < 4; i++) await stage.press(stage.t.addClient)
      await stage.say('D', 'MULTI')
      await stage.begin('E', 'BLPOP jobs 0', stage.t.waitingFor('jobs'))
      await stage.say('F', 'PING')
      await stage.press(`${stage.t.rename}: ${stage.t.clientName('F')}`)
      await stage.page.keyboard.type('shop window')
      await stage.page.keyboard.press('Enter')
    },
  },
  {
    name: 'client-closed',
    async reach(stage) {
      await stage.say('A', 'SET a 1')
      await stage.press(`${stage.t.closeClient}: ${stage.t.clientName('A')}`)
      await expect(stage.client('A')).toContainText(stage.t.notConnected)
    },
  },
  {
    name: 'queued',
    main: true,
    async reach(stage) {
      await stage.say('A', ...hats, 'WATCH hat:56854717', 'MULTI', 'HINCRBY hat:56854717 quantity -1')
      await stage.say('A', 'HINCRBY hat:56854717 npurchased 1')
    },
  },
  {
    name: 'race-lost',
    main: true,
    async reach(stage) {
      await stage.say('A', ...hats, 'WATCH hat:1326692461')
      await stage.say('B', 'HINCRBY hat:1326692461 quantity -1')
      await stage.say('A', 'MULTI', 'HINCRBY hat:1326692461 npurchased 1', 'EXEC')
    },
  },
  {
    name: 'transaction-ran',
    async reach(stage) {
      await stage.say('A', 'MULTI', 'SET a one', 'INCR a', 'LPUSH l x y', 'LRANGE l 0 -1', 'EXEC')
    },
  },
  {
    name: 'paste-running',
    async reach(stage) {
      await stage.paste('A', ['SET a 1', 'BLPOP jobs 0', 'INCR a', 'GET a'])
      await expect(stage.client('A')).toContainText(stage.t.pasting(2, 4))
      await expect(stage.client('A')).toContainText(stage.t.waitingFor('jobs'))
    },
  },
  {
    name: 'paste-stopped',
    async reach(stage) {
      await stage.paste('A', ['SET word hello', 'INCR word', 'SET a 1', 'GET a'])
      await expect(stage.client('A')).toContainText(stage.t.pasteFailed(2, 4))
    },
  },
  {
    name: 'completion',
    main: true,
    async reach(stage) {
      await stage.say('A', 'SET capital Zagreb')
      await stage.type('A', 'HG')
      await expect(stage.page.getByRole('listbox', { name: stage.t.completions })).toBeVisible()
      await stage.page.keyboard.press('Tab')
    },
  },
  {
    name: 'warning',
    async reach(stage) {
      await stage.say('A', 'SET capital Zagreb')
      await stage.type('A', 'GET captial')
      await expect(stage.client('A')).toContainText(stage.t.noSuchKey('captial'))
    },
  },
  {
    name: 'history-search',
    async reach(stage) {
      await stage.say('A', 'SET hat black', 'GET hat', 'PING')
      await stage.page.keyboard.press('Control+r')
      await stage.page.keyboard.type('hat')
      await expect(stage.prompt('A')).toHaveValue('GET hat')
    },
  },
  {
    name: 'docs-card',
    main: true,
    async reach(stage) {
      await stage.type('A', 'ZADD board ')
      await stage.page.getByRole('button', { name: stage.t.docsOpen }).filter({ visible: true }).click()
      await expect(stage.page.getByRole('region', { name: 'ZADD' })).toBeVisible()
    },
  },
  {
    name: 'errors',
    main: true,
    async reach(stage) {
      await stage.say('A', 'RPUSH jobs wash', 'HSET hat color green', 'INCR jobs', 'HINCRBY hat color 1', 'GETT hat')
      await stage.say('A', 'SET hat 1 XE 5', 'LSET jobs 7 x', 'GET', 'EXPIRE hat soon', 'SET "open')
      await expect(stage.log('A')).toContainText(stage.t.didYouMean('GETT').slice(0, 2))
    },
  },
  { name: 'help', reach: (stage) => stage.begin('A', 'help', 'F6') },
  { name: 'help-topic', reach: (stage) => stage.begin('A', 'help @hash', 'HEXPIRE') },
  {
    name: 'row-details',
    async reach(stage) {
      await stage.say('A', ...hats, 'HGETALL hat:56854717')
      await stage
        .log('A')
        .getByRole('button', { name: stage.t.rowDetails('HGETALL hat:56854717') })
        .click()
      await expect(stage.log('A')).toContainText(stage.t.costLabel)
    },
  },
  {
    name: 'long-reply',
    async reach(stage) {
      await stage.say('A', `RPUSH long ${words(700, 'item')}`, 'LRANGE long 0 -1')
      await expect(stage.log('A').getByRole('button', { name: stage.t.download })).toBeVisible()
    },
  },
  {
    name: 'resp3',
    async reach(stage) {
      await stage.say('A', 'HELLO 3', ...hats, 'HGETALL hat:56854717')
    },
  },
  {
    name: 'taken-back',
    async reach(stage) {
      await stage.say('A', 'SET capital Oslo', 'SET capital Bergen')
      await stage.press(stage.t.undo)
      await expect(stage.log('A')).toContainText(stage.t.takenBack)
    },
  },
]

const frame: readonly State[] = [
  {
    name: 'share',
    main: true,
    async reach(stage) {
      await stage.say('A', ...hats)
      await stage.share()
    },
  },
  {
    name: 'share-secret',
    async reach(stage) {
      await stage.say('A', 'CONFIG SET requirepass secret')
      await stage.share()
    },
  },
  {
    name: 'arrival',
    main: true,
    async reach(stage) {
      await stage.say('A', ...hats)
      const link = await (await stage.share()).inputValue()
      await stage.page.keyboard.press('Escape')
      await stage.receive(new URL(link).hash)
      await expect(stage.page.getByText(shareMessages[stage.language].untouched)).toBeVisible()
    },
  },
  {
    name: 'arrival-damaged',
    async reach(stage) {
      await stage.receive('#1.AAAA')
      await expect(stage.page.getByRole('alert')).toHaveText(shareMessages[stage.language].broken.damaged)
    },
  },
  {
    name: 'palette',
    main: true,
    async reach(stage) {
      await stage.page.keyboard.press('Control+k')
      await expect(stage.page.getByRole('dialog').getByRole('option').first()).toBeVisible()
    },
  },
  {
    name: 'palette-found',
    async reach(stage) {
      await stage.say('A', ...hats)
      await stage.page.keyboard.press('Control+k')
      await expect(stage.page.getByRole('combobox', { name: paletteMessages[stage.language].hint })).toBeFocused()
      await stage.page.keyboard.type('ha')
      await expect(stage.page.getByRole('option', { name: 'hat:56854717' })).toBeVisible()
    },
  },
  {
    name: 'clock-menu',
    main: true,
    async reach(stage) {
      await stage.say('A', 'SET code 4711 EX 60')
      const menu = await stage.menu(stage.t.clockTip)
      await menu.getByRole('button', { name: stage.t.clockRate(0) }).click()
      await expect(menu.getByRole('button', { name: stage.t.clockRate(0) })).toHaveAttribute('aria-pressed', 'true')
    },
  },
  {
    name: 'durability-lab',
    async reach(stage) {
      const s = serverMessages[stage.language]
      await stage.say('A', 'SET kept 1', 'SAVE', 'SET kept 2', 'RPUSH lost a b')
      const menu = await stage.menu(stage.t.clockTip)
      await menu.getByRole('button', { name: s.deeds.crash }).click()
      await stage.bar.getByRole('button', { name: s.details }).click()
      await expect(stage.page.getByRole('dialog', { name: s.lab }).getByRole('row')).toHaveCount(3)
    },
  },
  {
    name: 'snapshot',
    async reach(stage) {
      await stage.openFile({ name: 'dump.rdb', mimeType: '', buffer: snapshot })
      await expect(stage.page.getByText(snapshotMessages[stage.language].untouched)).toBeVisible()
    },
  },
  {
    name: 'snapshot-damaged',
    async reach(stage) {
      await stage.openFile({ name: 'dump.rdb', mimeType: '', buffer: snapshot.subarray(0, 480) })
      await expect(stage.page.getByRole('alert')).toContainText('cart:7')
    },
  },
  {
    name: 'redis-conf',
    async reach(stage) {
      const t = configMessages[stage.language]
      const menu = await stage.menu(stage.t.clockTip)
      await menu.getByRole('button', { name: serverMessages[stage.language].lab }).click()
      await stage.page.getByRole('button', { name: t.example }).click()
      const file = stage.page.getByRole('textbox', { name: t.label })
      await expect(file).toHaveAccessibleDescription(t.sum(4, 4, 0))
      await file.press('Control+End')
      await file.pressSequentially('save 900 1 # calm')
      const lines = stage.page.getByRole('list', { name: t.lines }).getByRole('listitem')
      await expect(lines.last()).toContainText(`Invalid save parameters ${t.sharp}`)
      await stage.page.getByRole('button', { name: t.restart }).click()
      await expect(stage.page.getByRole('figure')).toContainText('at line 11')
    },
  },
  {
    name: 'clock-fast',
    async reach(stage) {
      await stage.say('A', 'SET code 4711 EX 86400')
      const menu = await stage.menu(stage.t.clockTip)
      await menu.getByRole('button', { name: stage.t.clockRate(10) }).click()
      await expect(stage.bar).toContainText(stage.t.clockFast)
      await stage.page.keyboard.press('Escape')
      await stage.choose('code')
    },
  },
  {
    name: 'sessions',
    main: true,
    async reach(stage) {
      await stage.say('A', 'SET capital Oslo')
      await stage.play()
      const menu = await stage.menu(stage.t.sessions)
      await expect(menu.getByRole('listitem')).toHaveCount(2)
    },
  },
  {
    name: 'session-rename',
    async reach(stage) {
      const menu = await stage.menu(stage.t.sessions)
      await menu.getByRole('button', { name: stage.t.rename }).click()
    },
  },
  {
    name: 'session-remove',
    async reach(stage) {
      await stage.play()
      const menu = await stage.menu(stage.t.sessions)
      await menu.getByRole('button', { name: sessionMessages[stage.language].remove }).click()
      await expect(menu.getByRole('status')).toBeVisible()
    },
  },
  {
    name: 'memory-only',
    before: withoutStore,
    async reach(stage) {
      await stage.say('A', 'SET a 1')
      await expect(stage.bar).toContainText(sessionMessages[stage.language].why.private)
    },
  },
]

const embeds: readonly State[] = [
  {
    name: 'embed-snippet',
    main: true,
    async reach(stage) {
      const menu = await stage.menu(stage.t.sessions)
      await menu.getByRole('button', { name: stage.t.embed }).click()
      const preview = stage.page.frameLocator(`iframe[title="${embedMessages[stage.language].preview}"]`)
      await expect(preview.getByRole('link', { name: embedMessages[stage.language].open })).toBeVisible({
        timeout: 30_000,
      })
    },
  },
  {
    name: 'embed-console-keys',
    main: true,
    frame: 'console+keys',
    async reach(stage) {
      await stage.run('A', 'HSET hat:4 color navy price 39.99', '(integer) 2')
      await stage.run('A', 'HGET hat:4 price', '"39.99"')
    },
  },
  { name: 'embed-lesson', main: true, frame: 'lesson', asks: '&lesson=keys-and-values' },
  { name: 'embed-full', main: true, frame: 'full', asks: '&lesson=last-hat' },
  {
    name: 'embed-exercise',
    frame: 'console',
    asks: '&lesson=keys-and-values',
    async reach(stage) {
      await stage.run('A', 'SET Croatia Zagreb', 'OK')
      await expect(stage.page.getByRole('button', { name: embedMessages[stage.language].next })).toBeVisible()
    },
  },
  { name: 'embed-missing', frame: 'console', asks: '&lesson=nowhere&run=SET+a+1' },
]

export const states: readonly State[] = [
  ...lessons,
  ...maps,
  ...playgrounds,
  ...values,
  ...consoles,
  ...frame,
  ...embeds,
]

/** A frame in a course page is as wide as its text, or as a phone. */
const frameSize = { width: 700, height: 470 }

/** Opens the page in a fresh context, and goes on to a state. */
export async function reach(page: Page, url: string, language: Language, state: State): Promise<Stage> {
  const stage = new Stage(page, language)
  await state.before?.(page)
  const wide = (page.viewportSize()?.width ?? 0) > frameSize.width
  if (state.frame) await page.setViewportSize(wide ? frameSize : { width: 390, height: frameSize.height })
  await page.goto(
    state.frame
      ? `${url}embed.html?lang=${language}&mode=${encodeURIComponent(state.frame)}${state.asks ?? ''}`
      : `${url}?lang=${language}${state.lesson ? `&lesson=${state.lesson}` : ''}`,
  )
  // A narrow frame begins with its lesson.
  const framed = stage.page.locator('main').getByRole('tab', { name: stage.t.console, exact: true })
  if (state.frame && !wide && state.reach && state.frame !== 'console') await framed.click()
  // The lesson of a narrow frame is all that is in view.
  if (!state.frame || wide || state.reach || state.frame === 'console') await stage.ready()
  else await expect(stage.bar).toContainText('1')
  await state.reach?.(stage)
  if (state.part) await stage.show(state.part)
  return stage
}
