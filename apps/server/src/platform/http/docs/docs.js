// Hides what the search does not name. Without script the whole page stays, and the browser's own search finds it.
const field = document.querySelector('#search')
const shown = document.querySelector('#shown')
const entries = [...document.querySelectorAll('[data-words]')]

function narrow() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean)
  let count = 0
  for (const entry of entries) {
    entry.hidden = !words.every((word) => entry.dataset.words.includes(word))
    if (!entry.hidden && entry.tagName === 'ARTICLE') count += 1
  }
  for (const group of document.querySelectorAll('[data-group]')) group.hidden = !group.querySelector('[data-words]:not([hidden])')
  shown.textContent = words.length === 0 ? '' : `${count} found`
}

field.hidden = false
field.addEventListener('input', narrow)
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target === field) return
  event.preventDefault()
  field.focus()
})
