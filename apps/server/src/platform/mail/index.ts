export { doorAddress, replyAddress } from './address-token.ts'
export { type CalendarPart, LARGEST_MAIL_BYTES, type MailAttachment, type Mailbox, type MailContent, messageIdOf } from './compose-mail.ts'
export { type ImapMailboxSettings, startImapMailbox } from './imap-mailbox.ts'
export { mailPolicy } from './mail.policy.ts'
export { type MailState, mailInventory } from './mail.tables.ts'
export { normalizeAddress } from './normalize-address.ts'
export { decideWaiting } from './outbox.ts'
export { mailPerson, type PersonMail, type PersonMailTx, personMailChannel } from './person-mail.ts'
export {
  inboxMails,
  type MailArrival,
  type MemberAnswer,
  mailArrivals,
  mailGate,
  memberMailGates,
  type OfficeMail,
  officeMails,
  type WaitingMail,
} from './ports.ts'
export { type ContactMail, type InvitedMail, type MemberMail, mailContact, mailMember } from './queue-mail.ts'
export { forgetInboundRaw, sealRaw } from './raw-mail.ts'
export { receiveMailJob } from './receive-mail.ts'
export { bringBackDropped, dropMails, reconsiderMails, reconsiderNextMails } from './reconsider-mails.ts'
export { outboxHandlers } from './routes.ts'
export { sendMailJob } from './send-mail.ts'
export { type PersonMailSettings, readPersonMails, startPersonMail } from './send-person-mail.ts'
export { type MailSettings, mailSettings, mailSettingsOf } from './settings.ts'
export { closeMailTransports } from './smtp.ts'
export { type SmtpReceiverSettings, startSmtpReceiver } from './smtp-receiver.ts'
