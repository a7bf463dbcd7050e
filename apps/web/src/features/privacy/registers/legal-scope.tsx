import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useReader, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { FieldNote } from '../../../ui/field.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { settingsWords } from '../../settings/words.ts'
import { Choices } from './choices.tsx'
import { ContactChoice } from './contact-choice.tsx'
import { placesQuery } from './incident-queries.ts'
import type { LegalCase } from './legal-queries.ts'
import { legalWords } from './legal-words.ts'
import { momentOf, textOf } from './moment-fields.tsx'
import { useSaveLegal } from './use-save-legal.ts'
import { registerWords } from './words.ts'

/** What is handed over at most: whose data, which, of which time. */
export function LegalScope({ request, may }: { readonly request: LegalCase; readonly may: boolean }) {
  const t = useWords(legalWords)
  const formats = useFormats()
  const [choosing, setChoosing] = useState(false)
  const open = request.state === 'received' || request.state === 'checking' || request.state === 'valid'
  const chosen = request.tables.length > 0
  const names = request.subjects.map(({ name }) => name ?? t('erased'))
  return (
    <Section
      title={t('scope')}
      intro={t('scopeIntro')}
      actions={
        may &&
        open && (
          <Button size="sm" variant={chosen ? 'plain' : 'solid'} onClick={() => setChoosing(true)}>
            {chosen ? t('changeScope') : t('setScope')}
          </Button>
        )
      }
    >
      {chosen || names.length > 0 ? (
        <Facts
          items={[
            { term: t('whose'), value: <bdi>{names.join(', ')}</bdi> },
            { term: t('which'), value: <code className="text-xs">{request.tables.join(', ')}</code> },
            {
              term: t('fromDay'),
              value:
                request.from || request.until
                  ? t('between', {
                      from: request.from ? formats.date(request.from) : '…',
                      until: request.until ? formats.date(request.until) : '…',
                    })
                  : t('anyTime'),
            },
          ]}
        />
      ) : (
        <p className="text-sm text-ink-3">{t('scopeNone')}</p>
      )}
      {choosing && <ScopeSheet request={request} onClose={() => setChoosing(false)} />}
    </Section>
  )
}

type Person = { readonly id: string; readonly name: string }
type Values = { readonly people: readonly Person[]; readonly tables: readonly string[]; readonly from: string; readonly until: string }

function ScopeSheet({ request, onClose }: { readonly request: LegalCase; readonly onClose: () => void }) {
  const t = useWords(legalWords)
  const shared = useWords(settingsWords)
  const registers = useWords(registerWords)
  const { zone } = useReader()
  const save = useSaveLegal(request.id)
  const id = useId()
  const places = useQuery(placesQuery).data?.items ?? []
  const form = useForm<Values>({
    start: {
      people: request.subjects.flatMap(({ contactId, name }) => (contactId && name ? [{ id: contactId as string, name }] : [])),
      tables: request.tables,
      from: textOf(request.from, zone).day,
      until: textOf(request.until, zone).day,
    },
    check: ({ people, tables }) => ({
      people: people.length === 0 ? registers('chooseOne') : undefined,
      tables: tables.length === 0 ? registers('chooseOne') : undefined,
    }),
    send: async ({ people, tables, from, until }, key) => {
      const body = {
        contactIds: people.map((person) => person.id),
        tables: [...tables],
        from: from ? momentOf({ day: from, time: '' }, zone) : null,
        until: until ? momentOf({ day: until, time: '23:59' }, zone) : null,
      }
      await save(
        call('PUT /legal-requests/{legalRequestId}/scope', {
          params: { legalRequestId: request.id },
          body,
          version: request.version,
          idempotencyKey: key,
        }),
      )
      onClose()
    },
  })
  const { people } = form.values
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('scope')}
      description={t('scopeIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {shared('save')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('scope')}>
        <ul aria-label={t('whose')} className="grid gap-1 text-sm">
          {people.map((person) => (
            <li key={person.id} className="flex items-center gap-2">
              <bdi className="min-w-0 flex-1 wrap-anywhere">{person.name}</bdi>
              <IconButton
                name={t('removePerson', { name: person.name })}
                icon="close"
                size="sm"
                onClick={() => form.set({ people: people.filter((one) => one.id !== person.id) })}
              />
            </li>
          ))}
        </ul>
        <ContactChoice
          label={t('addPerson')}
          none={t('scopeNone')}
          onChoose={(person) => form.set({ people: [...people.filter((one) => one.id !== person.id), person] })}
        />
        <FieldNote id={`${id}-people`} error={form.field('people').error} />
        <Choices
          label={t('which')}
          {...form.field('tables')}
          options={places.map(({ table, categories }) => ({
            value: table,
            label: `${table}: ${categories.map((category) => registers(`category/${category}`)).join(', ')}`,
          }))}
        />
        <DateField label={t('fromDay')} optional {...form.field('from')} />
        <DateField label={t('untilDay')} optional {...form.field('until')} />
        <FormProblem />
      </Form>
    </Sheet>
  )
}
