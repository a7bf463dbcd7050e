import { createHash } from 'node:crypto'
import type { PolicyChange, PolicyLocale } from '@frontdesk/contract'
import type { PolicyDocument } from './policy-facts.ts'

/** The languages in which every version is published. */
export const policyLocales: readonly PolicyLocale[] = ['en', 'es', 'fr']

/** The document as plain text: what is hashed, served and kept. The first lines name the business, the version and its moment, so that no two versions have one hash; what is not published has none. */
export function plainText(
  document: PolicyDocument,
  head: { readonly business: string; readonly version?: number; readonly publishedAt?: Temporal.Instant },
): string {
  const sections = document.sections.flatMap(({ title, highlight, clauses, own }) => [
    `## ${title}`,
    `> ${highlight}`,
    ...clauses.map(({ text }) => text),
    ...own,
    '',
  ])
  return [
    `# ${document.title}`,
    [head.business, head.version, head.publishedAt].filter((one) => one !== undefined).join(' · '),
    document.precedence,
    '',
    ...sections,
  ].join('\n')
}

/** SHA-256 of a text in UTF-8, in hexadecimal digits. */
export const sha256Of = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** Names drafts: equal seals mean equal documents. */
export const sealOf = (documents: readonly PolicyDocument[]): string => sha256Of(JSON.stringify(documents)).slice(0, 32)

/** The sentences that differ between what is published and what would be, in the order of the document. The host in an address does not count. */
export function changesBetween(before: PolicyDocument | undefined, after: PolicyDocument): readonly PolicyChange[] {
  const old = linesOf(before)
  const fresh = linesOf(after)
  const kept = [...fresh].flatMap(([key, line]) => {
    const was = old.get(key)
    if (was !== undefined && withoutHost(was.text) === withoutHost(line.text)) return []
    return [{ section: line.section, id: line.id, before: was?.text ?? null, after: line.text }]
  })
  const gone = [...old].filter(([key]) => !fresh.has(key)).map(([, { section, id, text }]) => ({ section, id, before: text, after: null }))
  return [...kept, ...gone]
}

type Line = { readonly section: string; readonly id: string; readonly text: string }

function linesOf(document: PolicyDocument | undefined): Map<string, Line> {
  const lines = (document?.sections ?? []).flatMap(({ id: section, clauses, own }) => [
    ...clauses.map(({ id, text }) => ({ section, id, text })),
    ...own.map((text, index) => ({ section, id: `own/${index + 1}`, text })),
  ])
  return new Map(lines.map((line) => [`${line.section} ${line.id}`, line]))
}

const withoutHost = (text: string): string => text.replace(/https?:\/\/[^/\s]+/g, '')
