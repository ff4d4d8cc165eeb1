// Korean particles change with the last sound of the word before them. Redis' names are often Latin letters or digits, so
// a word is read the way a Korean would say its last character.

type Pair = '을/를' | '이/가' | '은/는' | '와/과' | '으로/로'

/** Digits that end in a consonant when read aloud: 영 일 삼 육 칠 팔. */
const closedDigits = '013678'
/** Letters whose Korean names end in a consonant: 엘 엠 엔 (and 알). */
const closedLetters = 'lmnr'
/** Those of them that end in ㄹ, which takes 로 like a vowel. */
const liquid = '178lr'

/** What stands behind a word and is not read aloud. */
const closing = /[\s"')\]…]+$/

function ending(word: string): { closed: boolean; rieul: boolean } {
  const last = word.replace(closing, '').at(-1)?.toLowerCase() ?? ''
  const code = last.codePointAt(0) ?? 0
  if (code >= 0xac00 && code <= 0xd7a3) {
    const final = (code - 0xac00) % 28
    return { closed: final !== 0, rieul: final === 8 }
  }
  return {
    closed: last !== '' && (closedDigits.includes(last) || closedLetters.includes(last)),
    rieul: last !== '' && liquid.includes(last),
  }
}

/** The word with the particle that fits it: josa('B', '이/가') is 'B가'. */
export function josa(word: string, pair: Pair): string {
  const { closed, rieul } = ending(word)
  if (pair === '와/과') return word + (closed ? '과' : '와')
  if (pair === '으로/로') return word + (closed && !rieul ? '으로' : '로')
  const [afterConsonant, afterVowel] = pair.split('/')
  return word + (closed ? afterConsonant! : afterVowel!)
}
