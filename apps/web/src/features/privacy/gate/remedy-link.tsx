import { Link } from '@tanstack/react-router'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { linkLook } from '../../accounts/entrance.tsx'
import { hasRulesWord, rulesWords } from './words.ts'

export type RemedyLinkProps = {
  readonly remedy: string | null
  /** Of one contact: her card has the form that corrects addresses and language. */
  readonly contactId?: string | undefined
  /** What it would be about: where it is opened again. */
  readonly about?: { readonly type: string; readonly id: string } | null | undefined
}

const look = `justify-self-start text-xs ${linkLook}`

/** The way to where the step that would allow it is done; nothing where no screen does it. */
export function RemedyLink({ remedy, contactId, about }: RemedyLinkProps) {
  const t = useWords(rulesWords)
  const { slug: workspace } = useWorkspace()
  const key = `go/${remedy}`
  if (remedy === null || !hasRulesWord(key)) return null
  const words = t(key as 'go/load_registry')
  switch (remedy) {
    case 'check_number':
      return contactId === undefined ? (
        <Link to="/w/$workspace/privacy/do-not-contact" params={{ workspace }} className={look}>
          {t('checksLoad')}
        </Link>
      ) : (
        <Link to="/w/$workspace/contacts/$contactId" params={{ workspace, contactId }} search={{ form: 'known' }} className={look}>
          {words}
        </Link>
      )
    case 'load_registry':
      return (
        <Link to="/w/$workspace/privacy/do-not-contact" params={{ workspace }} className={look}>
          {words}
        </Link>
      )
    case 'change_own_rules':
    case 'register_business':
    case 'end_emergency':
      return (
        <Link to="/w/$workspace/privacy/contact-rules" params={{ workspace }} className={look}>
          {words}
        </Link>
      )
    case 'set_up_channel':
      return (
        <Link to="/w/$workspace/settings/server" params={{ workspace }} className={look}>
          {words}
        </Link>
      )
    case 'use_answered_number':
      return (
        <Link to="/w/$workspace/settings/business" params={{ workspace }} className={look}>
          {words}
        </Link>
      )
    case 'ask_for_consent':
      return contactId === undefined ? (
        <Link to="/w/$workspace/privacy/consents" params={{ workspace }} className={look}>
          {words}
        </Link>
      ) : (
        <Link to="/w/$workspace/contacts/$contactId" params={{ workspace, contactId }} search={{ tab: 'consents' }} className={look}>
          {words}
        </Link>
      )
    case 'reopen_subject':
      return about?.type === 'conversation' ? (
        <Link
          to="/w/$workspace/inbox/$conversationId"
          params={{ workspace, conversationId: about.id }}
          search={{ status: 'all' }}
          className={look}
        >
          {words}
        </Link>
      ) : null
    default:
      return contactId === undefined ? null : (
        <Link to="/w/$workspace/contacts/$contactId" params={{ workspace, contactId }} search={{ form: 'edit' }} className={look}>
          {words}
        </Link>
      )
  }
}
