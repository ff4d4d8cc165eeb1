import { useMessages } from '../context.tsx'
import SampleSets from './SampleSets.tsx'
import css from './sandbox.module.css'

/** What stands in the lesson's place where there is none. */
export default function Playground() {
  const t = useMessages()
  return (
    <div className={css.body} data-lands="" tabIndex={-1}>
      <h2>{t.playground}</h2>
      <p>{t.playgroundAbout}</p>
      <h3>{t.sampleData}</h3>
      <p>{t.sampleHint}</p>
      <SampleSets />
    </div>
  )
}
