// Markdown becomes data, never HTML: markdown-it's tokens are folded into Blocks and Inlines, and raw HTML stays text.
// What stands at the top level (a step's heading, a fence, a block) comes out as a flat list of parts with their lines;
// format.ts gives them their meaning. What a lesson cannot show is a problem, not a silent loss.
import MarkdownIt, { type Token } from 'markdown-it'
import type { Problems } from './problems.ts'
import type { Block, Inline } from './schema.ts'

export type Part =
  | { readonly part: 'step'; readonly line: number; readonly text: string }
  | { readonly part: 'fence'; readonly line: number; readonly info: string; readonly content: string }
  | { readonly part: 'block'; readonly line: number; readonly block: Block }

/** Nothing in a lesson needs more than this; the parser itself drops what is deeper than 20. */
const DEEPEST = 12

const markdown = new MarkdownIt('commonmark', { html: false })
// Every link becomes a token, so that a bad one can be reported with its line.
markdown.validateLink = () => true

// CommonMark does not close ** between punctuation and a letter: in **"값"**은 the bold would stay open, because it
// reckons with a space after a word, and Korean hangs its particles on without one. A neighbour of these scripts
// counts as such a space.
const joined = /[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u
const blank = /^\s?$/

markdown.inline.State = class extends markdown.inline.State {
  override scanDelims(start: number, canSplitWord: boolean) {
    const found = super.scanDelims(start, canSplitWord)
    if (!canSplitWord) return found
    const before = this.src.slice(0, start).at(-1) ?? ''
    const after = this.src.charAt(start + found.length)
    if (joined.test(after) && !blank.test(before)) found.can_close = true
    if (joined.test(before) && !blank.test(after)) found.can_open = true
    return found
  }
}

/** The parts of a Markdown text whose first line is line `offset + 1` of the file; null where it is nested too deep. */
export function readParts(source: string, offset: number, problems: Problems): Part[] | null {
  const reader = new Reader(source, offset, problems)
  return reader.parts()
}

class Reader {
  readonly #tokens: readonly Token[]
  readonly #lines: readonly string[]
  readonly #offset: number
  readonly #problems: Problems
  #at = 0

  constructor(source: string, offset: number, problems: Problems) {
    this.#tokens = markdown.parse(source, {})
    this.#lines = source.split('\n')
    this.#offset = offset
    this.#problems = problems
  }

  parts(): Part[] | null {
    const deep = this.#tokens.find((token) => token.level > DEEPEST)
    if (deep) {
      this.#problems.add(this.#line(deep), {
        en: 'Lists and quotes are nested too deep here. Write it flatter.',
        ko: '목록과 인용이 너무 깊이 겹쳐 있어요. 더 얕게 쓰세요.',
      })
      return null
    }
    const parts: Part[] = []
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at]!
      const line = this.#line(token)
      if (token.type === 'heading_open' && token.tag === 'h2') parts.push({ part: 'step', line, text: this.#heading() })
      else if (token.type === 'fence') parts.push(this.#fence(token))
      else {
        const block = this.#block()
        if (block) parts.push({ part: 'block', line, block })
      }
    }
    return parts
  }

  #line(token: Token): number {
    return (token.map?.[0] ?? 0) + this.#offset + 1
  }

  #heading(): string {
    const text = this.#tokens[this.#at + 1]!.content
    this.#at += 3
    return text
  }

  #fence(token: Token): Extract<Part, { part: 'fence' }> {
    this.#at++
    const [first, end] = token.map!
    const last = this.#lines[end - 1]!.replace(/^[\s>]+/, '').trimEnd()
    if (end - first < 2 || !last.startsWith(token.markup) || last.replaceAll(token.markup[0]!, '') !== '')
      this.#problems.add(this.#line(token), {
        en: `This fence is never closed. Add a line ${token.markup} below its last line.`,
        ko: `이 코드 블록이 닫히지 않았어요. 마지막 줄 아래에 ${token.markup} 줄을 넣으세요.`,
      })
    return { part: 'fence', line: this.#line(token), info: token.info.trim(), content: token.content }
  }

  /** The block that begins at the present token, or null where it cannot be shown. */
  #block(): Block | null {
    const token = this.#tokens[this.#at]!
    switch (token.type) {
      case 'paragraph_open':
        return { kind: 'paragraph', text: this.#text() }
      case 'heading_open':
        if (token.tag < 'h3')
          this.#problems.add(this.#line(token), {
            en: 'Inside a step, headings begin with ###. The title stands in the head.',
            ko: '단계 안의 제목은 ###부터 쓰세요. 수업 제목은 파일 맨 위에 써요.',
          })
        return { kind: 'heading', text: this.#text() }
      case 'bullet_list_open':
      case 'ordered_list_open':
        return this.#list(token)
      case 'blockquote_open':
        return { kind: 'quote', blocks: this.#blocks('blockquote_close') }
      case 'fence':
        return this.#shownCode(token)
      case 'code_block':
        this.#at++
        return { kind: 'code', language: '', code: token.content.replace(/\n$/, '') }
      default:
        this.#at++
        this.#problems.add(this.#line(token), {
          en: 'A ruled line cannot be shown. Take it out, or begin a new step.',
          ko: '가로줄은 보여 줄 수 없어요. 빼거나 새 단계를 시작하세요.',
        })
        return null
    }
  }

  #shownCode(token: Token): Block {
    const { line, info, content } = this.#fence(token)
    if (isMeaningful(info))
      this.#problems.add(line, {
        en: `A fence "${info}" cannot stand inside a list or a quote. Move it to the left edge.`,
        ko: `"${info}" 코드 블록은 목록이나 인용 안에 둘 수 없어요. 줄 맨 앞으로 옮기세요.`,
      })
    return { kind: 'code', language: info, code: content.replace(/\n$/, '') }
  }

  #list(open: Token): Block {
    const close = open.type.replace('open', 'close')
    const items: (readonly Block[])[] = []
    this.#at++
    while (this.#tokens[this.#at]!.type !== close) items.push(this.#blocks('list_item_close'))
    this.#at++
    return { kind: 'list', ordered: open.type === 'ordered_list_open', items }
  }

  /** From an opening token to its closing one. */
  #blocks(close: string): Block[] {
    const blocks: Block[] = []
    this.#at++
    while (this.#tokens[this.#at]!.type !== close) {
      const block = this.#block()
      if (block) blocks.push(block)
    }
    this.#at++
    return blocks
  }

  #text(): Inline[] {
    const inline = this.#tokens[this.#at + 1]!
    this.#at += 3
    return readInline(inline.children ?? [], this.#line(inline), this.#problems)
  }
}

