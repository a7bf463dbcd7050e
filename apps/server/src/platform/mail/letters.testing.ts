import PostalMime from 'postal-mime'
import type { TestDatabase } from '../database/testing.ts'

/** A letter as a mail program shows it, and how many files hang on it. */
export type Letter = { readonly text: string; readonly attachments: number }

/** What was written to a contact, oldest first, whether or not it has left. */
export async function lettersTo(test: TestDatabase, workspaceId: string, contactId: string): Promise<Letter[]> {
  const { rows } = await test.asSuperuser("select id, raw from mail where audience = 'contact' and contact_id = $1 order by id", [
    contactId,
  ])
  return Promise.all(
    rows.map(async ({ id, raw }) => {
      const bound = { workspaceId, table: 'mail', column: 'raw', rowId: String(id) }
      const mail = await PostalMime.parse(Buffer.from(test.keys.decrypt(String(raw), bound), 'latin1'))
      return { text: mail.text ?? '', attachments: mail.attachments.length }
    }),
  )
}
