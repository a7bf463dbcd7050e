-- What a contact asked for herself on her preference page.

create table preference (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  contact_id uuid not null,
  channels_off jsonb not null, -- a list of channels
  hours jsonb not null, -- when she wants to hear from us, on her wall clock; empty means at any time
  languages jsonb not null, -- BCP 47 tags
  at_most jsonb, -- { count, hours }
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, contact_id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('preference');
