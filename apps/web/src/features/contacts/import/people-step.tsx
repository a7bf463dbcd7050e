import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox, RadioGroup } from '../../../ui/checkbox.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import type { Act } from './import-screen.tsx'
import type { Import } from './queries.ts'
import { importWords } from './words.ts'

const grounds = ['customers', 'asked', 'consent', 'bought', 'unknown'] as const
const wordings = ['mail_offers', 'texts_bookings', 'texts_offers', 'ai_calls_bookings', 'ai_calls_offers', 'calls_offers'] as const
const rules = ['fill', 'overwrite', 'keep'] as const
/** Fields that may have a rule of their own. */
const singles = ['name', 'company', 'companyRole', 'locale', 'zone'] as const
const labels = { name: 'name', company: 'company', companyRole: 'jobTitle', locale: 'language', zone: 'zone' } as const

type Kind = (typeof grounds)[number]
type Rule = (typeof rules)[number]
type Ground = NonNullable<Import['ground']>

/** The third step: how these people are known, who is known again, and what happens to what is there. */
export function PeopleStep({
  one,
  act,
  busy,
  onBack,
}: {
  readonly one: Import
  readonly act: Act
  readonly busy: boolean
  readonly onBack: () => void
}) {
  const t = useWords(importWords)
  const { tag } = useReader()
  const known = one.ground
  const signed = known?.kind === 'consent' ? known : undefined
  const [kind, setKind] = useState<Kind | ''>(known?.kind ?? '')
  const [on, setOn] = useState(known && 'on' in known ? (known.on ?? '') : '')
  const [wording, setWording] = useState<(typeof wordings)[number]>(signed?.wording ?? 'mail_offers')
  const [words, setWords] = useState(signed?.words ?? '')
  const [proof, setProof] = useState(signed?.proof ?? '')
  const [email, setEmail] = useState(one.matchBy.includes('email'))
  const [phone, setPhone] = useState(one.matchBy.includes('phone'))
  const [rule, setRule] = useState<Rule>(one.rules.all ?? 'fill')
  const [own, setOwn] = useState<Readonly<Record<string, Rule>>>(() =>
    Object.fromEntries(Object.entries(one.rules).filter(([field]) => field !== 'all')),
  )
  const [tags, setTags] = useState(one.tags.join(', '))
  const [faults, setFaults] = useState<{ readonly kind?: string; readonly proof?: string }>({})
  const hasDays = one.columns.some(({ target }) => target.use === 'when')

  const ground = (): Ground | undefined => {
    const day = on === '' ? {} : { on }
    switch (kind) {
      case 'customers':
      case 'asked':
        return { kind, ...day }
      case 'consent':
        return { kind, wording, locale: tag, proof: proof.trim(), ...day, ...(words.trim() === '' ? {} : { words: words.trim() }) }
      case 'bought':
      case 'unknown':
        return { kind }
      case '':
        return undefined
    }
  }
  const check = async () => {
    const chosen = ground()
    const wrong = {
      ...(chosen ? {} : { kind: t('groundMissing') }),
      ...(kind === 'consent' && proof.trim() === '' ? { proof: t('proofMissing') } : {}),
    }
    setFaults(wrong)
    if (!chosen || Object.keys(wrong).length > 0) return
    await act(async () => {
      await call('PATCH /imports/{importId}', {
        params: { importId: one.id },
        version: one.version,
        body: {
          ground: chosen,
          matchBy: [...(email ? (['email'] as const) : []), ...(phone ? (['phone'] as const) : [])],
          rules: { all: rule, ...own },
          tags: [...new Set(tags.split(',').map((each) => each.trim()))].filter((each) => each !== ''),
        },
      })
      return call('POST /imports/{importId}/check', { params: { importId: one.id } })
    })
  }
  return (
    <>
      <Section title={t('peopleTitle')} intro={t('peopleIntro')}>
        <RadioGroup
          label={t('peopleTitle')}
          quiet
          look="boxes"
          value={kind}
          onChange={(value) => {
            setKind(value)
            setFaults({})
          }}
          error={faults.kind}
          choices={grounds.map((value) => ({ value: value as Kind | '', label: t(`ground/${value}`), note: t(`ground/${value}Note`) }))}
        />
        {kind === 'consent' && (
          <>
            <Select
              label={t('wording')}
              value={wording}
              onChange={setWording}
              options={wordings.map((value) => ({ value, label: t(`wording/${value}`) }))}
            />
            <TextArea label={t('words')} hint={t('wordsHint')} optional rows={3} value={words} onChange={setWords} />
            <TextField label={t('proof')} hint={t('proofHint')} error={faults.proof} maxLength={200} value={proof} onChange={setProof} />
          </>
        )}
        {(kind === 'customers' || kind === 'asked' || kind === 'consent') && (
          <DateField
            label={t(hasDays ? 'on' : 'onWhole')}
            hint={t(kind === 'consent' ? 'consentHint' : 'onHint')}
            optional
            max={new Date().toISOString().slice(0, 10)}
            value={on}
            onChange={setOn}
            className="max-w-60"
          />
        )}
      </Section>
      <Section title={t('matchTitle')} intro={t('matchNote')}>
        <fieldset className="grid">
          <legend className="text-sm font-medium">{t('matchBy')}</legend>
          <Checkbox label={t('matchEmail')} value={email} onChange={setEmail} />
          <Checkbox label={t('matchPhone')} value={phone} onChange={setPhone} />
        </fieldset>
        <RadioGroup
          label={t('rules')}
          value={rule}
          onChange={setRule}
          choices={rules.map((value) => ({ value, label: t(`rule/${value}`), note: t(`rule/${value}Note`) }))}
        />
        <details>
          <summary className="cursor-pointer text-sm font-medium text-link">{t('otherwise')}</summary>
          <div className="mt-3 grid gap-3 desk:grid-cols-3">
            {[...singles, ...ownKeys(one)].map((field) => (
              <Select
                key={field}
                label={isSingle(field) ? t(`field/${labels[field]}`) : (nameOfOwn(one, field) ?? field)}
                value={own[field] ?? ''}
                onChange={(value) => {
                  const { [field]: _, ...others } = own
                  setOwn(value === '' ? others : { ...others, [field]: value })
                }}
                options={[
                  { value: '' as Rule | '', label: t('likeRest') },
                  ...rules.map((value) => ({ value, label: t(`ruleShort/${value}`) })),
                ]}
              />
            ))}
          </div>
        </details>
        <TextField label={t('tags')} hint={t('tagsHint')} optional value={tags} onChange={setTags} className="max-w-100" />
        <p className="flex flex-wrap gap-2">
          <Button variant="solid" busy={busy} onClick={() => void check()}>
            {t('checkDo')}
          </Button>
          <Button onClick={onBack}>{t('back1')}</Button>
        </p>
      </Section>
    </>
  )
}

const isSingle = (field: string): field is (typeof singles)[number] => singles.some((each) => each === field)

const ownKeys = ({ columns }: Import): readonly string[] =>
  columns.flatMap(({ target }) => (target.use === 'own' ? [`own.${target.key}`] : []))

const nameOfOwn = ({ columns }: Import, field: string): string | undefined =>
  columns.find(({ target }) => target.use === 'own' && `own.${target.key}` === field)?.name
