import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { watchInstall } from './app/install.ts'
import { shellWords } from './app/words.ts'
import { listenForKeys } from './lib/commands.ts'
import { watchConnection } from './lib/connection.ts'
import { guessReader, loadWords } from './lib/i18n.tsx'
import { failureWords } from './lib/problems.ts'
import './styles/app.css'
import { isTyping } from './ui/list.tsx'
import { uiWords } from './ui/words.ts'

watchInstall()
watchConnection()
listenForKeys(isTyping)

// The words that every screen says are there before the first one is drawn. If their file does not arrive, English stands in when it is asked for again.
const reader = guessReader()
await Promise.allSettled([loadWords(uiWords, reader), loadWords(shellWords, reader), loadWords(failureWords, reader)])

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no element #app.')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
