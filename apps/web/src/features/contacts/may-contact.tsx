import { useQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { type Contact, type MayContact as MayContactAnswers, mayContactQuery } from './queries.ts'
import { reasonWords, stepWords, tellingReasons } from './reason-words.ts'
import { contactsWords } from './words.ts'

type Answer = MayContactAnswers['answers'][number]

const icons: Readonly<Record<Answer['channel'], IconName>> = {
  email: 'mail',
  sms: 'text',
  call: 'phone',
  chat: 'chat',
  whatsapp: 'chat',
  messenger: 'chat',
  instagram: 'chat',
  push: 'bell',
}

/** Way by way: may we, why, and what would change it. `bare` leaves out the heading, where the place has one. */
export function MayContact({ contact, bare }: { readonly contact: Contact; readonly bare?: boolean }) {
  const t = useWords(contactsWords)
  const explain = useExplain()
  const formats = useFormats()
  const asked = useQuery(mayContactQuery(contact.id))
  const name = contact.givenName ?? contact.name
  const content = asked.data ? (
    <>
      <ul className="grid">
        {asked.data.answers.map((answer) => (
          <Way key={`${answer.channel} ${answer.purpose}`} answer={answer} name={name} />
        ))}
      </ul>
      <p className="pt-2 text-xs text-ink-3">{t('decided', { when: formats.time(asked.data.decidedAt) })}</p>
    </>
  ) : asked.isError ? (
    <Note tone="no" role="alert">
      {t('mayFailed', { reason: explain(asked.error).message })}
    </Note>
  ) : (
    <TextSkeleton lines={6} />
  )
  if (bare) return <div className="pt-2">{content}</div>
  return <Section title={t('may', { name })}>{content}</Section>
}

function Way({ answer, name }: { readonly answer: Answer; readonly name: string }) {
  const t = useWords(contactsWords)
  const formats = useFormats()
  const later = !answer.allowed && answer.nextMoment !== null
  const [word, ink] = answer.allowed
    ? ([t('yes'), 'text-ok-ink'] as const)
    : later
      ? ([t('notYet'), 'text-wait-ink'] as const)
      : ([t('no'), 'text-no-ink'] as const)
  const reasons = tellingReasons(answer)
  const step = answer.allowed ? undefined : stepWords(t, answer, name)
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2.5 border-b border-line py-2.5 text-sm last:border-0">
      <Icon name={icons[answer.channel]} className={`mt-0.5 ${ink}`} />
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1">
          {t('wayFor', { channel: t(`channel/${answer.channel}`), purpose: t(`purpose/${answer.purpose}`) })}
        </span>
        <span className={`shrink-0 font-medium ${ink}`}>{word}</span>
      </span>
      <span className="col-start-2 grid gap-0.5 text-xs text-ink-3">
        {reasons.map((reason) => (
          <span key={reason.code}>
            {reasonWords(t, formats, reason, name)} {reason.authority && t('law', { authority: reason.authority })}
          </span>
        ))}
        {later && answer.nextMoment && <span>{t('fromMoment', { when: formats.dateTime(answer.nextMoment) })}</span>}
        {step && <span className="text-ink-2">{step}</span>}
      </span>
    </li>
  )
}
