import { beforeAll, describe, expect, it } from 'vitest'
import { rooms } from '../../apps/web/src/app/rooms.ts'
import { type BuiltApp, buildApp } from './build-app.ts'

/** Script, compressed with gzip, until the first screen can be used: the issue's own bound. */
const MOST = 150_000

/** What a room loads besides its screen before it can be used. */
const besides: Readonly<Record<string, readonly string[]>> = { calendar: ['features/calendar/calendar-grid.tsx'] }

let app: BuiltApp
beforeAll(async () => {
  app = await buildApp()
})

describe('the first load', () => {
  it.each([
    ['signing in', 'features/accounts/sign-in-screen.tsx'],
    ['setting up', 'features/accounts/setup-screen.tsx'],
    ['the first minutes', 'features/onboarding/onboarding-screen.tsx'],
  ])('stays within 150 kB of script for %s', (_, screen) => {
    expect(app.scriptFor(screen)).toBeLessThanOrEqual(MOST)
  })

  it.each(rooms.map(({ key }) => [key]))('stays within 150 kB of script for %s, with the shell around it', (key) => {
    const screen = `features/${key}/${key}-screen.tsx`
    expect(app.scriptFor('app/shell.tsx', screen, ...(besides[key] ?? []))).toBeLessThanOrEqual(MOST)
  })

  it('brings no schema library and no telephone tables to the browser', () => {
    for (const [name, content] of app.files) {
      if (!name.endsWith('.js')) continue
      expect(content, name).not.toContain('ZodError')
      expect(content, name).not.toContain('libphonenumber')
    }
  })

  it('has no inline script or style, which the policy would refuse', () => {
    const page = String(app.files.get('index.html'))
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/)
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/)
  })

  it('names the files of the shell in the service worker, which leaves the API alone', () => {
    const worker = String(app.files.get('sw.js'))
    const shell = /const SHELL = (\[.*\])/.exec(worker)?.[1] ?? '[]'
    for (const file of JSON.parse(shell) as string[]) {
      const known =
        file === '/' ||
        app.files.has(file.slice(1)) ||
        ['/before-paint.js', '/manifest.webmanifest'].includes(file) ||
        file.startsWith('/icons/')
      expect(known, file).toBe(true)
    }
    expect(worker).not.toContain('__')
  })
})
