-- Lists of contacts that were written into files, as they were narrowed. The file lies encrypted in the store for 30 days at most, and goes with the first who is erased.
create table list_export (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  format text not null check (format in ('csv', 'xlsx', 'vcard3', 'vcard4', 'json')),
  narrowing jsonb not null,
  only_of uuid, -- a representative: her own contacts alone
  state text not null check (state in ('waiting', 'running', 'ready', 'failed', 'cancelled')),
  total int check (total >= 0),
  done int not null default 0 check (done >= 0),
  size bigint,
  file_id uuid,
  actor_kind text not null check (actor_kind in ('member', 'api_key', 'operator', 'system')),
  actor_id uuid,
  downloaded_at timestamptz(3),
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, file_id) references file (workspace_id, id) on delete set null (file_id),
  check ((state in ('ready', 'failed', 'cancelled')) = (finished_at is not null))
);
call platform.guard_workspace_table('list_export');
create index list_export_newest on list_export (workspace_id, id desc);
