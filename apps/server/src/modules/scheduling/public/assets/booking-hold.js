// Watches until when a time is kept: warns a minute before, prolongs it, and asks at its end. What is typed stays where it is.
{
  const warnSeconds = 60
  let timers = []

  function watch() {
    for (const timer of timers) clearTimeout(timer)
    timers = []
    const hold = byId('hold')
    const left = Number(hold?.dataset.left)
    if (!(left >= 0)) return
    const end = performance.now() + left * 1000
    const at = (moment, run) => timers.push(setTimeout(run, Math.max(0, moment - performance.now())))
    at(end - warnSeconds * 1000, () => {
      const text = hold.querySelector('[data-hold-text]')
      text.textContent = hold.dataset.soon
      hold.querySelector('.note').classList.add('warn')
      say(hold.dataset.soon)
    })
    at(end + 500, () => ask('look'))
  }

  /** Asks the server how it stands. Only what says which time it is goes along, nothing that was typed. */
  async function ask(act) {
    const form = document.querySelector('form[data-draft]')
    const all = new FormData(form)
    const sent = new URLSearchParams({ act })
    for (const name of ['lang', 'zone', 'frame', 'theme', 'colour', 'staff', 'start', 'hold'])
      if (all.has(name)) sent.set(name, all.get(name))
    try {
      const answer = await fetch(form.action, { method: 'POST', headers: { accept: 'text/html' }, body: sent })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const next = page.getElementById('hold')
      if (!next) return
      const had = byId('hold').contains(document.activeElement)
      byId('hold').replaceWith(next)
      const problem = page.getElementById('problems')
      byId('problems')?.remove()
      if (problem) {
        // Said politely: she may be in the middle of a word.
        for (const name of ['role', 'autofocus']) problem.removeAttribute(name)
        next.before(problem)
      }
      const button = page.querySelector('[data-book]')
      if (button) document.querySelector('[data-book]').textContent = button.textContent
      if (had) (next.querySelector('button') ?? next).focus()
      say(problem ? problem.textContent : next.dataset.said)
      watch()
    } catch {
      // Without an answer the text says until when; whoever books is told how it stands.
    }
  }

  document.addEventListener(
    'submit',
    (event) => {
      if (event.submitter?.name !== 'act') return
      event.preventDefault()
      event.stopImmediatePropagation()
      ask(event.submitter.value)
    },
    true,
  )
  watch()
}
