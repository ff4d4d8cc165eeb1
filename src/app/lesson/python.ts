// Python's words told apart, as quietly as a printed book does it: enough for the lines that a lesson shows.

export interface Token {
  readonly kind: 'plain' | 'string' | 'number' | 'word' | 'remark'
  readonly text: string
}

/** A row at Python's prompt: what was typed behind it, or what Python printed. */
export interface Row {
  /** `>>> ` or `... `; null: it was printed. */
  readonly prompt: string | null
  readonly tokens: readonly Token[]
}

const pieces: readonly (readonly [Token['kind'], RegExp])[] = [
  ['remark', /#.*/y],
  ['string', /[bfr]{0,2}(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/iy],
  ['number', /\b\d+(?:\.\d+)?\b/y],
  [
    'word',
    /\b(?:and|as|assert|break|class|continue|def|del|elif|else|except|False|finally|for|from|if|import|in|is|lambda|None|not|or|pass|raise|return|True|try|while|with|yield)\b/y,
  ],
]

/** Parts of a line of code; put together again they are the line. */
export function tokensOf(code: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < code.length;) {
    const found = pieces.flatMap(([kind, pattern]) => {
      pattern.lastIndex = at
      const text = pattern.exec(code)?.[0]
      return text === undefined ? [] : [{ kind, text }]
    })[0]
    const last = tokens.at(-1)
    if (found) tokens.push(found)
    else if (last?.kind === 'plain') tokens[tokens.length - 1] = { kind: 'plain', text: last.text + code[at]! }
    else tokens.push({ kind: 'plain', text: code[at]! })
    at += found?.text.length ?? 1
  }
  return tokens
}

/** A session of Python, row by row. */
export function rowsOf(session: string): Row[] {
  return session.split('\n').map((row) => {
    const prompt = /^(?:>>>|\.\.\.)(?: |$)/.exec(row)?.[0]
    if (prompt === undefined) return { prompt: null, tokens: [{ kind: 'plain', text: row }] }
    return { prompt, tokens: tokensOf(row.slice(prompt.length)) }
  })
}
