/** A message of an agent is not taken: the error state of the Data Rights Protocol (§3.06). `fatal`: sending it again will not help. Nothing was kept. */
export class AgentRefused extends Error {
  override readonly name = 'AgentRefused'
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 429
  readonly fatal: boolean
  constructor(status: AgentRefused['status'], message: string, { fatal = true }: { readonly fatal?: boolean } = {}) {
    super(message)
    this.status = status
    this.fatal = fatal
  }
}