/** True for a fence that a lesson gives a meaning to. */
export const isMeaningful = (info: string): boolean => /^(redis\s+\S|check\b|hint\b|expect\b|python\b)/.test(info)

/** Folds inline tokens with a stack of our own: a hostile text may nest them as deep as it likes. */
function readInline(tokens: readonly Token[], firstLine: number, problems: Problems): Inline[] {
  const stack: { open: Token | null; inside: Inline[] }[] = [{ open: null, inside: [] }]
  let line = firstLine
  for (const token of tokens) {
    const isBreak = token.type === 'softbreak' || token.type === 'hardbreak'
    if (isBreak) line++
    if (token.nesting > 0) {
      if (token.type === 'link_open' && !isSafe(hrefOf(token)))
        problems.add(line, {
          en: `A link begins with https:// here, not as in "${hrefOf(token).slice(0, 60)}".`,
          ko: `링크는 https://로 시작해야 해요. 이렇게는 쓸 수 없어요: "${hrefOf(token).slice(0, 60)}"`,
        })
      stack.push({ open: token, inside: [] })
      if (stack.length <= DEEPEST) continue
      problems.add(line, {
        en: 'Bold, italics and links are nested too deep here. Write it flatter.',
        ko: '굵은 글씨, 기울임, 링크가 너무 깊이 겹쳐 있어요. 더 얕게 쓰세요.',
      })
      return []
    }
    const done = token.nesting < 0 ? stack.pop()! : null
    const inside = stack.at(-1)!.inside
    if (done) inside.push(...wrapped(done.open!, done.inside))
    else if (token.type === 'code_inline') inside.push({ kind: 'code', text: token.content })
    else if (token.type === 'image')
      problems.add(line, {
        en: 'Pictures cannot be shown in a lesson. Say it in words.',
        ko: '수업에는 그림을 넣을 수 없어요. 글로 설명하세요.',
      })
    else addText(inside, isBreak ? ' ' : token.content)
  }
  return stack[0]!.inside
}

const hrefOf = (token: Token): string => String(token.attrGet('href') ?? '')
const isSafe = (href: string): boolean => /^https:\/\/[^\s/]/i.test(href)

function wrapped(open: Token, text: Inline[]): Inline[] {
  if (open.type === 'strong_open') return [{ kind: 'strong', text }]
  if (open.type === 'em_open') return [{ kind: 'emphasis', text }]
  return isSafe(hrefOf(open)) ? [{ kind: 'link', href: hrefOf(open), text }] : text
}

/** Text that follows text joins it, so that a paragraph is not in crumbs. */
function addText(inside: Inline[], text: string): void {
  if (text === '') return
  const last = inside.at(-1)
  if (last?.kind === 'text') inside[inside.length - 1] = { kind: 'text', text: last.text + text }
  else inside.push({ kind: 'text', text })
}
