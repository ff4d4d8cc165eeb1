// Three hundred ways to smuggle code in as text, made by combination: what runs it, by how it is written down. Each calls
// the tripwire if anything of it ever runs, or asks the tripwire's host.

/** What none of them may call: a name that the page does not have. */
export const tripwire = 'tripped'
const call = `globalThis.${tripwire}=1`
/** A host that does not exist; that it was asked for is seen all the same. */
export const tripHost = 'tripwire.invalid'
const url = `//${tripHost}`

/** HTML and SVG that runs or loads by itself. */
const markup: readonly string[] = [
  `<script>${call}</script>`,
  `<script src=${url}/a.js></script>`,
  `<img src=x onerror=${call}>`,
  `<img src=https:${url}/a.png>`,
  `<svg onload=${call}>`,
  `<svg><script>${call}</script></svg>`,
  `<svg><animate onbegin=${call} attributeName=x dur=1s>`,
  `<svg><use href=https:${url}/a.svg#x></svg>`,
  `<iframe src=javascript:${call}></iframe>`,
  `<iframe srcdoc="<script>parent.${tripwire}=1</script>"></iframe>`,
  `<object data=javascript:${call}></object>`,
  `<embed src=https:${url}/a>`,
  `<a href=javascript:${call}>click</a>`,
  `<form action=javascript:${call}><button>go</button></form>`,
  `<input autofocus onfocus=${call}>`,
  `<details open ontoggle=${call}>`,
  `<video><source onerror=${call}></video>`,
  `<body onload=${call}>`,
  `<marquee onstart=${call}>`,
  `<link rel=stylesheet href=https:${url}/a.css>`,
  `<style>@import "https:${url}/a.css"</style>`,
  `<base href=https:${url}/>`,
  `<meta http-equiv=refresh content="0;url=https:${url}/">`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${call}></style></mglyph></table></mtext></math>`,
  `<template><img src=x onerror=${call}></template>`,
]

/** Addresses that are no addresses, for whoever makes a link of them. */
const addresses: readonly string[] = [
  `javascript:${call}`,
  `JaVaScRiPt:${call}`,
  `java\tscript:${call}`,
  `\u0001javascript:${call}`,
  `javascript&colon;${call}`,
  `&#106;avascript:${call}`,
  `javascript:/*--></title></style>*/${call}//`,
  `vbscript:${call}`,
  `data:text/html,<script>${call}</script>`,
  `data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`,
  `blob:https:${url}/1`,
  `file:///etc/passwd`,
  `view-source:https:${url}/`,
  `http:${url}/`,
  `${url}/`,
  `https:\\\\${tripHost}\\`,
]

/** Ways in which an address becomes a link or a picture in Markdown. */
const links: readonly ((address: string) => string)[] = [
  (address) => `[click](${address})`,
  (address) => `[click](<${address}>)`,
  (address) => `![see](${address})`,
  (address) => `<${address}>`,
  (address) => `[click][1]\n\n[1]: ${address}`,
  (address) => `[![see](${address})](${address})`,
]

/** Ways to write markup so that a filter reads it otherwise than a browser. */
const disguises: readonly ((html: string) => string)[] = [
  (html) => html,
  (html) => html.toUpperCase().replaceAll(call.toUpperCase(), call),
  (html) => `"><b>${html}`,
  (html) => `'"--></style></script>${html}`,
  (html) => `<!--${html}-->${html}`,
  (html) => html.replaceAll('<', '\uff1c').replaceAll('>', '\uff1e'),
  (html) => html.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
]

/** What other machines take for code: templates, style sheets, terminals, names that objects have. */
const others: readonly string[] = [
  `{{constructor.constructor('${call}')()}}`,
  `\${${call}}`,
  `<%= ${call} %>`,
  `#{${call}}`,
  `{%${call}%}`,
  `'+${call}+'`,
  `\`+${call}+\``,
  `');${call};//`,
  `\\u003cscript\\u003e${call}\\u003c/script\\u003e`,
  `background:url(https:${url}/a.png)`,
  `</style><style>*{background:url(https:${url}/b.png)}`,
  `expression(${call})`,
  `\u001b]8;;javascript:${call}\u0007click\u001b]8;;\u0007`,
  `\u202e>tpircs/<${call}>tpircs<`,
  `\u2028${call}\u2029`,
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
]

/** All of them, each once. */
export const vectors: readonly string[] = [
  ...new Set([
    ...markup.flatMap((html) => disguises.map((disguise) => disguise(html))),
    ...addresses.flatMap((address) => links.map((link) => link(address))),
    ...addresses,
    ...others,
  ]),
]

/** Those that stand in a line of Markdown and let the rest of a lesson be read: for what only refuses is no danger. */
export const inProse: readonly string[] = vectors.map((vector) => vector.replaceAll(/\s*\n\s*/g, ' '))
