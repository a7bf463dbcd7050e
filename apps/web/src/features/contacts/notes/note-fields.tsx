import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Select } from '../../../ui/select.tsx'
import type { Contact, Member, Note } from '../queries.ts'
import { mentionedIn } from './mention.rules.ts'
import { MentionArea } from './mention-area.tsx'
import { notesWords } from './words.ts'

/** Who leads the team; the server asks again. */
export const leadRoles: readonly string[] = ['owner', 'admin', 'manager']

/** Who sees a note of this kind about this contact, and so can be told by it. */
export const tellable = (
  members: readonly Member[],
  contact: Pick<Contact, 'ownerMemberId'>,
  audience: Note['audience'],
  author: string | null,
): readonly Member[] =>
  members.filter(
    ({ id, role }) =>
      role !== 'billing' &&
      (role !== 'representative' || contact.ownerMemberId === id) &&
      (audience === 'everybody' || id === author || (audience === 'leads' && leadRoles.includes(role))),
  )

type Bound<Value> = {
  readonly name: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly error: string | undefined
}

export type NoteFieldsProps = {
  readonly label: string
  readonly quiet?: boolean
  readonly placeholder?: string
  readonly autoFocus?: boolean
  readonly body: Bound<string>
  readonly audience: Bound<Note['audience']>
  /** Which audiences can be chosen; with one alone nothing is asked. */
  readonly audiences: readonly Note['audience'][]
  readonly people: readonly Member[]
  readonly onSend: () => void
}

/** What a note says, whom it tells, and who sees it. */
export function NoteFields({ label, quiet = false, placeholder, autoFocus, body, audience, audiences, people, onSend }: NoteFieldsProps) {
  const t = useWords(notesWords)
  const formats = useFormats()
  const { memberId } = useWorkspace()
  const told = mentionedIn(body.value, people).filter(({ id }) => id !== memberId)
  return (
    <>
      <MentionArea
        label={label}
        quiet={quiet}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(autoFocus ? { autoFocus } : {})}
        hint={told.length > 0 ? t('tells', { names: formats.list(told.map(({ name }) => name)) }) : t('mentionHint')}
        maxLength={20_000}
        people={people}
        onSend={onSend}
        {...body}
      />
      {audiences.length > 1 && (
        <Select
          label={t('audience')}
          {...(audience.value === 'everybody' ? {} : { hint: t('audienceHint') })}
          options={audiences.map((value) => ({ value, label: t(`audience/${value}`) }))}
          {...audience}
        />
      )}
    </>
  )
}
