// What foreign text would do if any of it were code.
import type { Frame, Page } from '@playwright/test'
import { tripwire } from './vectors.ts'

/**
 * Watches for whatever a vector could reach; what was seen is told by the function that comes back. `others`: hosts that may be
 * asked besides the page's own.
 */
export async function watch(page: Page, ...others: readonly string[]): Promise<(frame?: Frame) => Promise<string[]>> {
  const seen: string[] = []
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('popup', (popup) => seen.push(`popup: ${popup.url()}`))
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (
      /^https?:$/.test(protocol) &&
      ![new URL(page.url()).host, ...others].includes(host) &&
      page.url() !== 'about:blank'
    )
      seen.push(`request: ${request.url()}`)
  })
  await page.addInitScript((name) => {
    Object.defineProperty(globalThis, name, {
      set() {
        Object.assign(globalThis, { wasTripped: true })
      },
    })
  }, tripwire)
  return async (frame = page.mainFrame()) => {
    const found = await frame.evaluate(() => {
      const told: string[] = []
      if ('wasTripped' in globalThis) told.push('the tripwire')
      for (const { href } of document.querySelectorAll<HTMLAnchorElement>('a[href]'))
        if (!/^(?:https?|mailto):/.test(href)) told.push(`a link to ${href}`)
      for (const element of document.querySelectorAll(
        'script:not([src]), iframe, object, embed, base, form, meta[http-equiv=refresh]',
      ))
        told.push(`an element ${element.outerHTML.slice(0, 100)}`)
      for (const element of document.querySelectorAll('body *'))
        for (const { name } of element.attributes) if (name.startsWith('on')) told.push(`a handler ${name}`)
      if (Object.keys(Object.prototype).length > 0) told.push('a property of every object')
      return told
    })
    return [...seen, ...found]
  }
}
