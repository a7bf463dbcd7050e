import path from 'node:path'

/** The one total order of rooms: each imports only rooms to its left. */
export const roomOrder = [
  'accounts',
  'contacts',
  'privacy',
  'conversations',
  'calls',
  'scheduling',
  'leads',
  'dialer',
  'assistants',
  'outreach',
  'billing',
  'reports',
] as const

/** Which part of the house a file belongs to. `room` is the folder within that part. */
export type Place = {
  readonly part: 'platform' | 'module' | 'connector' | 'server' | 'web' | 'widget' | 'package' | 'tooling'
  readonly room: string
  /** The file's path inside its room. */
  readonly inside: string
  /** A test, or what sets the stage for tests: `testing.ts`, `<noun>.testing.ts`. */
  readonly isTest: boolean
}

const parts: readonly (readonly [RegExp, Place['part']])[] = [
  [/^apps\/server\/src\/platform\/([^/]+)\/(.+)$/, 'platform'],
  [/^apps\/server\/src\/modules\/([^/]+)\/(.+)$/, 'module'],
  [/^apps\/server\/src\/connectors\/([^/]+)\/(.+)$/, 'connector'],
  [/^apps\/(server)\/(.+)$/, 'server'],
  [/^apps\/(web)\/(.+)$/, 'web'],
  [/^apps\/(widget)\/(.+)$/, 'widget'],
  [/^packages\/([^/]+)\/(.+)$/, 'package'],
]

/** Finds the place of a file by its path from the root, with `/`. */
export function placeOf(file: string): Place {
  const isTest = /(\.test|[./]testing)\.tsx?$/.test(file) || file.startsWith('tests/')
  for (const [pattern, part] of parts) {
    const [, room, inside] = pattern.exec(file) ?? []
    if (room && inside) return { part, room, inside, isTest }
  }
  return { part: 'tooling', room: file.split('/')[0] ?? '', inside: path.posix.basename(file), isTest }
}

/** The room's name for people. */
export const nameOf = (place: Place): string =>
  place.part === 'tooling' || place.part === place.room ? place.room : `${place.part} ${place.room}`
