-- A change of ownership: everybody who can be reached is told before, and may object.

create table ownership_change (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  successor text not null check (char_length(successor) between 1 and 200),
  effective_on date not null,
  notice_days integer not null check (notice_days between 14 and 180),
  note text not null,
  state text not null check (state in ('planned', 'telling', 'told', 'cancelled')),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('ownership_change');

create table ownership_notice (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  change_id uuid not null,
  contact_id uuid,
  notice text not null check (notice in ('waiting', 'sent', 'unreachable')),
  mail_id uuid,
  told_at timestamptz(3),
  objected_at timestamptz(3),
  objection text,
  primary key (workspace_id, id),
  unique (workspace_id, change_id, contact_id),
  foreign key (workspace_id, change_id) references ownership_change (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete set null (contact_id)
);
call platform.guard_workspace_table('ownership_notice');
create index ownership_notice_by_contact on ownership_notice (workspace_id, contact_id);
create index ownership_notice_waiting on ownership_notice (workspace_id, change_id, id) where notice = 'waiting';
