import { Check, X } from 'lucide-react'
import { useId, useState } from 'react'
import { isForetold } from '../../lesson/guess.ts'
import type { Block } from '../../lesson/schema.ts'
import { useLesson, useMessages, useStores } from '../context.tsx'
import { guessName, stepOf } from '../stores/lesson.ts'
import { Command, RunLine } from './RunLine.tsx'
import css from './lesson.module.css'

type Prediction = Extract<Block, { kind: 'predict' }>

/** A line whose reply is to be foretold before it runs. `number`: of all such blocks of the step. */
export function Predict({ block, number }: { block: Prediction; number: number }) {
  const t = useMessages()
  const name = useLesson((state) => {
    const step = stepOf(state)
    return step ? guessName(step, number) : ''
  })
  const guess = useLesson((state) => state.place?.guesses?.[name])
  const label = useId()
  return (
    <section className={css.predict} aria-labelledby={label} data-client={block.typed.client}>
      <h3 id={label}>{t.foretell}</h3>
      {guess === undefined ? <Ask block={block} number={number} /> : <RunLine line={block.typed} />}
      <output className={css.verdict}>
        {guess !== undefined && <Verdict block={block} name={name} guess={guess} />}
      </output>
    </section>
  )
}

/** The line, and what it may answer: a press on a reply guesses it and runs the line. */
function Ask({ block, number }: { block: Prediction; number: number }) {
  const t = useMessages()
  const { hand, lesson } = useStores()
  const [typed, setTyped] = useState('')
  const [waits, setWaits] = useState(false)
  const { client, line } = block.typed
  const guess = (reply: string) => {
    const runs = hand.getState().run(block.typed, { stays: true })
    setWaits(!runs)
    if (runs) lesson.getState().foretell(number, reply)
  }
  return (
    <>
      <p className={css.asked}>
        <Command line={line} />
        <small>{t.runIn(client)}</small>
      </p>
      {block.choices.length > 0 ? (
        <ul className={css.choices}>
          {block.choices.map((choice) => (
            <li key={choice}>
              <button type="button" onClick={() => guess(choice)}>
                <i aria-hidden="true" />
                <code>{choice}</code>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <form
          className={css.guess}
          onSubmit={(event) => {
            event.preventDefault()
            if (typed.trim() !== '') guess(typed.trim())
          }}
        >
          <input
            value={typed}
            aria-label={t.yourGuess}
            placeholder={t.yourGuess}
            autoCapitalize="off"
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
          <button type="submit" className={css.do} disabled={typed.trim() === ''}>
            {t.runAndSee}
          </button>
        </form>
      )}
      <button type="button" className={css.skip} onClick={() => guess('')}>
        {t.justRun}
      </button>
      <output className={css.said}>{waits ? t.laneWaits(client) : ''}</output>
    </>
  )
}

/** What became of the guess. After a reload whose reply was not kept, the lesson's own word for it stands in. */
function Verdict({ block, name, guess }: { block: Prediction; name: string; guess: string }) {
  const t = useMessages()
  const told = useLesson((state) => state.answers[name])
  const waits = useLesson((state) => state.foretold.some((asked) => asked.name === name))
  const reply = told ?? block.typed.expect
  const right = isForetold(guess, reply)
  if (waits) return <p>{t.notAnswered}</p>
  return (
    <div data-right={guess === '' ? undefined : right}>
      <p>
        {guess !== '' && (right ? <Check size={15} aria-hidden="true" /> : <X size={15} aria-hidden="true" />)}
        <span>{guess === '' ? t.itAnswered : right ? t.foretold : t.notForetold(guess)}</span>
      </p>
      <pre>
        <code>{reply}</code>
      </pre>
    </div>
  )
}
