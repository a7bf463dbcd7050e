import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useId, useRef, useState } from 'react'
import { useDraft } from '../lib/draft.ts'
import { useWords } from '../lib/i18n.tsx'
import { newKey } from '../lib/keys.ts'
import { type Explained, explain, failureWords } from '../lib/problems.ts'
import { Note } from './banner.tsx'
import { uiWords } from './words.ts'

/** What is wrong, by field. */
export type Faults<Values> = { readonly [Field in keyof Values]?: string | undefined }

/** What a form starts with, checks and sends. */
export type FormSettings<Values extends object> = {
  readonly start: Values
  /** Under which key typed work survives a reload; left out where there is nothing to lose. */
  readonly draft?: string
  /** Fields that are never kept. */
  readonly secret?: readonly (keyof Values & string)[]
  /** What can be seen without the server. */
  readonly check?: (values: Values) => Faults<Values>
  /** Sends it. `key` stays the same until it succeeds: give it to `call` as `idempotencyKey`, so that a second press is not a second booking. */
  readonly send: (values: Values, key: string) => Promise<unknown>
  /** Refusals that are about one field, by slug: they stand beside it. */
  readonly beside?: Readonly<Record<string, keyof Values & string>>
  /** A refusal that the screen handles itself: true keeps the form quiet. */
  readonly onRefusal?: (problem: Explained) => boolean
}

/** One form: what is typed, what is wrong, whether it is on its way. */
export type FormState<Values extends object> = {
  readonly values: Values
  readonly set: (change: Partial<Values>) => void
  /** Label excepted, all that a field needs. */
  readonly field: <Field extends keyof Values & string>(
    name: Field,
  ) => {
    readonly name: Field
    readonly value: Values[Field]
    readonly onChange: (value: Values[Field]) => void
    readonly error: string | undefined
  }
  readonly faults: Faults<Values>
  readonly problem: Explained | undefined
  readonly sending: boolean
  /** Something came back from an earlier visit. */
  readonly restored: boolean
  readonly submit: () => Promise<void>
  /** Back to the start; the draft is forgotten. */
  readonly reset: () => void
  /** Counts failed tries; each moves the focus to the first fault. */
  readonly failures: number
}

/** Keeps a form's values (across reloads, with `draft`), checks and sends them, and puts refusals beside their fields. */
export function useForm<Values extends object>({
  start,
  draft: draftKey,
  secret,
  check,
  send,
  beside,
  onRefusal,
}: FormSettings<Values>): FormState<Values> {
  const t = useWords(failureWords)
  const draft = useDraft(draftKey, start, secret)
  const [faults, setFaults] = useState<Faults<Values>>({})
  const [problem, setProblem] = useState<Explained>()
  const [sending, setSending] = useState(false)
  const [failures, setFailures] = useState(0)
  const key = useRef('')
  const running = useRef(false)
  // What she types into while the last is on its way belongs to the next, and stays.
  const typedMeanwhile = useRef(new Set<string>())

  const set = (change: Partial<Values>) => {
    draft.set(change)
    // What is being corrected is no longer called wrong; the next try looks again.
    setFaults((before) => {
      const rest: { [Field in keyof Values]?: string | undefined } = { ...before }
      for (const name of Object.keys(change)) delete rest[name as keyof Values]
      return rest
    })
  }
  const fail = (found: Faults<Values>, what: Explained | undefined) => {
    setFaults(found)
    setProblem(what)
    setFailures((count) => count + 1)
  }
  const submit = async () => {
    if (running.current) return
    const found = check?.(draft.values) ?? {}
    if (Object.values(found).some(Boolean)) return fail(found, undefined)
    running.current = true
    typedMeanwhile.current.clear()
    setSending(true)
    setProblem(undefined)
    setFaults({})
    key.current ||= newKey()
    try {
      await send(draft.values, key.current)
      key.current = ''
      draft.clear(typedMeanwhile.current)
    } catch (error) {
      const explained = explain(error, t)
      // A refusal that reached us did nothing, so a corrected try is a new request; after a loss we cannot know, so it stays the same one.
      if (explained.slug !== 'network/lost') key.current = ''
      if (onRefusal?.(explained)) return
      const field = beside?.[explained.slug]
      if (field) fail({ [field]: explained.message } as Faults<Values>, undefined)
      else fail(explained.faults as Faults<Values>, explained)
    } finally {
      running.current = false
      setSending(false)
    }
  }
  return {
    values: draft.values,
    set,
    field: (name) => ({
      name,
      value: draft.values[name],
      onChange: (value) => {
        if (running.current) typedMeanwhile.current.add(name)
        set({ [name]: value } as unknown as Partial<Values>)
      },
      error: faults[name],
    }),
    faults,
    problem,
    sending,
    restored: draft.restored,
    submit,
    reset: () => {
      draft.clear()
      setFaults({})
      setProblem(undefined)
    },
    failures,
  }
}

const FormContext = createContext<Pick<FormState<object>, 'problem' | 'faults'>>({ problem: undefined, faults: {} })

/** What `Form` is given. */
export type FormProps<Values extends object> = {
  readonly form: FormState<Values>
  readonly children: ReactNode
  /** For buttons that stand outside, such as in the foot of a dialog. */
  readonly id?: string
  /** For screen readers, where several forms share a page. */
  readonly label?: string
}

/** The form itself. After a failed try the focus goes to the first field that is wrong, or to the summary. */
export function Form<Values extends object>({ form, children, id, label }: FormProps<Values>) {
  const element = useRef<HTMLFormElement>(null)
  const { failures } = form
  useEffect(() => {
    if (failures === 0) return
    const wrong =
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      element.current?.querySelector<HTMLElement>('[data-form-problem]')
    wrong?.focus()
  }, [failures])
  return (
    <FormContext value={form}>
      <form
        ref={element}
        id={id}
        aria-label={label}
        noValidate
        className="grid min-w-0 gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void form.submit()
        }}
      >
        <FaultSummary />
        {children}
      </form>
    </FormContext>
  )
}

/** Read out after a failed try: how many things are wrong and which. Seeing eyes find them beside the fields. */
function FaultSummary() {
  const t = useWords(uiWords)
  const { faults } = useContext(FormContext)
  const wrong = Object.values(faults).filter(Boolean)
  return (
    <p role="alert" className="sr-only">
      {wrong.length > 0 && `${t('faults', { count: wrong.length })} ${wrong.join(' ')}`}
    </p>
  )
}

/** What is wrong with the form as a whole. Put it just above the button, where the eyes are. */
export function FormProblem({ children }: { readonly children?: ReactNode }) {
  const { problem, faults } = useContext(FormContext)
  const id = useId()
  if (!problem) return null
  const beside = Object.values(faults).some(Boolean)
  return (
    <div id={id} data-form-problem tabIndex={-1} className="rounded-md outline-offset-2">
      <Note tone="no" {...(beside ? {} : { role: 'alert' })}>
        {problem.message}
        {problem.reference && <span className="text-ink-2"> ({problem.reference})</span>}
        {children}
      </Note>
    </div>
  )
}
