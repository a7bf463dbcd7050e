import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { intoSight } from '../../../lib/into-sight.ts'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, inputLook } from '../../../ui/field.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { settingsWords } from '../../settings/words.ts'
import { rulesWords } from '../gate/words.ts'

type Read = Awaited<ReturnType<typeof call<'POST /number-checks'>>>
type Body = { readonly text: string; readonly checkedOn: string | null; readonly checkedWith: string | null }

/** As much as the API takes at once, in characters. */
const mostChars = 4_000_000
const today = (): string => new Date().toISOString().slice(0, 10)

/** Loads a file of checked numbers: first it is only looked at, and what it means is said; then it is recorded. */
export function LoadChecksDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useWords(rulesWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const explain = useExplain()
  const id = useId()
  const [file, setFile] = useState<File>()
  const [checkedOn, setCheckedOn] = useState('')
  const [checkedWith, setCheckedWith] = useState('')
  const [fault, setFault] = useState<string>()
  const look = useMutation({
    mutationFn: async (chosen: File) => {
      const body: Body = { text: await chosen.text(), checkedOn: checkedOn || null, checkedWith: checkedWith.trim() || null }
      return { body, answer: await call('POST /number-checks', { body: { ...body, keep: false } }) }
    },
  })
  const keep = useMutation({
    mutationFn: (body: Body) => call('POST /number-checks', { body: { ...body, keep: true } }),
    onSuccess: ({ facts }) => {
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      notices.show({ tone: 'ok', text: t('checksKept', { count: facts }) })
      onClose()
    },
  })
  const busy = look.isPending || keep.isPending
  const failed = keep.error ?? look.error
  const facts = look.data?.answer.facts
  /** What was said is about what stood there before. */
  const changed = () => {
    setFault(undefined)
    look.reset()
    keep.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (look.data) keep.mutate(look.data.body)
    else if (file === undefined) setFault(t('fileMissing'))
    else if (file.size > mostChars) setFault(t('checksTooLarge'))
    else look.mutate(file)
  }
  return (
    <Dialog
      open
      onOpenChange={() => !busy && onClose()}
      title={t('checksLoad')}
      description={t('checksColumns')}
      size="md"
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            {shared('cancel')}
          </Button>
          {facts !== 0 && (
            <Button variant="solid" type="submit" form={id} busy={busy}>
              {facts === undefined ? t('checksLook') : t('checksKeep', { count: facts })}
            </Button>
          )}
        </>
      }
    >
      <form id={id} aria-label={t('checksLoad')} noValidate onSubmit={submit} className="grid gap-4">
        <Field label={t('file')} error={fault}>
          {(control) => (
            <input
              {...control}
              type="file"
              accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
              onChange={(event) => {
                changed()
                setFile(event.target.files?.[0])
              }}
              className={`${inputLook} py-1`}
            />
          )}
        </Field>
        <div className="grid gap-4 desk:grid-cols-2">
          <DateField
            label={t('checkedOnDefault')}
            hint={t('checkedOnHint')}
            optional
            max={today()}
            value={checkedOn}
            onChange={(value) => {
              changed()
              setCheckedOn(value)
            }}
          />
          <TextField
            label={t('checkedWithDefault')}
            hint={t('checkedOnHint')}
            optional
            maxLength={120}
            value={checkedWith}
            onChange={(value) => {
              changed()
              setCheckedWith(value)
            }}
          />
        </div>
        {look.data && <WhatItMeans answer={look.data.answer} text={look.data.body.text} />}
        {failed && (
          <Note tone="no" role="alert">
            {explain(failed).message}
          </Note>
        )}
      </form>
    </Dialog>
  )
}

/** What the file says about people here, and the rows that cannot be used, as they stand in it. */
function WhatItMeans({ answer, text }: { readonly answer: Read; readonly text: string }) {
  const t = useWords(rulesWords)
  const { rows, matched, strangers, facts, known, brokenCount, broken } = answer
  const lines = broken.length === 0 ? [] : text.split(/\r\n|\n|\r/)
  return (
    <div ref={intoSight} tabIndex={-1} className="grid gap-3 rounded-md" role="status">
      <Note tone={facts === 0 ? 'neutral' : 'ok'}>
        {facts === 0 && <p className="font-medium">{t('checksNothing')}</p>}
        <ul className="grid gap-0.5">
          <li>{t('checksRows', { count: rows })}</li>
          <li>{t('checksMatched', { count: matched })}</li>
          {strangers > 0 && <li>{t('checksStrangers', { count: strangers })}</li>}
          {facts > 0 && <li>{t('checksFacts', { count: facts })}</li>}
          {known > 0 && <li>{t('checksKnown', { count: known })}</li>}
        </ul>
      </Note>
      {brokenCount > 0 && (
        <Note tone="wait" icon="alert">
          <p className="font-medium">{t('checksBroken', { count: brokenCount })}</p>
          {brokenCount > broken.length && <p>{t('checksBrokenFirst', { count: broken.length })}</p>}
          <ul className="mt-1 grid gap-1.5">
            {broken.map(({ line, problem }) => (
              <li key={line} className="grid">
                <span>{t('checksLine', { line: String(line), problem: t(`checkProblem/${problem}`) })}</span>
                <span className="figures min-w-0 truncate text-xs text-ink-3">{(lines[line - 1] ?? '').slice(0, 200)}</span>
              </li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  )
}
