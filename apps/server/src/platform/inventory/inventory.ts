/**
 * What every column, job payload, event and log field is: whose it is, why it is there, how long, and how it goes. Access, export, erasure, retention and the
 * records of processing are derived from these declarations; what is not declared does not pass.
 */

/** Kinds of personal data, the vocabulary of the privacy page. */
export type Category =
  | 'name'
  | 'contact_details'
  | 'identifier'
  | 'credential'
  | 'preference'
  | 'appointment'
  | 'communication'
  | 'behaviour'
  | 'device'
  | 'location'
  | 'financial'
  | 'free_text'
  | 'proof'

/** Why it is processed. */
export type Purpose = 'account' | 'security' | 'service' | 'communication' | 'compliance' | 'operation'

/** The ground it stands on (GDPR Art. 6(1)); a workspace's own contacts are processed on its instruction. */
export type LegalBasis = 'contract' | 'consent' | 'legal_obligation' | 'legitimate_interest' | 'workspace_instruction'

/** How long it stays once its purpose has ended. Periods are set per workspace; these are their names. */
export type Retention =
  | 'account'
  | 'session'
  | 'contact'
  | 'booking'
  | 'conversation'
  | 'mail'
  | 'audit'
  | 'proof'
  | 'operation'
  | 'workspace'

/** The rules by which rows end of old age: each a period that a workspace may set. `removed` is what somebody took away and could still bring back. */
export type RetentionRule = 'removed' | 'mail' | 'conversation' | 'booking' | 'contact' | 'proof'

/**
 * When a row has had its time: the rule's period after a moment of the row, as long as the columns of `only` say so. `delete_row` takes what hangs on it along, files by
 * their keys; `empty` clears what an erasure would clear, and the row stays to be counted; `erase` is for whole people: each is anonymized, with all that is kept about her.
 */
export type RowEnd<Row> = {
  readonly rule: RetentionRule
  readonly after: keyof Row & string
  readonly only?: { readonly [Column in keyof Row]?: readonly string[] }
  readonly how: 'delete_row' | 'empty' | 'erase'
}

/**
 * What erasing the person does to it:
 * - `delete_row` the row goes; `null` it is emptied and the row stays; `replace` a placeholder takes its place;
 * - `destroy_key` the bytes are elsewhere, and the key that opens them is destroyed, in every copy;
 * - `hmac` a keyed hash takes its place, which says that two are equal and not what they are;
 * - `detach` the row stays and names her no more; `handOver` it goes on naming the other person whom it is about, by that column, and goes when there is none;
 * - `generalize` a moment is kept as its day only;
 * - `keep` it stays: why, and, where a law sets the end, until when.
 */
export type Erasure =
  | 'delete_row'
  | 'null'
  | 'replace'
  | 'destroy_key'
  | 'hmac'
  | 'detach'
  | { readonly handOver: string }
  | { readonly generalize: 'day' }
  | { readonly keep: string; readonly until?: string }

/** No personal data: keys, states, times, versions, settings. */
export type SystemField = { readonly kind: 'system' }

/** Names a person or her rows by id. */
export type ReferenceField = { readonly kind: 'reference'; readonly to: string; readonly erase: Erasure }

/** Can hold personal data. */
export type PersonalField = {
  readonly kind: 'personal'
  readonly category: Category
  readonly purpose: Purpose
  readonly basis: LegalBasis
  readonly retention: Retention
  readonly erase: Erasure
  /** Whether it is part of what a person receives when she asks for her data. */
  readonly export: boolean
  /** How it is kept: in the clear, encrypted per field, or as a hash. */
  readonly stored?: 'clear' | 'encrypted' | 'hashed'
}

export type Field = SystemField | ReferenceField | PersonalField

/** Shorthand of a column without personal data. */
export const system: SystemField = { kind: 'system' }

/** Shorthand of a column that points at a person or her rows. */
export const reference = (to: string, erase: Erasure = 'delete_row'): ReferenceField => ({ kind: 'reference', to, erase })

/** Shorthand of a column with personal data. */
export const personal = (facts: Omit<PersonalField, 'kind'>): PersonalField => ({ kind: 'personal', ...facts })

/**
 * Whose data a table holds: a subject root and the path that leads there; `none` where it holds no person's data.
 * A step of `via` is a column of the table one stands in, which leads on along its foreign key; or `table.column` of a table that points here.
 * With `alone` a row is hers as long as nobody else's row points at it. `mentionedIn` is a column whose text names ids of her rows.
 */
export type SubjectPath =
  | { readonly root: 'contact' | 'user' | 'member'; readonly via: readonly string[]; readonly alone?: true }
  | { readonly root: 'contact'; readonly mentionedIn: string }
  | { readonly root: 'workspace' }
  | { readonly root: 'none'; readonly why: string }

/**
 * How rows live on that reports count, once the person is anonymized: under new ids, pointing at nobody and at no other row, on their day and without their time. What could tell,
 * beside that day, whose they were is exchanged at random among rows of nobody whose sums are equal, so that every total stays; while too few people were anonymized for
 * that, it becomes what stands here. Whatever is not named, and not kept, is emptied.
 */
export type Counted<Row> = {
  /** The moment whose day stays; a row without it is not counted yet, and goes. Other moments that are kept become the same. */
  readonly day: keyof Row & string
  /** Kept moments that the table wants after the others: a minute into the day. */
  readonly later?: readonly (keyof Row & string)[]
  /** What is summed. */
  readonly sums?: readonly (keyof Row & string)[]
  /** `stand_in`: a row that stands for any; `day`: the day that stays; `empty`; `stays`: a state among few, without which there is nothing to count. */
  readonly tells: { readonly [Column in keyof Row]?: 'stand_in' | 'day' | 'empty' | 'stays' }
  /** Bookkeeping of the row, and what leads to other rows: emptied. */
  readonly cleared?: readonly (keyof Row & string)[]
}

/** One table's declaration, complete by type: a column of the row type that is missing here does not compile. */
export type TableInventory<Row = Record<string, unknown>> = {
  readonly schema: 'public' | 'auth' | 'platform'
  readonly table: string
  readonly subjects: readonly SubjectPath[]
  readonly columns: { readonly [Column in keyof Row]-?: Field }
  /** Reports count its rows: when a contact is anonymized they live on without her. Without it her rows are deleted, as in an erasure. */
  readonly counted?: Counted<Row>
  /** A record of this server's own work, such as what it sent: part of the copy a person gets, and not taken over by another provider. */
  readonly ownWork?: true
  /** Left out: its rows go with what they hang on, with the person, or when a platform part says so. */
  readonly ends?: RowEnd<Row>
}

/** Declares a workspace table in schema `public`, beside its row type. */
export const inventoryOf = <Row>(
  table: string,
  facts: {
    subjects: readonly SubjectPath[]
    columns: { readonly [Column in keyof Row]-?: Field }
    counted?: Counted<Row>
    ownWork?: true
    ends?: RowEnd<Row>
  },
): TableInventory<Row> => ({
  schema: 'public',
  table,
  ...facts,
})

/** Declares a table outside the workspaces: schema `auth` or `platform`. */
export const inventoryOutside = <Row>(
  schema: 'auth' | 'platform',
  table: string,
  facts: { subjects: readonly SubjectPath[]; columns: { readonly [Column in keyof Row]-?: Field } },
): TableInventory<Row> => ({ schema, table, ...facts })

/** Declares the fields of a job payload, an event or a log line. */
export type FieldInventory<Payload = Record<string, unknown>> = { readonly [Key in keyof Payload]-?: Field }
