// Runs the query in place instead of leaving the page; without this file the form still works.
const form = document.querySelector('form')
const query = document.querySelector('#query')
const result = document.querySelector('#result')

async function run() {
  result.textContent = '…'
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'accept-language': document.documentElement.lang },
      body: JSON.stringify({ query: query.value }),
    })
    result.textContent = JSON.stringify(await response.json(), null, 2)
  } catch (error) {
    result.textContent = String(error)
  }
}

form.addEventListener('submit', event => {
  event.preventDefault()
  run()
})
query.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    run()
  }
})
