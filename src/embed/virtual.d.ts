// What src/tools/embed.ts makes of session/worker.ts when the site is built: a classic script, as text.
declare module 'virtual:engine' {
  const source: string
  export default source
}
