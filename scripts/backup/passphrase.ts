import { readFileSync } from 'node:fs'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** Reads a passphrase from a file, or asks for it without showing it. */
export async function readPassphrase(file: string | undefined, question: string): Promise<string> {
  if (file !== undefined) return fromFile(file)
  if (!process.stdin.isTTY)
    throw new Error('Nobody is there to ask for the passphrase. Put it into a file and name that: --passphrase-file <file>')
  process.stdout.write(`${question}: `)
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: muted, terminal: true })
  const typed = await new Promise<string>((resolve) => terminal.once('line', resolve))
  terminal.close()
  process.stdout.write('\n')
  return typed
}

function fromFile(file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new Error(`The passphrase in ${file} could not be read. Check that the file is there and that your account may read it.`, {
      cause,
    })
  }
  if (text === '') throw new Error(`The file ${file} is empty; it has to hold the passphrase.`)
  return text
}
