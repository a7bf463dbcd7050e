import { defineSchedule, type Schedule } from '../jobs/index.ts'
import { type BackupSettings, nightlyBackup } from './write-backup.ts'

/** Makes a backup every night at a quarter past three, and keeps fourteen. */
export const nightlySchedule = (settings: BackupSettings, zone = 'UTC'): Schedule =>
  defineSchedule({
    name: 'backup.nightly',
    cron: '15 3 * * *',
    zone,
    chore: async ({ now }) => {
      await nightlyBackup(settings, now)
    },
  })
