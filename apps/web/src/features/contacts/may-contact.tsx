import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { KnownFacts } from '../privacy/gate/known-facts.tsx'
import { RemedyLink } from '../privacy/gate/remedy-link.tsx'
import { rulesWords } from '../privacy/gate/words.ts'
import { mayContactWords } from './may-contact-words.ts'
import { type Contact, type MayContact as MayContactAnswers, mayContactQuery } from './queries.ts'
import { reasonWords, stepWords, tellingReasons } from './reason-words.ts'

const OptOutDialog = lazy(() => import('../privacy/gate/opt-out-dialog.tsx').then((file) => ({ default: file.OptOutDialog })))

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

/** Who writes down what was asked for and what was learned. */
export const mayRecordFacts: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative', 'privacy_officer']

/** Way by way: may we, why, and what would change it. `bare` leaves out the heading, where the place has one. */
export function MayContact({ contact, bare }: { readonly contact: Contact; readonly bare?: boolean }) {
  const t = useWords(mayContactWords)
  const rules = useWords(rulesWords)
  const explain = useExplain()
  const formats = useFormats()
  const { role } = useWorkspace()
  const asked = useQuery(mayContactQuery(contact.id))
  const [recording, setRecording] = useState(false)
  const name = contact.givenName ?? contact.name
  const mayRecord = mayRecordFacts.includes(role)
  const content = asked.data ? (
    <>
      <Asked stops={asked.data.stops} />
      <ul className="grid">
        {asked.data.answers.filter(hasToDo).map((answer) => (
          <Way key={`${answer.channel} ${answer.purpose} ${answer.voice}`} answer={answer} name={name} contactId={contact.id} />
        ))}
      </ul>
      {mayRecord && contact.points.length > 0 && (
        <Button size="sm" icon="ban" onClick={() => setRecording(true)}>
          {rules('asked', { name })}
        </Button>
      )}
      <KnownFacts contact={contact} known={asked.data.known} mayRecord={mayRecord} />
      <p className="pt-2 text-xs text-ink-3">
        {rules('originTitle')} <Origin origin={asked.data.origin} />
      </p>
      <p className="text-xs text-ink-3">{t('decided', { when: formats.time(asked.data.decidedAt) })}</p>
      <Suspense>{recording && <OptOutDialog contactId={contact.id} name={name} onClose={() => setRecording(false)} />}</Suspense>
    </>
  ) : asked.isError ? (
    <Note tone="no" role="alert">
      {t('mayFailed', { reason: explain(asked.error).message })}
    </Note>
  ) : (
    <TextSkeleton lines={6} />
  )
  if (bare) return <div className="grid gap-2 pt-2">{content}</div>
  return <Section title={t('may', { name })}>{content}</Section>
}

/** Whether a way has anything to answer: what the law makes us say waits for somebody to ask for it. */
const hasToDo = ({ allowed, purpose, reasons }: Answer): boolean =>
  allowed || purpose !== 'legal' || !reasons.some(({ code }) => code === 'subject_missing')

/** What she asked for and is in force, once each, however many addresses it was written down for. */
function Asked({ stops }: { readonly stops: MayContactAnswers['stops'] }) {
  const t = useWords(mayContactWords)
  const rules = useWords(rulesWords)
  const formats = useFormats()
  const byScope = [...Map.groupBy(stops, ({ scope }) => scope)]
  return byScope.map(([scope, [first]]) => (
    <Note key={scope} tone="wait" icon="ban">
      {rules('stopsNow', { what: t(`scope/${scope}`), since: formats.date(first?.createdAt ?? '') })}
    </Note>
  ))
}

/** Where somebody came from, for "who gave you my number?". */
function Origin({ origin: { source, at, memberName } }: { readonly origin: MayContactAnswers['origin'] }) {
  const rules = useWords(rulesWords)
  const formats = useFormats()
  const facts = { source: rules(`source/${source}`), when: formats.date(at) }
  return memberName === null ? rules('origin', facts) : rules('originBy', { ...facts, who: memberName })
}

function Way({ answer, name, contactId }: { readonly answer: Answer; readonly name: string; readonly contactId: string }) {
  const t = useWords(mayContactWords)
  const formats = useFormats()
  const later = !answer.allowed && answer.nextMoment !== null
  const [word, ink] = answer.allowed
    ? ([t('yes'), 'text-ok-ink'] as const)
    : later
      ? ([t('notYet'), 'text-wait-ink'] as const)
      : ([t('no'), 'text-no-ink'] as const)
  const reasons = tellingReasons(answer)
  // Where the link opens it again, it says so itself.
  const opens = answer.remedy === 'reopen_subject' && answer.about?.type === 'conversation'
  const step = answer.allowed || opens ? undefined : stepWords(t, answer, name)
  const machine = answer.voice === 'artificial' || answer.voice === 'prerecorded'
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2.5 border-b border-line py-2.5 text-sm last:border-0">
      <Icon name={machine ? 'bot' : icons[answer.channel]} className={`mt-0.5 ${ink}`} />
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1">
          {t('wayFor', {
            channel: machine ? t('channel/aiCall') : t(`channel/${answer.channel}`),
            purpose: t(`purpose/${answer.purpose}`),
          })}
        </span>
        <span className={`shrink-0 font-medium ${ink}`}>{word}</span>
      </span>
      <span className="col-start-2 grid gap-0.5 text-xs text-ink-3">
        {reasons.map((reason) => (
          <span key={`${reason.code} ${reason.params.place ?? reason.params.registry ?? ''}`}>
            {reasonWords(t, formats, reason, name)} {reason.authority && t('law', { authority: reason.authority })}
          </span>
        ))}
        {later && answer.nextMoment && <span>{t('fromMoment', { when: formats.dateTime(answer.nextMoment) })}</span>}
        {step && <span className="text-ink-2">{step}</span>}
        <RemedyLink remedy={answer.allowed ? null : answer.remedy} contactId={contactId} about={answer.about} />
      </span>
    </li>
  )
}
