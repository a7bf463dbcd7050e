/** What the address of the leads room says. Only what differs from the usual view. */
export type LeadsSearch = {
  /** Another pipeline than the one for new leads. */
  readonly pipeline?: string
  /** Whose leads. */
  readonly owner?: string
  /** On a phone one stage is seen at a time. */
  readonly stage?: string
  readonly form?: 'new'
}

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const id = (value: unknown): string | undefined => (typeof value === 'string' && isId.test(value) ? value : undefined)

/** Reads the address; what makes no sense is left out. */
export function readLeadsSearch(search: Readonly<Record<string, unknown>>): LeadsSearch {
  const [pipeline, owner, stage] = [id(search.pipeline), id(search.owner), id(search.stage)]
  return {
    ...(pipeline ? { pipeline } : {}),
    ...(owner ? { owner } : {}),
    ...(stage ? { stage } : {}),
    ...(search.form === 'new' ? { form: 'new' } : {}),
  }
}
