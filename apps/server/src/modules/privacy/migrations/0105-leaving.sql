-- A copy of everything a workspace holds, for whoever leaves.
create table workspace_export (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  state text not null check (state in ('waiting', 'running', 'ready', 'failed')),
  progress int not null check (progress between 0 and 100),
  asked_by text not null,
  requested_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id),
  check ((state = 'ready') = (finished_at is not null))
);
call platform.guard_workspace_table('workspace_export');
create unique index workspace_export_under_way on workspace_export (workspace_id) where state in ('waiting', 'running');

-- One ZIP file of it.
create table workspace_export_part (
  workspace_id uuid not null,
  id uuid not null,
  export_id uuid not null,
  number int not null check (number > 0),
  file_id uuid, -- null once the file is gone
  size bigint not null,
  downloaded_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, export_id, number),
  foreign key (workspace_id, export_id) references workspace_export (workspace_id, id) on delete cascade,
  foreign key (workspace_id, file_id) references file (workspace_id, id) on delete set null (file_id)
);
call platform.guard_workspace_table('workspace_export_part');
