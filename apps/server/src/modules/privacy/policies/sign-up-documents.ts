import type { PolicyKind, PolicyLocale } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import type { Database, WorkspaceTx } from '../../../platform/database/index.ts'
import { firstWorkspace, type SignUpDocuments, workspaceFacts } from '../../accounts/index.ts'
import { policyPath } from './policy-paths.ts'
import { plainText, sha256Of } from './policy-text.rules.ts'
import { currentVersion, draftOf, textOf } from './read-policies.ts'
import { keepServed } from './served-texts.ts'

const accepted = ['terms', 'privacy'] as const

/** The text of a document that counts now: of its published version, or else as the settings write it, which then is kept. */
export async function servedText(
  tx: WorkspaceTx,
  kind: PolicyKind,
  locale: PolicyLocale,
): Promise<{ readonly version: number | null; readonly text: string; readonly sha256: string }> {
  const current = await currentVersion(tx, kind)
  const stored = current && (await textOf(tx, current.id, locale))
  if (current && stored) return { version: current.version, text: stored.text, sha256: stored.sha256 }
  const { documents, facts } = await draftOf(tx, kind)
  const text = plainText(documents[locale], { business: facts.business.name })
  const sha256 = sha256Of(text)
  await keepServed(tx, { kind, locale, text, sha256 })
  return { version: null, text, sha256 }
}

/** The terms and the privacy notice of whoever runs this server, as they are accepted with a new account. */
export const signUpDocuments = (database: Database): SignUpDocuments => ({
  served: async (wanted) => {
    const first = await firstWorkspace(database)
    if (first === undefined) return []
    return database.inWorkspace(first, async (tx) => {
      const { slug, locale: usual } = await workspaceFacts(tx)
      const locale = chooseLocale([...(wanted ? [wanted] : []), usual])
      const documents = []
      for (const document of accepted) {
        const { version, sha256 } = await servedText(tx, document, locale)
        documents.push({ document, path: policyPath(slug, document), version, sha256, locale })
      }
      return documents
    })
  },
})
