import type { Program } from './debian-packages.ts'

/** What `npm test` needs beside npm packages. */
export const testPrograms: readonly Program[] = [
  {
    debianPackage: 'chromium',
    why: 'the browser of the tests that use the screens',
    found: ['chromium', 'chromium-browser', 'google-chrome'],
  },
  { debianPackage: 'pebble', why: 'the certificate authority of the test that obtains a certificate', found: ['pebble'] },
  { debianPackage: 'dovecot-imapd', why: 'the mailbox of the tests that read mail', found: ['/usr/sbin/dovecot', 'dovecot'] },
  { debianPackage: 'radicale', why: 'the calendar server of the test that reads and writes by CalDAV', found: ['radicale'] },
  { debianPackage: 'sip-tester', why: 'the carrier and the callers of the tests of calls', found: ['sipp'] },
  { debianPackage: 'baresip-core', why: 'the telephone of those tests', found: ['baresip'] },
  { debianPackage: 'openssl', why: 'the certificate of that authority itself', found: ['openssl'] },
]

/** What `npm run test:pg15` needs. */
export const postgres15: Program = {
  debianPackage: 'postgresql-15',
  why: 'the oldest PostgreSQL that Frontdesk supports',
  found: ['/usr/lib/postgresql/15/bin/postgres'],
}
