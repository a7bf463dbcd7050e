import { expect, it } from 'vitest'
import { mailSettingsOf } from './settings.ts'

const smtp = { url: 'smtp://mail.example.com', from: 'Studio "Nine" <Desk@Example.com>' }
const none = { smtp: undefined, imapUrl: undefined, receiverPort: undefined }

it.each([
  ['nothing is set up', none, { smtpUrl: undefined, from: { name: undefined, address: 'desk@frontdesk.invalid' }, replies: undefined }],
  [
    'mail only leaves',
    { ...none, smtp },
    { smtpUrl: smtp.url, from: { name: 'Studio "Nine"', address: 'Desk@Example.com' }, replies: undefined },
  ],
  [
    'the sender is a bare address',
    { ...none, smtp: { ...smtp, from: ' desk@example.com ' } },
    { from: { name: undefined, address: 'desk@example.com' } },
  ],
  [
    'a mailbox is read',
    { ...none, smtp, imapUrl: 'imaps://answers%40example.com:p%40ss@mail.example.com/INBOX' },
    { replies: { local: 'answers', domain: 'example.com', plus: true } },
  ],
  [
    'its user is no address',
    { ...none, smtp, imapUrl: 'imaps://answers:p@mail.example.com' },
    { replies: { local: 'Desk', domain: 'example.com', plus: true } },
  ],
  [
    'its server knows no plus addresses',
    { ...none, smtp, imapUrl: 'imaps://answers%40example.com:p@mail.example.com/INBOX?plus=no' },
    { replies: { local: 'answers', domain: 'example.com', plus: false } },
  ],
  ['mail is received here', { ...none, smtp, receiverPort: 2525 }, { replies: { local: 'reply', domain: 'example.com', plus: true } }],
])('knows sender and answers when %s', (_when, config, expected) => {
  expect(mailSettingsOf(config)).toMatchObject(expected)
})
