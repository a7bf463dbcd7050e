-- What a contact agreed to and took back, and the clocks of the relationship with her.

-- A text as it was shown, read aloud or printed. The same text is kept once.
create table consent_wording (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  wording text not null, -- a key of the kit
  edition text not null, -- which text of that key
  locale text not null,
  words text not null check (length(words) between 1 and 4000),
  words_hash text not null check (words_hash ~ '^[0-9a-f]{64}$'), -- SHA-256 of the text in UTF-8
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, wording, edition, locale, words_hash)
);
call platform.guard_workspace_table('consent_wording', true);

-- The ledger: append-only. What stands is a fold over it.
create table consent (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid, -- null once she is erased: the keyed hash stays as proof
  point_hash text, -- keyed hash of the address or number; null where the channel has none
  channel text not null check (channel in ('email', 'sms', 'call', 'chat', 'whatsapp', 'messenger', 'instagram', 'push')),
  purpose text not null check (purpose in ('service', 'feedback', 'marketing')),
  action text not null check (action in ('given', 'withdrawn')),
  level text check (level in ('pec_oral', 'pec', 'pewc')),
  automated boolean not null, -- the wording names machines: artificial voices, automatic dialing or texts
  wording_id uuid,
  how text not null check (how in ('booking_page', 'counter', 'spoken', 'paper', 'mail', 'preference_page', 'form', 'text', 'told')),
  place text, -- where it was given, as it was told
  signed_name text,
  proof_file_id uuid,
  happened_at timestamptz(3) not null, -- when she agreed or took it back
  expires_at timestamptz(3),
  recorded_by text not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete set null (contact_id),
  foreign key (workspace_id, wording_id) references consent_wording (workspace_id, id),
  foreign key (workspace_id, proof_file_id) references file (workspace_id, id) on delete set null (proof_file_id),
  check ((action = 'given') = (level is not null)),
  check (action = 'withdrawn' or wording_id is not null),
  check (happened_at <= created_at),
  check (expires_at > happened_at)
);
call platform.guard_workspace_table('consent', true);
create index consent_by_contact on consent (workspace_id, contact_id, happened_at desc, id desc);

-- What starts the clock of a business relationship or of an inquiry: one row for each thing that does. Undone with the thing.
create table dealing (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  kind text not null check (kind in ('transaction', 'inquiry')),
  source_type text not null,
  source_id uuid not null,
  happened_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, source_type, source_id, kind),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('dealing');
create index dealing_clock on dealing (workspace_id, contact_id, kind, happened_at desc);
