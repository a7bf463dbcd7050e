import type { SensitiveKind } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import type { StoredFile } from '../../../platform/files/index.ts'
import type { JobContext } from '../../../platform/jobs/index.ts'
import { forgetInboundRaw, type OfficeMail } from '../../../platform/mail/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { maskFromOutside, noteMasked } from '../sensitive/mask-from-outside.ts'
import { maskInFile } from '../sensitive/mask-in-file.ts'
import type { StoredForm } from './portal-form.ts'
import { kindOfMail } from './read-office-mail.rules.ts'
import { receiveRequest } from './receive-request.ts'
import { keepFiles, requestFileRules } from './request-files.ts'
import { requestSurroundings } from './surroundings.ts'

const LONGEST_DETAILS = 10_000

/** A mail to the privacy office opens a case. Comes the same mail twice, nothing happens the second time. Who wrote it is looked up as for every request: a sender can be forged. */
export async function receiveOfficeMail(
  context: Pick<JobContext, 'inWorkspace' | 'workspaceId' | 'by'>,
  mail: OfficeMail,
  done: (tx: WorkspaceTx) => Promise<boolean>,
): Promise<void> {
  const { files, found } = await storeAttachments(context, mail)
  await context.inWorkspace(async (tx) => {
    if (!(await done(tx))) return
    const inText = maskFromOutside({ subject: mail.subject, text: mail.text }).found
    if (inText.length > 0 || found.length > 0) await forgetInboundRaw(tx, mail.inboundId)
    const { locale } = await workspaceFacts(tx)
    const row = await receiveRequest(tx, context.by, {
      kind: kindOfMail(mail, locale),
      receivedBy: 'mail',
      requesterName: mail.from?.name || undefined,
      requesterEmail: mail.from?.address,
      forWhom: 'self',
      details:
        [mail.subject, mail.text]
          .filter((part) => part !== '')
          .join('\n\n')
          .slice(0, LONGEST_DETAILS) || undefined,
    })
    await keepFiles(tx, row.id, files)
    await noteMasked(tx, context.by, { contactId: null, source: 'request', found })
  })
}

/** The first files that are of a kind we take, texts without card numbers and the like; the others stay with the mail. */
async function storeAttachments({ workspaceId }: Pick<JobContext, 'workspaceId'>, { attachments }: OfficeMail): Promise<StoredForm> {
  const { files, database } = requestSurroundings.get()
  const { maxBytes, types } = requestFileRules
  const stored: StoredFile[] = []
  const found = new Set<SensitiveKind>()
  for (const { name, bytes } of attachments) {
    if (stored.length >= requestFileRules.files) break
    try {
      const masked = await maskInFile(bytes, name)
      for (const kind of masked.found) found.add(kind)
      stored.push(
        await files.put(masked.bytes, {
          workspaceId,
          subjects: [],
          purpose: 'attachment',
          name,
          maxBytes,
          accept: types,
          now: database.clock(),
        }),
      )
    } catch (error) {
      if (!(error instanceof Refusal) || error.type === 'http/unavailable') throw error
    }
  }
  return { files: stored, found: [...found] }
}
