import { handleChannels } from '@frontdesk/contract/ties'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { everyCountry } from '../../../lib/countries.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { writtenSize } from '../../../lib/written-size.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { Table } from '../../../ui/table.tsx'
import { fieldsQuery } from '../fields/queries.ts'
import { channelName } from '../ties/channels.ts'
import { tiesWords } from '../ties/words.ts'
import type { Act } from './import-screen.tsx'
import { cellsQuery, type Import, type ImportColumn, type ImportTarget } from './queries.ts'
import { importWords } from './words.ts'

const fields = [
  'name',
  'givenName',
  'middleName',
  'familyName',
  'namePrefix',
  'nameSuffix',
  'email',
  'phone',
  'company',
  'jobTitle',
  'tags',
  'note',
  'language',
  'zone',
] as const

/** What a column becomes, as the list of choices names it. */
type Choice = string
const NEW = 'new'

const choiceOf = (target: ImportTarget): Choice => {
  switch (target.use) {
    case 'field':
      return `field:${target.field}`
    case 'own':
      return `own:${target.key}`
    case 'handle':
      return `handle:${target.channel}`
    case 'ignore':
    case 'when':
    case 'label':
      return target.use
  }
}

/** The second step: what each column holds, and how the file is to be read. */
export function ColumnsStep({
  one,
  act,
  busy,
  onNext,
}: {
  readonly one: Import
  readonly act: Act
  readonly busy: boolean
  readonly onNext: () => void
}) {
  const t = useWords(importWords)
  const ties = useWords(tiesWords)
  const own = useQuery(fieldsQuery)
  const cells = useQuery(cellsQuery(one.id, one.version))
  const [choices, setChoices] = useState<readonly Choice[]>(() => one.columns.map(({ target }) => choiceOf(target)))
  const [country, setCountry] = useState(one.country ?? '')
  const [dateOrder, setDateOrder] = useState<'found' | 'dmy' | 'mdy' | 'ymd'>(one.dateOrder ?? 'found')
  const nameOf = ({ name }: ImportColumn, place: number) => name || t('noName', { number: place + 1 })
  const isCards = one.format?.kind === 'vcard'

  const targets = one.columns.map((column, place) => targetFor(column, choices[place] ?? 'ignore', place))
  const asksDates =
    dateOrder === 'found' && one.columns.some(({ asks }, place) => asks.includes('date_order') && choices[place] !== 'ignore')
  const next = async () => {
    const newFields = one.columns.flatMap(({ suggests, name }, place) =>
      choices[place] === NEW
        ? [
            {
              column: place,
              label: suggests.label || nameOf({ name } as ImportColumn, place),
              type: suggests.type,
              category: suggests.category,
              currency: suggests.currency,
              choices: suggests.choices.map((label, hue) => ({ label, hue: (hue * 47) % 360 })),
            },
          ]
        : [],
    )
    const done = await act(() =>
      call('PATCH /imports/{importId}', {
        params: { importId: one.id },
        version: one.version,
        body: { columns: targets, newFields, country: country || null, dateOrder: dateOrder === 'found' ? null : dateOrder },
      }),
    )
    if (done) onNext()
  }
  const options = (column: ImportColumn, place: number) => [
    { value: 'ignore', label: t('target/ignore') },
    ...(isCards
      ? []
      : [
          {
            label: t('groupContact'),
            options: [
              ...fields.map((field) => ({ value: `field:${field}`, label: t(`field/${field}`) })),
              { value: 'when', label: t('target/when') },
              ...handleChannels.map((channel) => ({
                value: `handle:${channel}`,
                label: t('target/handle', { channel: channelName(channel, ties) }),
              })),
              ...(column.target.use === 'label' ? [{ value: 'label', label: t('target/label') }] : []),
            ],
          },
        ]),
    {
      label: t('groupOwn'),
      options: [
        ...(own.data?.items ?? [])
          .filter(({ archivedAt }) => archivedAt === null)
          .map(({ key, label }) => ({ value: `own:${key}`, label })),
        { value: NEW, label: t('target/new', { label: column.suggests.label || nameOf(column, place) }) },
      ],
    },
  ]
  return (
    <>
      <Format one={one} act={act} busy={busy} />
      <Section
        title={t('columnsTitle')}
        note={one.rows === null ? undefined : t('rowsOf', { count: one.rows })}
        intro={isCards ? t(one.columns.length > 0 ? 'cards' : 'cardsPlain') : t('columnsIntro')}
      >
        {one.remembered && <Note icon="check">{t('remembered')}</Note>}
        {asksDates && <Note tone="wait">{t('datesUnclear')}</Note>}
        {one.columns.length > 0 && (
          <Table
            label={t('columnsTitle')}
            rows={one.columns.map((column, place) => ({ column, place }))}
            keyOf={({ place }) => String(place)}
            columns={[
              {
                key: 'name',
                title: t('column'),
                phone: 'title',
                cell: ({ column, place }) => (
                  <span className="grid justify-items-start gap-0.5">
                    <bdi className="font-medium wrap-anywhere">{nameOf(column, place)}</bdi>
                    {column.confidence < 0.6 && choices[place] === choiceOf(column.target) && column.filled > 0 && (
                      <Badge tone="wait">{t('unsure')}</Badge>
                    )}
                  </span>
                ),
              },
              {
                key: 'cells',
                title: t('examples'),
                cell: ({ column, place }) => <Examples filled={column.filled} cells={cells.data?.columns[place] ?? []} />,
              },
              {
                key: 'target',
                title: t('becomes'),
                cell: ({ column, place }) => (
                  <Select
                    label={t('targetOf', { name: nameOf(column, place) })}
                    quiet
                    value={choices[place] ?? 'ignore'}
                    onChange={(value) => setChoices(choices.with(place, value))}
                    options={options(column, place)}
                    className="min-w-44"
                  />
                ),
              },
            ]}
          />
        )}
        <div className="grid gap-4 desk:grid-cols-2">
          <Countries value={country} onChange={setCountry} />
          {!isCards && (
            <Select
              label={t('dates')}
              value={dateOrder}
              onChange={setDateOrder}
              options={(['found', 'dmy', 'mdy', 'ymd'] as const).map((value) => ({ value, label: t(`dates/${value}`) }))}
            />
          )}
        </div>
        <p className="flex gap-2">
          <Button variant="solid" busy={busy} onClick={() => void next()}>
            {t('next')}
          </Button>
        </p>
      </Section>
    </>
  )
}

