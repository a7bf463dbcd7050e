import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useReader } from '../../lib/i18n.tsx'
import type { Explained } from '../../lib/problems.ts'
import { type SignUpPolicy, signUpQuery, useSignUpPolicy } from './sign-up-policy.ts'

type Accepts = SignUpPolicy['accepts']

/** What a form accepts: the texts that were opened with it, whatever the server serves meanwhile. */
export type Acceptance = {
  readonly documents: Accepts
  /** One of them is another since the form was opened; the person has to look again. */
  readonly changed: boolean
  /** What is sent of it. */
  readonly said: {
    readonly accepts?: { readonly locale: Accepts[number]['locale']; readonly documents: Pick<Accepts[number], 'document' | 'sha256'>[] }
  }
  /** Takes up what changed; true where a refusal was about that. What was typed stays. */
  readonly takeUp: (refusal: Pick<Explained, 'slug'>) => boolean
}

/** Holds the documents as they were when the form was opened in this language. */
export function useAcceptance(): Acceptance {
  const { locale } = useReader()
  const policy = useSignUpPolicy()
  const queries = useQueryClient()
  const [opened, setOpened] = useState<{ readonly in: string; readonly documents: Accepts }>()
  const [changed, setChanged] = useState(false)
  if (policy && opened?.in !== locale) setOpened({ in: locale, documents: policy.accepts })
  const documents = opened?.documents ?? []
  const [first] = documents
  return {
    documents,
    changed,
    said: first ? { accepts: { locale: first.locale, documents: documents.map(({ document, sha256 }) => ({ document, sha256 })) } } : {},
    takeUp: ({ slug }) => {
      if (slug !== 'accounts/documents-changed') return false
      void queries.fetchQuery({ ...signUpQuery(locale), staleTime: 0 }).then(({ accepts }) => {
        setOpened({ in: locale, documents: accepts })
        setChanged(true)
      })
      return true
    },
  }
}
