import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { watchInstall } from './app/install.ts'
import { router } from './app/router.ts'
import { shellWords } from './app/words.ts'
import { listenForKeys } from './lib/commands.ts'
import { watchConnection } from './lib/connection.ts'
import { fetchWordsFor, guessReader, loadWords, wordsThatCome } from './lib/i18n.tsx'
import { failureWords } from './lib/problems.ts'
import './styles/app.css'
import { takesLetters } from './ui/list.tsx'
import { uiWords } from './ui/words.ts'

watchInstall()
watchConnection()
listenForKeys(takesLetters)

// The words that every screen says are there before the first one is drawn. If their file does not arrive, English stands in when it is asked for again.
const reader = guessReader()
fetchWordsFor(reader)
const words = Promise.allSettled([loadWords(uiWords, reader), loadWords(shellWords, reader), loadWords(failureWords, reader)])

// So is the screen itself, unless it takes long: React shows what replaces an empty place a third of a second later, and would do so twice.
const LONG = 300
const long = new Promise((resolve) => setTimeout(resolve, LONG))
await Promise.all([words, Promise.race([router.load().then(wordsThatCome), long])])

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no element #app.')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
