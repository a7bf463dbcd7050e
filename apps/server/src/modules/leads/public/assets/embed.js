// Lets the frame of a form be as high as the form. Without this file the frame can be scrolled.
addEventListener('message', (event) => {
  const height = event.data?.frontdeskHeight
  if (!Number.isFinite(height)) return
  for (const frame of document.querySelectorAll('iframe[data-frontdesk]'))
    if (frame.contentWindow === event.source && new URL(frame.src).origin === event.origin) frame.style.height = `${Math.ceil(height)}px`
})
