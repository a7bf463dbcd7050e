-- The gate's decisions, and who is not to be reached.

create table permit (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  point_id uuid,
  channel text not null,
  purpose text not null check (purpose in ('reply', 'service', 'legal', 'feedback', 'marketing')),
  about_type text not null,
  about_id uuid not null,
  decision text not null check (decision in ('allowed', 'refused')),
  reasons jsonb not null,
  rulebook_version text not null,
  next_moment timestamptz(3),
  remedy text,
  expires_at timestamptz(3),
  used_by uuid, -- the send it carried
  used_at timestamptz(3),
  superseded_by uuid, -- the send waited, and the gate was asked again
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, used_by),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, point_id) references contact_point (workspace_id, id) on delete set null (point_id),
  foreign key (workspace_id, superseded_by) references permit (workspace_id, id) on delete set null (superseded_by),
  check ((decision = 'allowed') = (expires_at is not null)),
  check (used_by is null or decision = 'allowed'),
  check ((used_by is null) = (used_at is null))
);
call platform.guard_workspace_table('permit');
create index permit_by_contact on permit (workspace_id, contact_id, id desc);

-- Every mail to a contact hangs on its permit.
alter table mail add foreign key (workspace_id, permit_id) references permit (workspace_id, id);
alter table mail add foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade;

create table suppression (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('email', 'phone')),
  value_hash text not null, -- keyed, with the key's id: the address itself is not kept
  scope text not null check (scope in ('all', 'channel', 'marketing')),
  cause text not null check (cause in ('asked', 'link', 'complaint', 'member')),
  contact_id uuid,
  added_by text not null,
  created_at timestamptz(3) not null,
  lifted_at timestamptz(3),
  lifted_by text,
  lifted_because text check (lifted_because in ('person_asked', 'mistake', 'undone')),
  lifted_note text,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete set null (contact_id),
  check ((lifted_at is null) = (lifted_because is null))
);
call platform.guard_workspace_table('suppression');
create unique index suppression_in_force on suppression (workspace_id, kind, value_hash, scope) where lifted_at is null;
create index suppression_page on suppression (workspace_id, id desc) where lifted_at is null;
create index suppression_by_contact on suppression (workspace_id, contact_id) where contact_id is not null;
