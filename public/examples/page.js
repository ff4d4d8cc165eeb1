// What a course page's own script may do with its playgrounds.
const shop = document.getElementById('shop')
const heard = document.getElementById('heard')
const note = (line) => {
  heard.textContent += `${line}\n`
  heard.scrollTop = heard.scrollHeight
}

shop.addEventListener('ready', ({ detail }) => note(`ready: ${detail.state.keys} keys`))
shop.addEventListener('reply', ({ detail }) => note(`${detail.line} answered ${detail.reply}`))
shop.addEventListener('change', ({ detail }) => note(`changed: ${detail.keys.map(({ key }) => key).join(', ')}`))

document.getElementById('fill').addEventListener('click', async () => {
  const hats = ['black price 49.99', 'green price 99.99', 'red price 59.99']
  const results = await shop.run({ lines: hats.map((hat, i) => `HSET hat:${i + 1} color ${hat}`) })
  note(`${results.filter(({ isError }) => !isError).length} of ${results.length} lines went well`)
})

document.getElementById('read').addEventListener('click', async () => {
  const results = await shop.run({ lines: ['HGET hat:1 price', 'HGET hat:2 price', 'HGET hat:3 price'] })
  note(`they cost ${results.map(({ reply }) => reply).join(', ')}`)
})

document.getElementById('course').addEventListener('completed', ({ detail }) => {
  document.getElementById('receipt').textContent = JSON.stringify(detail.receipt, null, 2)
})
