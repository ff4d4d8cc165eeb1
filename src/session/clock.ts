// The session's clock: the machine's, moved and bent by the person who looks. It may stand still, run ten times as fast, or
// jump ahead; it never goes back, as the engine's time never does. Its state is three numbers: from which engine time it
// runs, since which instant of the machine, how fast. They are kept with the session, so that a clock that was moved an hour
// ahead is so after a reload, and one that stood still has stood still meanwhile.
import type { ClockRate, ClockState } from './protocol.ts'

export const realTime = (now: number): ClockState => ({ engine: now, machine: now, rate: 1 })

export class Clock {
  readonly #machine: () => number
  #state: ClockState

  /** `machine`: the machine's time in ms since 1970. */
  constructor(machine: () => number) {
    this.#machine = machine
    this.#state = realTime(machine())
  }

  get state(): ClockState {
    return this.#state
  }

  get rate(): ClockRate {
    return this.#state.rate
  }

  /** Engine time, in whole ms since 1970. */
  now(): number {
    const { engine, machine, rate } = this.#state
    // Whoever sets the machine's own clock back must not turn ours.
    return engine + Math.max(0, this.#machine() - machine) * rate
  }

  /**
   * A session was opened whose last input was at `reached`. What ran fast then does not run fast while nobody looks: it
   * goes on at the pace of the machine.
   */
  open(state: ClockState | undefined, reached: number): void {
    const kept = state ?? realTime(this.#machine())
    this.#state = kept.rate > 1 ? { ...kept, rate: 1 } : kept
    this.#set(Math.max(this.now(), reached), this.rate)
  }

  setRate(rate: ClockRate): void {
    this.#set(this.now(), rate)
  }

  /** To an engine time that lies ahead. */
  jump(to: number): void {
    this.#set(Math.max(this.now(), to), this.rate)
  }

  #set(engine: number, rate: ClockRate): void {
    this.#state = { engine, machine: this.#machine(), rate }
  }

  /** Machine's ms until an engine time; null where the clock stands still. */
  until(engine: number): number | null {
    return this.rate === 0 ? null : Math.max(0, (engine - this.now()) / this.rate)
  }
}
