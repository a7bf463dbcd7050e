import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { Tag } from '../../ui/badge.tsx'
import { Field, inputLook } from '../../ui/field.tsx'
import { hueOf } from '../../ui/hue.ts'
import { Icon } from '../../ui/icon.tsx'
import { tagsQuery } from './queries.ts'
import { contactsWords } from './words.ts'

export type TagsFieldProps = {
  readonly value: readonly string[]
  readonly onChange: (tags: readonly string[]) => void
  readonly error?: string | undefined
}

/** Labels of somebody, typed one after another; those in use are suggested. */
export function TagsField({ value, onChange, error }: TagsFieldProps) {
  const t = useWords(contactsWords)
  const list = useId()
  const [typed, setTyped] = useState('')
  const known = useQuery(tagsQuery).data?.items ?? []
  const add = () => {
    const tag = typed.trim()
    setTyped('')
    if (tag && !value.includes(tag)) onChange([...value, tag])
  }
  return (
    <Field label={t('tags')} hint={t('tagsHint')} error={error} optional>
      {(control) => (
        <div className="grid gap-2">
          {value.length > 0 && (
            <div className="flex flex-wrap gap-1.5">
              {value.map((tag) => (
                <Tag
                  key={tag}
                  hue={hueOf(tag)}
                  onRemove={
                    <button
                      type="button"
                      aria-label={t('removeTag', { tag })}
                      onClick={() => onChange(value.filter((other) => other !== tag))}
                      className="-me-1 grid size-5 place-items-center rounded-xs hover:bg-hover"
                    >
                      <Icon name="close" size="xs" />
                    </button>
                  }
                >
                  {tag}
                </Tag>
              ))}
            </div>
          )}
          <input
            {...control}
            value={typed}
            list={list}
            maxLength={60}
            dir="auto"
            autoComplete="off"
            placeholder={t('addTag')}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === ',') {
                event.preventDefault()
                add()
              }
              if (event.key === 'Backspace' && typed === '') onChange(value.slice(0, -1))
            }}
            className={inputLook}
          />
          <datalist id={list}>
            {known
              .filter(({ name }) => !value.includes(name))
              .map(({ name }) => (
                <option key={name} value={name} />
              ))}
          </datalist>
        </div>
      )}
    </Field>
  )
}
