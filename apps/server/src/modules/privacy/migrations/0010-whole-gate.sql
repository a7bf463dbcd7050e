-- The gate on the whole rulebook: what was asked and what a yes depends on, opt-outs that reach as far as she meant, registers, own rules.

alter table permit
  add column voice text check (voice in ('human', 'artificial', 'prerecorded')), -- of a call
  add column dialing text check (dialing in ('by_hand', 'automatic')),
  add column writer text check (writer in ('person', 'machine')), -- of what is written
  add column requires jsonb not null default '[]', -- what must be said or written with it
  add column recording jsonb, -- how a call may be recorded
  add constraint permit_way check ((voice is null) = (dialing is null));

alter table suppression
  add column channel text check (channel in ('email', 'sms', 'call', 'chat', 'whatsapp', 'messenger', 'instagram', 'push')),
  drop constraint suppression_scope_check,
  add constraint suppression_scope_check check (scope in ('marketing', 'texts', 'calls', 'channel', 'all')),
  drop constraint suppression_cause_check,
  add constraint suppression_cause_check check (cause in ('asked', 'link', 'complaint', 'member', 'message', 'page', 'import')),
  add constraint suppression_channel_fits check (channel is null or scope = 'channel');
drop index suppression_in_force;
create unique index suppression_in_force on suppression (workspace_id, kind, value_hash, scope, channel) nulls not distinct where lifted_at is null;

-- What a workspace asks of itself: stricter than the law, never looser.
create table contact_policy (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  rules jsonb not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id)
);
call platform.guard_workspace_table('contact_policy');

-- One copy of a do-not-call register, or of an own list, as a file brought it. The file itself is not kept.
create table registry_snapshot (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  registry text not null check (registry ~ '^(us\.national|us\.[A-Z]{2}|ca\.national|own)$'),
  scope text check (scope in ('marketing', 'texts', 'calls', 'channel', 'all')), -- what an own list stops
  as_of timestamptz(3) not null, -- the date of the copy, not of its loading
  area_codes text not null, -- that it covers, in order, with spaces between
  status text not null check (status in ('loading', 'ready', 'failed', 'replaced')),
  lines_seen bigint not null check (lines_seen >= 0), -- empty ones and headings too: where the next part begins
  lines_kept bigint not null check (lines_kept >= 0),
  lines_known bigint not null check (lines_known >= 0), -- that were there already
  lines_bad bigint not null check (lines_bad >= 0),
  loaded_by text not null,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id),
  check ((registry = 'own') = (scope is not null))
);
call platform.guard_workspace_table('registry_snapshot');
create index registry_snapshot_page on registry_snapshot (workspace_id, id desc);

-- A number in a copy. Its id is a keyed hash of snapshot and number, so that the number is not kept and one look at the key finds it.
create table registry_number (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  snapshot_id uuid not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, snapshot_id) references registry_snapshot (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('registry_number');
create index registry_number_of on registry_number (workspace_id, snapshot_id);
