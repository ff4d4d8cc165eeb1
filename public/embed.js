// Rediscover in a page: <script src="https://…/embed.js" async></script>, and where it is to be
//
//   <rediscover-playground lesson="last-hat" lang="ko" mode="console+keys">What stands here until it is loaded.</rediscover-playground>
//
// It loads when the reader comes near (load="click": at a press; load="eager": at once), and it is as high as its content,
// unless it has a height. Its methods, events and messages: docs/embed.md. A plain script without dependencies: it finds
// embed.html beside itself.
;(() => {
  'use strict'
  if (customElements.get('rediscover-playground')) return

  const script = document.currentScript ?? document.querySelector('script[src*="embed.js"]')
  const home = new URL('./', script?.src ?? location.href)
  const say = {
    en: { run: 'Open the playground', frame: 'Redis playground' },
    ko: { run: '실습 열기', frame: 'Redis 실습' },
  }
  /** How high a frame begins, in px: the least of what it asks for later. */
  const heights = { full: 480, lesson: 440, console: 240, 'console+keys': 280 }
  const asks = ['load', 'run', 'reset', 'setLanguage', 'setTheme', 'getState', 'link']
  /** What of an address a frame is opened with. Another language or theme it takes while it is open. */
  const shown = ['lesson', 'lang', 'theme', 'mode', 'run']
  let frames = 0

  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    :host { display: block; margin: 1em 0 }
    :host([hidden]) { display: none }
    iframe { display: block; width: 100%; border: 1px solid #8888; border-radius: 8px; box-sizing: border-box }
    .wait { padding: 14px 16px; border: 1px solid #8888; border-radius: 8px }
    button { font: inherit; font-weight: 600; margin-top: 10px; padding: 6px 14px; color: #fff; background: #c8321f;
      border: 0; border-radius: 6px; cursor: pointer }
    button:focus-visible { outline: 2px solid; outline-offset: 2px }
  `)

  class Playground extends HTMLElement {
    static observedAttributes = [...shown, 'height']

    #root = this.attachShadow({ mode: 'open' })
    #frame = null
    #place = frames++
    /** Asks that are not answered yet, by their ids. */
    #waiting = new Map()
    #ids = 0
    /** Where messages go: the frame's window, or the port that a frame without an origin has sent. */
    #send = null
    #near = null
    #height = null
    #ready = this.#promise()

    constructor() {
      super()
      this.#root.adoptedStyleSheets = [sheet]
    }

    /** Resolves with the first state, once the frame takes asks. */
    get ready() {
      return this.#ready.promise
    }

    connectedCallback() {
      addEventListener('message', this.#hear)
      this.#wait()
    }

    disconnectedCallback() {
      removeEventListener('message', this.#hear)
      this.#near?.disconnect()
      this.#close()
    }

    attributeChangedCallback(name, before, now) {
      if (before === now || !this.isConnected) return
      if (name === 'height') return this.#fit()
      if (!this.#frame) return
      const quiet = () => {}
      if (name === 'lang' && this.#send) return void this.setLanguage({ language: this.#language() }).catch(quiet)
      if (name === 'theme' && this.#send) return void this.setTheme({ theme: now ?? 'auto' }).catch(quiet)
      this.#close()
      this.open()
    }

    /** Loads the frame now. */
    open() {
      if (this.#frame) return
      this.#near?.disconnect()
      const frame = document.createElement('iframe')
      frame.src = this.#address()
      frame.title = this.getAttribute('aria-label') ?? this.title ?? ''
      frame.title ||= say[this.#language()].frame
      frame.allow = 'clipboard-write'
      if (this.hasAttribute('sandbox')) frame.sandbox = this.getAttribute('sandbox') || 'allow-scripts'
      this.#frame = frame
      this.#root.replaceChildren(frame)
      this.#fit()
    }

    // ------------------------------------------------------------------ before it is loaded

    /** What stands inside is shown; with a button, where the reader is to ask for more. */
    #wait() {
      const how = this.getAttribute('load') ?? 'lazy'
      if (how === 'eager') return this.open()
      const box = document.createElement('div')
      box.className = 'wait'
      box.append(document.createElement('slot'))
      if (how === 'click') {
        const button = document.createElement('button')
        button.type = 'button'
        button.textContent = say[this.#language()].run
        button.addEventListener('click', () => {
          this.open()
          this.#frame.addEventListener('load', () => this.#frame?.focus(), { once: true })
        })
        box.append(button)
      } else {
        this.#near = new IntersectionObserver(
          (seen) => {
            if (seen.some(({ isIntersecting }) => isIntersecting)) this.open()
          },
          { rootMargin: '300px' },
        )
        this.#near.observe(this)
        box.style.minHeight = `${this.#least()}px`
        box.style.boxSizing = 'border-box'
      }
      this.#root.replaceChildren(box)
    }

    #close() {
      for (const { failed } of this.#waiting.values()) failed(new Error('the playground was closed'))
      this.#waiting.clear()
      this.#frame = this.#send = this.#height = null
      this.#ready = this.#promise()
      this.#root.replaceChildren()
    }

    #language() {
      const near = (this.getAttribute('lang') ?? this.closest('[lang]')?.lang ?? navigator.language).slice(0, 2)
      return near === 'ko' ? 'ko' : 'en'
    }

    #mode() {
      const mode = this.getAttribute('mode')
      return Object.hasOwn(heights, mode ?? '') ? mode : this.hasAttribute('lesson') ? 'lesson' : 'console'
    }

    /** What it shows stands where a server may see it; who embeds it stands behind the #. */
    #address() {
      const url = new URL('embed.html', home)
      for (const name of shown) {
        const value = name === 'lang' ? this.#language() : this.getAttribute(name)
        if (value !== null) url.searchParams.set(name, value)
      }
      const name = this.getAttribute('name') ?? `${location.pathname} ${this.#place}`
      url.hash = new URLSearchParams({ host: location.origin, name })
      return url.href
    }

    #least() {
      return Number.parseInt(this.getAttribute('height'), 10) || heights[this.#mode()]
    }

    #fit() {
      const own = Number.parseInt(this.getAttribute('height'), 10)
      if (this.#frame) this.#frame.style.height = `${own || this.#height || this.#least()}px`
    }

    // ------------------------------------------------------------------ messages

    #promise() {
      const made = {}
      made.promise = new Promise((resolve) => (made.resolve = resolve))
      return made
    }

    /** A frame in a bare sandbox has no origin: it is known by its window alone. */
    #hear = ({ source, origin, data, ports }) => {
      if (!this.#frame || source !== this.#frame.contentWindow || data?.rediscover !== 1) return
      const isBare = this.#frame.hasAttribute('sandbox') && !this.#frame.sandbox.contains('allow-same-origin')
      if (origin !== (isBare ? 'null' : home.origin)) return
      const { rediscover, on, ...detail } = data
      if (on === 'answer' || on === 'refusal') {
        const waiting = this.#waiting.get(data.id)
        this.#waiting.delete(data.id)
        return on === 'answer' ? waiting?.done(data.value) : waiting?.failed(new Error(data.message))
      }
      if (on === 'ready') {
        const [port] = ports
        const frame = this.#frame.contentWindow
        this.#send = port ? (ask) => port.postMessage(ask) : (ask) => frame.postMessage(ask, home.origin)
        for (const { ask } of this.#waiting.values()) this.#send(ask)
        this.#ready.resolve(data.state)
      }
      if (on === 'resize') {
        this.#height = data.height
        this.#fit()
      }
      this.dispatchEvent(new CustomEvent(on, { detail }))
    }

    /** Asks that come before the frame is open wait for it, and open it. */
    ask(what, fields) {
      this.open()
      const ask = { rediscover: 1, ...fields, do: what, id: ++this.#ids }
      return new Promise((done, failed) => {
        this.#waiting.set(ask.id, { ask, done, failed })
        this.#send?.(ask)
      })
    }
  }

  // load({ lesson, step }) or load({ link }), run({ lines, client }), reset({ what }), setLanguage({ language }) …: each a
  // promise of the answer.
  for (const what of asks)
    Playground.prototype[what] = function (fields) {
      return this.ask(what, fields)
    }

  customElements.define('rediscover-playground', Playground)
})()
