import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { claimDataFolder, holderOf } from './data-folder.ts'

const root = mkdtempSync(path.join(tmpdir(), 'frontdesk-claims-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('a data folder', () => {
  it('is refused while another Frontdesk works in it, naming that one', async () => {
    const folder = path.join(root, 'busy')
    const claim = await claimDataFolder(folder)
    claim.note({ url: 'http://localhost:4600' })
    await expect(claimDataFolder(folder)).rejects.toThrow(
      `already runs on this data (process ${process.pid}, http://localhost:4600). Stop it first`,
    )
    claim.release()
  })

  it('is refused where it cannot be made, and says how to choose another', async () => {
    writeFileSync(path.join(root, 'file'), '')
    await expect(claimDataFolder(path.join(root, 'file', 'data'))).rejects.toThrow('Set FRONTDESK_DATA to one that it can')
  })

  it('is waited for when the other one is just stopping', async () => {
    const folder = path.join(root, 'stopping')
    const first = await claimDataFolder(folder)
    first.note({ stopping: true })
    const second = claimDataFolder(folder)
    first.release()
    ;(await second).release()
  })

  it('is free after its holder was killed, whatever the notes say', async () => {
    const folder = path.join(root, 'killed')
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'running.json'), JSON.stringify({ pid: process.pid, url: 'http://localhost:4600' }))
    const claim = await claimDataFolder(folder)
    claim.release()
    expect(holderOf(folder)).toBeUndefined()
  })

  it('keeps what is in it from others', async () => {
    const folder = path.join(root, 'private')
    const claim = await claimDataFolder(folder)
    for (const name of ['keys', 'files', 'backups', 'logs', 'cache'])
      expect(statSync(path.join(folder, name)).mode & 0o777, name).toBe(0o700)
    expect(statSync(folder).mode & 0o066).toBe(0)
    claim.release()
    expect(existsSync(path.join(folder, 'running.json'))).toBe(false)
  })
})
