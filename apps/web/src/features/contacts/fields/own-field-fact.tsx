import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { intoSight } from '../../../lib/into-sight.ts'
import { When } from '../../../ui/ago.tsx'
import { Tag } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { cx } from '../../../ui/cx.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { actorName } from '../event-sentence.tsx'
import { type Contact, membersQuery } from '../queries.ts'
import { contactsWords } from '../words.ts'
import { type TypedValue, typedOf, valueFrom } from './own-value.ts'
import type { OwnField, OwnValue } from './queries.ts'
import { type Met, useSaveValue } from './use-save-value.ts'
import { useShownValue } from './use-shown-value.ts'
import { ValueInput } from './value-input.tsx'
import { fieldsWords } from './words.ts'

export type OwnFieldFactProps = { readonly contact: Contact; readonly field: OwnField; readonly may: boolean }

/** One own field of somebody: what it says, and, pressed, its input in the same place. Enter saves, Escape leaves it as it was. */
export function OwnFieldFact({ contact, field, may }: OwnFieldFactProps) {
  const t = useWords(fieldsWords)
  const shown = useShownValue()
  const saving = useSaveValue(contact, field)
  const [typed, setTyped] = useState<TypedValue>()
  const [wrong, setWrong] = useState<string>()
  const opener = useRef<HTMLButtonElement>(null)
  const value = contact.fields[field.key]

  const close = () => {
    setTyped(undefined)
    setWrong(undefined)
    saving.forget()
    // The button is drawn anew, and the keyboard goes on from it.
    requestAnimationFrame(() => opener.current?.focus())
  }
  const send = async (from: TypedValue) => {
    const read = valueFrom(field, from)
    if ('fault' in read) return setWrong(t(read.fault))
    setWrong(undefined)
    if (JSON.stringify(read.value) === JSON.stringify(value ?? null) || (await saving.save(read.value))) close()
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      close()
    }
    const lines = event.target instanceof HTMLTextAreaElement && event.shiftKey
    if (event.key === 'Enter' && typed !== undefined && !lines && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault()
      void send(typed)
    }
  }
  const label =
    value === undefined ? t('setValue', { field: field.label }) : t('editValue', { field: field.label, value: shown(field, value) })
  return (
    <div
      className={cx(
        'grid min-w-0 content-start gap-0.5',
        (saving.met || (typed !== undefined && field.type === 'text')) && 'col-span-full',
      )}
    >
      <dt className="text-xs text-ink-3">
        <bdi>{field.label}</bdi>
      </dt>
      <dd className="min-w-0 wrap-anywhere">
        {saving.met && (
          <FieldMet
            contact={contact}
            field={field}
            met={saving.met}
            onTake={() => {
              saving.takeTheirs()
              close()
            }}
            onKeep={async ({ mine, version }) => {
              if (await saving.save(mine, version)) close()
            }}
          />
        )}
        {!saving.met && typed !== undefined && (
          // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to the keys of the input inside
          <div className="grid gap-2" onKeyDown={keys}>
            <ValueInput field={field} value={typed} onChange={setTyped} error={wrong ?? saving.fault} quiet autoFocus />
            <div className="flex gap-2">
              <Button size="sm" variant="solid" busy={saving.busy} onClick={() => void send(typed)}>
                {t('save')}
              </Button>
              <Button size="sm" onClick={close}>
                {t('cancel')}
              </Button>
            </div>
          </div>
        )}
        {!saving.met && typed === undefined && (
          <div className="flex min-w-0 items-center gap-1">
            <span className="min-w-0 py-0.5">
              <ShownValue field={field} value={value} empty={t('empty')}>
                {shown(field, value)}
              </ShownValue>
            </span>
            {may && <IconButton ref={opener} name={label} icon="edit" size="sm" onClick={() => setTyped(typedOf(field, value))} />}
          </div>
        )}
      </dd>
    </div>
  )
}

type ShownValueProps = {
  readonly field: OwnField
  readonly value: OwnValue | undefined
  readonly empty: string
  readonly children: ReactNode
}

function ShownValue({ field, value, empty, children }: ShownValueProps) {
  if (value === undefined) return <span className="text-ink-3">{empty}</span>
  if (field.type === 'choice' || field.type === 'choices') {
    const keys: readonly unknown[] = Array.isArray(value) ? value : [value]
    return (
      <span className="flex flex-wrap gap-1">
        {field.choices
          .filter(({ key }) => keys.includes(key))
          .map(({ key, label, hue }) => (
            <Tag key={key} hue={hue}>
              {label}
            </Tag>
          ))}
      </span>
    )
  }
  if (field.type === 'link')
    return (
      <a href={String(value)} target="_blank" rel="noopener noreferrer nofollow" className="text-link underline underline-offset-2">
        <bdi dir="ltr">{children}</bdi>
      </a>
    )
  return <bdi className={field.type === 'text' ? 'whitespace-pre-line' : 'figures'}>{children}</bdi>
}

type FieldMetProps = {
  readonly contact: Contact
  readonly field: OwnField
  readonly met: Met
  readonly onTake: () => void
  readonly onKeep: (met: Met) => void
}

/** Somebody else wrote the same field meanwhile: both values, and which one stays. */
function FieldMet({ contact, field, met, onTake, onKeep }: FieldMetProps) {
  const t = useWords(fieldsWords)
  const words = useWords(contactsWords)
  const shown = useShownValue()
  const members = useQuery(membersQuery).data?.items ?? []
  const who = met.by ? actorName(words, met.by, contact, members) : words('actor/somebody')
  return (
    <div ref={intoSight} tabIndex={-1} className="rounded-md">
      <Note tone="wait" role="alert">
        <p>{t.parts('met', { who, field: field.label, when: met.at ? <When key="when" at={met.at} /> : '' })}</p>
        <p className="mt-1 font-medium">{t('metTheirs', { value: shown(field, met.theirs) })}</p>
        <p className="font-medium">{t('metMine', { value: shown(field, met.mine) })}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="sm" onClick={onTake}>
            {t('takeTheirs')}
          </Button>
          <Button size="sm" variant="solid" onClick={() => onKeep(met)}>
            {t('keepMine')}
          </Button>
        </div>
      </Note>
    </div>
  )
}
