import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button, buttonLook } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { Counts } from './counts.tsx'
import { ErrorsButton } from './errors-button.tsx'
import type { Act } from './import-screen.tsx'
import type { Import } from './queries.ts'
import { importWords } from './words.ts'

/** The last step: how far it is, what became of the rows, and the way back. */
export function RunPart({ one, act, busy }: { readonly one: Import; readonly act: Act; readonly busy: boolean }) {
  const t = useWords(importWords)
  const { slug: workspace } = useWorkspace()
  const params = { importId: one.id }
  const asks = {
    pause: () => call('POST /imports/{importId}/pause', { params }),
    resume: () => call('POST /imports/{importId}/resume', { params }),
    cancel: () => call('POST /imports/{importId}/cancel', { params }),
  }
  const ask = (what: keyof typeof asks) => void act(asks[what])
  const total = one.rows ? { total: one.rows } : {}
  const written = one.counts.rows > 0
  return (
    <>
      {one.state === 'writing' && (
        <Section title={t('running')}>
          <Progress label={t('running')} done={one.done} {...total} note={t('runningNote')} />
          <p className="flex gap-2">
            <Button icon="pause" busy={busy} onClick={() => ask('pause')}>
              {t('pause')}
            </Button>
            <Button busy={busy} onClick={() => ask('cancel')}>
              {t('cancelDo')}
            </Button>
          </p>
        </Section>
      )}
      {one.state === 'paused' && (
        <Section title={t('state/paused')}>
          {one.problem && (
            <Note tone="no" role="alert">
              {t(`problem/${one.problem}`)}
            </Note>
          )}
          <Progress label={t('state/paused')} done={one.done} {...total} tone="wait" note={t('pausedNote', { count: one.done })} />
          <p className="flex gap-2">
            <Button variant="solid" icon="play" busy={busy} onClick={() => ask('resume')}>
              {t('resume')}
            </Button>
            <Button busy={busy} onClick={() => ask('cancel')}>
              {t('cancelDo')}
            </Button>
          </p>
        </Section>
      )}
      {one.state === 'undoing' && (
        <Section title={t('undoing')}>
          <Progress label={t('undoing')} done={one.counts.rows - one.done} total={one.counts.rows} note={t('runningNote')} />
        </Section>
      )}
      {one.state === 'undone' && (
        <Section title={t('undone')}>
          <Undone one={one} />
        </Section>
      )}
      {(one.state === 'finished' || one.state === 'cancelled') && (
        <Section title={t('doneTitle')}>
          {one.state === 'finished' ? (
            <Note tone="ok" role="status">
              {t('done', { count: one.counts.rows })}
            </Note>
          ) : (
            <Note>{written ? t('cancelledNote', { count: one.counts.rows }) : t('cancelledEarly')}</Note>
          )}
          {written && <Counts counts={one.counts} />}
          {one.hasErrors && <ErrorsButton one={one} />}
          <p>
            <Link to="/w/$workspace/contacts" params={{ workspace }} search={{}} className={buttonLook({})}>
              {t('toContacts')}
            </Link>
          </p>
        </Section>
      )}
      {written && one.undoUntil && <Undo one={one} until={one.undoUntil} act={act} busy={busy} />}
    </>
  )
}

function Undone({ one: { undo } }: { readonly one: Import }) {
  const t = useWords(importWords)
  const formats = useFormats()
  return (
    <Facts
      items={(['removed', 'restored', 'kept'] as const).map((name) => ({
        term: t(`undone/${name}`),
        value: <span className="figures font-medium">{formats.number(undo[name])}</span>,
      }))}
    />
  )
}

function Undo({ one, until, act, busy }: { readonly one: Import; readonly until: string; readonly act: Act; readonly busy: boolean }) {
  const t = useWords(importWords)
  const formats = useFormats()
  const [asking, setAsking] = useState(false)
  return (
    <Section title={t('undo')} intro={t('undoIntro', { date: formats.date(until) })}>
      <p>
        <Button icon="undo" busy={busy} onClick={() => setAsking(true)}>
          {t('undo')}
        </Button>
      </p>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('undoTitle')}
        description={t('undoBody', { count: one.counts.created })}
        action={t('undo')}
        busy={busy}
        onConfirm={() => {
          setAsking(false)
          void act(() => call('POST /imports/{importId}/undo', { params: { importId: one.id } }))
        }}
      />
    </Section>
  )
}
