import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { ContactPicker } from '../../calendar/contact-picker.tsx'
import type { Contact } from '../queries.ts'
import { type Relation, relationsQuery } from './queries.ts'
import { keyOfSaid, sayings, sayKind } from './relation-kinds.ts'
import { tiesWords } from './words.ts'

const NewContactSheet = lazy(() => import('../new-contact-sheet.tsx').then((file) => ({ default: file.NewContactSheet })))

export type RelationDialogProps = {
  readonly contact: Contact
  /** One that is changed; left out for a new one. */
  readonly relation: Relation | undefined
  readonly onClose: () => void
}

/** Says how somebody is related to somebody else, or says it otherwise. */
export function RelationDialog({ contact, relation, onClose }: RelationDialogProps) {
  const t = useWords(tiesWords)
  const queries = useQueryClient()
  const id = useId()
  const [chosen, setChosen] = useState({ id: '', name: '' })
  const [newName, setNewName] = useState<string>()
  const [meanwhile, setMeanwhile] = useState(false)
  const [version, setVersion] = useState(relation?.version ?? 0)
  const form = useForm({
    start: {
      otherId: (relation?.other.id ?? '') as string,
      said: relation ? keyOfSaid(relation) : 'parent.of',
      words: relation?.words ?? '',
      wordsBack: relation?.wordsBack ?? '',
    },
    check: ({ otherId, said, words, wordsBack }) => ({
      otherId: otherId === '' ? t('chooseOther') : undefined,
      words: said === 'own.of' && words.trim() === '' && wordsBack.trim() === '' ? t('needWords') : undefined,
    }),
    send: async (values, key) => {
      const said = sayings.find((each) => keyOfSaid(each) === values.said) ?? { kind: 'own' as const, forward: true }
      // A mutual one, and own words, stay said from the side from which they were said.
      const forward = relation && values.said === keyOfSaid(relation) ? relation.forward : said.forward
      const body = { kind: said.kind, forward, words: values.words.trim() || null, wordsBack: values.wordsBack.trim() || null }
      if (relation)
        await call('PATCH /contacts/{contactId}/relations/{relationId}', {
          params: { contactId: contact.id, relationId: relation.id },
          body,
          version,
        })
      else
        await call('POST /contacts/{contactId}/relations', {
          params: { contactId: contact.id },
          body: { ...body, otherId: values.otherId as Contact['id'] },
          idempotencyKey: key,
        })
      await queries.invalidateQueries({ queryKey: ['contacts'] })
      onClose()
    },
    onRefusal: ({ slug }) => {
      if (slug !== 'http/version-mismatch' || !relation) return false
      void showCurrent(relation)
      return true
    },
  })
  const showCurrent = async ({ id: relationId }: Relation) => {
    const { items } = await queries.fetchQuery({ ...relationsQuery(contact.id), staleTime: 0 })
    const current = items.find((one) => one.id === relationId)
    if (!current) return onClose()
    setVersion(current.version)
    setMeanwhile(true)
    form.set({ said: keyOfSaid(current), words: current.words ?? '', wordsBack: current.wordsBack ?? '' })
  }
  const other = relation?.other.name ?? (chosen.name || t('other'))
  const title = relation ? t('editTitle', { name: contact.name, other }) : t('addTitle', { name: contact.name })
  const choose = (one: { readonly id: string; readonly name: string }) => {
    setChosen(one)
    form.set({ otherId: one.id })
    setNewName(undefined)
  }
  if (newName !== undefined)
    return (
      <Suspense>
        <NewContactSheet
          name={newName}
          onClose={() => setNewName(undefined)}
          onAdded={(added) => choose({ id: added.id, name: added.name })}
          onOpen={(contactId) => choose({ id: contactId, name: newName })}
        />
      </Suspense>
    )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={t('intro')}
      footer={
        <Button variant="solid" type="submit" form={id} busy={form.sending}>
          {t('save')}
        </Button>
      }
    >
      <Form form={form} id={id} label={title}>
        {meanwhile && (
          <Note tone="wait" role="alert">
            {t('changedMeanwhile')}
          </Note>
        )}
        {!relation && (
          <ContactPicker
            value={chosen.id}
            chosenName={chosen.name}
            without={contact.id}
            onChange={choose}
            onNew={setNewName}
            error={form.faults.otherId}
          />
        )}
        <Select
          label={t('kind', { name: contact.name })}
          options={sayings.map((said) => ({ value: keyOfSaid(said), label: sayKind(said, t) }))}
          {...form.field('said')}
        />
        <TextField
          label={t('words')}
          hint={t('wordsHint')}
          optional={form.values.said !== 'own.of'}
          autoComplete="off"
          maxLength={60}
          {...form.field('words')}
        />
        <TextField
          label={t('wordsBack')}
          hint={t('wordsBackHint', { other })}
          optional
          autoComplete="off"
          maxLength={60}
          {...form.field('wordsBack')}
        />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
