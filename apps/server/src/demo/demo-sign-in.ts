import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const DemoSignIn = z.object({ email: z.string(), password: z.string(), complete: z.boolean() })

/** How the demo's owner signs in, and whether her clinic was made to the end. */
export type DemoSignIn = z.infer<typeof DemoSignIn>

const fileIn = (dataFolder: string) => path.join(dataFolder, 'demo-sign-in.json')

/** The sign-in of an earlier start, kept in the data folder for the operator alone. */
export function keptSignIn(dataFolder: string): DemoSignIn | undefined {
  const file = fileIn(dataFolder)
  return existsSync(file) ? DemoSignIn.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

/** A sign-in with a password of its own at every demo: nobody else's demo can be entered with it. */
export const newSignIn = (email: string): DemoSignIn => ({ email, password: randomBytes(15).toString('base64url'), complete: false })

/** Keeps a sign-in for the next start. */
export const keepSignIn = (dataFolder: string, signIn: DemoSignIn): void =>
  writeFileSync(fileIn(dataFolder), JSON.stringify(signIn), { mode: 0o600 })
