const causes: readonly (readonly [RegExp, (folder: string) => string])[] = [
  [
    /No space left on device|ENOSPC/,
    (folder) => `The disk that holds ${folder} is full, so PostgreSQL cannot run. Nothing is lost: free some space and start again.`,
  ],
  [
    /GLIBC_|ld-linux|error while loading shared libraries|ENOEXEC/,
    () =>
      'The PostgreSQL that Frontdesk brings does not run on this system: it needs glibc 2.28 or newer. Set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
  ],
  [
    /Cannot allocate memory|could not (map|create) (anonymous )?shared memory/,
    () => 'There is not enough free memory to start PostgreSQL; it needs about 100 MB. Close something and start again.',
  ],
  [
    /has wrong ownership|Permission denied|EACCES/,
    (folder) =>
      `PostgreSQL may not use its files in ${folder}. They have to belong to the account that first started Frontdesk: start it as that account, or give them back with chown.`,
  ],
  [
    /could not locate a valid checkpoint record|invalid primary checkpoint record|PANIC: .*(global\/|pg_wal\/)|incorrect checksum in control file|is not a database cluster directory/,
    (folder) =>
      `The database files in ${folder} are damaged, most likely by the disk. Keep a copy of that folder, then restore the newest backup into a new one (docs/host.md).`,
  ],
]

/** What went wrong, from the server's last words, in a sentence that says what to do. */
export function explainFailure(folder: string, lastWords: string): string {
  const known = causes.find(([sign]) => sign.test(lastWords))?.[1](folder)
  const tail = lastWords.trim().split('\n').slice(-6).join('\n')
  return known ? `${known}\nPostgreSQL said: ${tail}` : `PostgreSQL did not start in ${folder}. It said:\n${tail || 'nothing'}`
}