/** Slots tie a label to its value; a column that becomes something else gets one of its own. */
function targetFor(column: ImportColumn, choice: Choice, place: number): ImportTarget {
  if (choice === choiceOf(column.target)) return column.target
  if (choice.startsWith('own:')) return { use: 'own', key: choice.slice(4) }
  if (choice === 'when') return { use: 'when' }
  const channel = handleChannels.find((each) => choice === `handle:${each}`)
  if (channel) return { use: 'handle', channel }
  const field = fields.find((each) => choice === `field:${each}`)
  if (field) return { use: 'field', field, ...(field === 'email' || field === 'phone' ? { slot: 2000 + place } : {}) }
  return { use: 'ignore' }
}

function Examples({ filled, cells }: { readonly filled: number; readonly cells: readonly string[] }) {
  const t = useWords(importWords)
  if (filled === 0) return <span className="text-ink-3">{t('emptyColumn')}</span>
  return (
    <span className="grid gap-0.5 text-xs text-ink-2 phone:pb-2">
      {cells.map((cell) => (
        <bdi key={cell} className="line-clamp-1 wrap-anywhere">
          {cell}
        </bdi>
      ))}
    </span>
  )
}

function Countries({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const t = useWords(importWords)
  const { tag } = useReader()
  const names = new Intl.DisplayNames([tag], { type: 'region' })
  const options = everyCountry
    .map((code) => ({ value: code, label: names.of(code) ?? code }))
    .toSorted((one, other) => one.label.localeCompare(other.label, tag))
  return <Select label={t('country')} value={value} onChange={onChange} options={[{ value: '', label: t('noCountry') }, ...options]} />
}

const delimiters = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const
const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'macintosh'] as const

/** How the file is written, as it was found out; said otherwise, it is looked at anew. */
function Format({ one, act, busy }: { readonly one: Import; readonly act: Act; readonly busy: boolean }) {
  const t = useWords(importWords)
  const { tag } = useReader()
  const { format } = one
  if (!format || format.kind === 'vcard') return null
  type Said = { encoding?: (typeof encodings)[number]; delimiter?: keyof typeof delimiters; header?: boolean; sheet?: string }
  const say = (said: Said) =>
    void act(() => call('PATCH /imports/{importId}', { params: { importId: one.id }, version: one.version, body: { format: said } }))
  const delimiter = (Object.keys(delimiters) as (keyof typeof delimiters)[]).find((each) => each === format.delimiter)
  const encoding = encodings.find((each) => each === format.encoding)
  return (
    <Section title={t('written')} note={writtenSize(one.size, tag)}>
      {format.program && <p className="text-sm text-ink-2">{t('program', { program: t(`program/${format.program}`) })}</p>}
      <div className="grid items-end gap-4 desk:grid-cols-3">
        {delimiter && (
          <Select
            label={t('delimiter')}
            value={delimiter}
            disabled={busy}
            onChange={(value) => say({ delimiter: value })}
            options={(Object.keys(delimiters) as (keyof typeof delimiters)[]).map((value) => ({
              value,
              label: t(`delimiter/${delimiters[value]}`),
            }))}
          />
        )}
        {encoding && (
          <Select
            label={t('encoding')}
            value={encoding}
            disabled={busy}
            onChange={(value) => say({ encoding: value })}
            options={encodings.map((value) => ({ value, label: value.toUpperCase() }))}
          />
        )}
        {format.sheets.length > 1 && (
          <Select
            label={t('sheet')}
            value={format.sheet ?? ''}
            disabled={busy}
            onChange={(value) => say({ sheet: value })}
            options={format.sheets.map((value) => ({ value, label: value }))}
          />
        )}
        <Checkbox label={t('header')} value={format.header} disabled={busy} onChange={(value) => say({ header: value })} />
      </div>
    </Section>
  )
}
