/** Hands content to the browser as a download. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken its own hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address))
}

/** The same with a text. */
export const saveText = (name: string, type: string, text: string): void => saveFile(name, new Blob([text], { type }))
