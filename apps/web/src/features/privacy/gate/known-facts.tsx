import { lazy, Suspense, useState } from 'react'
import { useFormats, useReader, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import type { Contact, MayContact } from '../../contacts/queries.ts'
import { type RulesTranslator, rulesWords } from './words.ts'

const KnownFactDialog = lazy(() => import('./known-fact-dialog.tsx').then((file) => ({ default: file.KnownFactDialog })))

type Known = MayContact['known'][number]

/** What the rules ask about somebody and her numbers: what is known, where from, and the way to add it. */
export function KnownFacts({
  contact,
  known,
  mayRecord,
}: {
  readonly contact: Contact
  readonly known: readonly Known[]
  readonly mayRecord: boolean
}) {
  const t = useWords(rulesWords)
  const [adding, setAdding] = useState(false)
  return (
    <section className="grid gap-1 pt-2" aria-label={t('knownTitle')}>
      <h3 className="text-sm font-medium">{t('knownTitle')}</h3>
      <p className="text-xs text-ink-3">{t('knownText')}</p>
      <dl className="grid gap-1 text-xs">
        {known.map((fact) => (
          <Fact key={`${fact.kind} ${fact.pointId}`} fact={fact} contact={contact} />
        ))}
      </dl>
      {mayRecord && (
        <div>
          <Button size="sm" icon="plus" onClick={() => setAdding(true)}>
            {t('supply')}
          </Button>
        </div>
      )}
      <Suspense>{adding && <KnownFactDialog contact={contact} onClose={() => setAdding(false)} />}</Suspense>
    </section>
  )
}

function Fact({ fact, contact }: { readonly fact: Known; readonly contact: Contact }) {
  const t = useWords(rulesWords)
  const formats = useFormats()
  const { tag } = useReader()
  const number = contact.points.find(({ id }) => id === fact.pointId)?.shown ?? ''
  const name = contact.givenName ?? contact.name
  const when = fact.on === null ? '' : formats.plainDate(fact.on)
  const from = [
    fact.source && t(`factFrom/${fact.source}`, { when }),
    fact.checkedWith && t(fact.kind === 'place' ? 'placeSource' : 'factWith', { what: fact.checkedWith }),
    fact.answer !== null && !fact.counts && t('noLonger'),
  ].filter((part) => typeof part === 'string')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2">
      <dt className="text-ink-2">{t(`fact/${fact.kind}`, { name, number })}</dt>
      <dd className="text-right">{fact.answer === null ? t('notKnown') : answerWords(t, fact, tag, formats)}</dd>
      {from.length > 0 && <dd className="col-span-2 text-ink-3">{from.join('; ')}</dd>}
    </div>
  )
}

function answerWords(t: RulesTranslator, { kind, answer }: Known, tag: string, formats: ReturnType<typeof useFormats>): string {
  if (answer === null) return ''
  switch (kind) {
    case 'place': {
      const [country = '', region] = answer.split('-')
      const place = new Intl.DisplayNames([tag], { type: 'region' }).of(country) ?? country
      return region ? `${region}, ${place}` : place
    }
    case 'line':
      return t(`line/${answer as 'mobile' | 'landline' | 'voip'}`)
    case 'reassigned':
      return t(`reassigned/${answer as 'no' | 'yes' | 'no_data'}`)
    case 'heard':
      return formats.date(answer)
  }
}
