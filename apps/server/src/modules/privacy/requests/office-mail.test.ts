import { createTransport } from 'nodemailer'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { mediaSample } from '../../../platform/files/testing.ts'
import { openLog } from '../../../platform/log/index.ts'
import { doorAddress, mailSettings, receiveMailJob, startSmtpReceiver } from '../../../platform/mail/index.ts'
import { kindOfMail } from './read-office-mail.rules.ts'
import { testOffice } from './testing.ts'

const test = await testDatabase()
const office = await testOffice(test)
const { place } = office
const background = await backgroundOf(test, { jobs: [receiveMailJob] })
const address = doorAddress(mailSettings.get(), test.keys, { kind: 'office', workspaceId: place.workspaceId }) ?? ''
const receiver = await startSmtpReceiver({
  host: '127.0.0.1',
  port: 0,
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
})
const transport = createTransport({ host: '127.0.0.1', port: receiver.port, secure: false, ignoreTLS: true })
afterAll(() => receiver.stop())

const send = async (mail: {
  from?: string
  to?: string
  subject?: string
  text?: string
  attachments?: { filename: string; content: Buffer }[]
  headers?: Record<string, string>
}) => {
  await transport.sendMail({ from: 'Ann Lee <ann@home.example>', to: address, subject: 'My data', text: 'Hello', ...mail })
  await background.settle()
}
const newest = async () =>
  (await office.rowsOf('select id, kind, received_by, requester_email, details from request order by number desc limit 1'))[0]

describe('a mail to the privacy address', () => {
  it('that was made up, or comes from a program, opens no case [D14]', async () => {
    await expect(send({ to: address.replace('+', '+x') })).rejects.toThrow()
    await send({ headers: { 'Auto-Submitted': 'auto-replied' } })
    expect(await newest()).toBeUndefined()
  })

  it('that objects to offers stops them at once on the address it came from, and opens a case [D14]', async () => {
    const contactId = await place.newContact('ann@home.example')
    await send({ subject: 'Please', text: 'Stop sending me marketing emails.' })
    const row = await newest()
    expect(row).toMatchObject({ kind: 'objection', received_by: 'mail', requester_email: 'ann@home.example' })
    await office.opened(String(row?.id))
    expect(await office.rowsOf('select scope, contact_id from suppression')).toEqual([{ scope: 'marketing', contact_id: contactId }])
    expect((await office.lettersOf(contactId)).at(-1)?.text).toContain('We received')
  })

  it('that complains is acknowledged and keeps its attachments; delivered twice it is one case [O1]', async () => {
    const mail = {
      subject: 'Complaint',
      text: 'You called at night.',
      headers: { 'Message-ID': '<once@home.example>', Date: 'Mon, 04 Jan 2027 10:00:00 +0000' },
    }
    await send({
      ...mail,
      attachments: [
        { filename: 'bill.pdf', content: Buffer.from(mediaSample.pdf) },
        { filename: 'run.exe', content: Buffer.from('MZ') },
      ],
    })
    const row = await newest()
    expect(row).toMatchObject({ kind: 'complaint', details: 'Complaint\n\nYou called at night.' })
    const files = await office.rowsOf(
      'select file.name from request_file join file on file.id = request_file.file_id where request_id = $1',
      [row?.id],
    )
    expect(files).toEqual([{ name: 'bill.pdf' }])
  })
})

it.each([
  ['Please delete all my data', 'erasure'],
  ['Borren todos mis datos', 'erasure'],
  ['Supprimez toutes mes données', 'erasure'],
  ['I want a copy of the information you have', 'access'],
  ['Quiero una copia de mis datos', 'access'],
  ['Je veux une copie de mes données', 'access'],
  ['Please correct my address', 'rectification'],
  ['I withdraw my consent', 'withdrawal'],
  ['Do not sell my personal information', 'opt_out'],
  ['STOP', 'objection'],
  ['You were rude to me', 'complaint'],
] as const)('reads “%s” as %s', (text, kind) => {
  expect(kindOfMail({ subject: 'Hello', text }, 'en')).toBe(kind)
})

it('a mail to the privacy address that holds a card number opens its case with the number masked, and is not kept as it came [W1] [B1]', async () => {
  await send({ subject: 'Delete my card', text: 'It is 4111 1111 1111 1111. Please erase it.' })
  expect((await newest())?.details).toBe('Delete my card\n\nIt is ••••1111. Please erase it.')
  const [mail] = await office.rowsOf('select id, raw from inbound_mail order by received_at desc, id desc limit 1')
  const raw = test.keys.decrypt(String(mail?.raw), {
    workspaceId: place.workspaceId,
    table: 'inbound_mail',
    column: 'raw',
    rowId: String(mail?.id),
  })
  expect(raw).toContain('was not kept')
})
