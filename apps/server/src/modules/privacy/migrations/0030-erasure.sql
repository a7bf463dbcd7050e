-- What a contact's rights do to the data: erasures and their receipts, exports, restrictions.

create table erasure (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  subject_hash text not null, -- keyed hash of the contact's id: finds the receipt again, and names nobody
  mode text not null check (mode in ('erase', 'anonymize')),
  state text not null check (state in ('waiting', 'held', 'running', 'done')),
  step text not null check (step in ('collect', 'erase', 'prove', 'done')),
  ground text not null check (ground in ('person_asked', 'consent_withdrawn', 'objected', 'not_needed', 'unlawful', 'child', 'retention')),
  asked_by text not null,
  contact_id uuid, -- until it is done; no foreign key, because the row goes before
  identifiers text, -- encrypted, until it is done: what is searched for at the end
  held_by text, -- the reason of a legal hold
  receipt jsonb,
  requested_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id),
  check ((state = 'done') = (finished_at is not null and receipt is not null and step = 'done')),
  check (state <> 'done' or (contact_id is null and identifiers is null)),
  check ((state = 'held') = (held_by is not null))
);
call platform.guard_workspace_table('erasure');
create unique index erasure_of_subject on erasure (workspace_id, subject_hash);
create index erasure_by_contact on erasure (workspace_id, contact_id) where contact_id is not null;
create index erasure_page on erasure (workspace_id, id desc);

-- Which rows are hers, while it runs: found once at the beginning, because deleting a row hides the way to others. Empty afterwards.
create table erasure_row (
  workspace_id uuid not null,
  id uuid not null,
  erasure_id uuid not null,
  place text not null,
  row_id uuid not null,
  copy_id uuid, -- the row without her that takes its place
  primary key (workspace_id, id),
  unique (workspace_id, erasure_id, place, row_id),
  foreign key (workspace_id, erasure_id) references erasure (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('erasure_row');

-- Addresses of erased contacts as keyed hashes: an import must not bring them back.
create table erased_point (
  workspace_id uuid not null,
  id uuid not null,
  erasure_id uuid not null,
  kind text not null check (kind in ('email', 'phone')),
  value_hash text not null,
  primary key (workspace_id, id),
  unique (workspace_id, kind, value_hash),
  foreign key (workspace_id, erasure_id) references erasure (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('erased_point');

grant insert on erasure_row, erased_point to frontdesk_eraser; -- it looks through whole tables, for which the app role's time is too short

-- Jobs that name one of these ids, of the bound workspace. The queue's tables have no workspaces, so nobody but this function takes from them by their content.
create function platform.erase_jobs(named uuid[], spared text, with_running boolean) returns table (gone int, running int)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  bound text := nullif(current_setting('app.workspace_id', true), '');
begin
  gone := 0; running := 0;
  if bound is not null and to_regclass('pgboss.job') is not null then
    with naming as (
      select j.name, j.id, j.state from pgboss.job j
      where j.data ->> 'workspaceId' = bound and j.name <> spared
        and exists (select from regexp_matches(j.data::text, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', 'g') as found (ids) where found.ids[1]::uuid = any (named))
    ), deleted as (
      delete from pgboss.job j using naming n where j.name = n.name and j.id = n.id and (with_running or n.state <> 'active') returning 1
    )
    select (select count(*) from deleted)::int, (select count(*) from naming where state = 'active' and not with_running)::int into gone, running;
  end if;
  return next;
end $$;
revoke all on function platform.erase_jobs(uuid[], text, boolean) from public;
grant execute on function platform.erase_jobs(uuid[], text, boolean) to frontdesk_eraser;

-- Her data is kept and not used (GDPR Art. 18). One in force at most.
create table restriction (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  ground text not null check (ground in ('accuracy_contested', 'unlawful', 'needed_for_claims', 'objection_pending')),
  asked_by text not null,
  since timestamptz(3) not null,
  lifted_at timestamptz(3),
  lifted_by text,
  lifted_because text,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  check ((lifted_at is null) = (lifted_by is null))
);
call platform.guard_workspace_table('restriction');
create unique index restriction_in_force on restriction (workspace_id, contact_id) where lifted_at is null;

-- A copy of one person's data.
create table contact_export (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  state text not null check (state in ('waiting', 'running', 'ready', 'failed')),
  progress int not null check (progress between 0 and 100),
  reason text not null check (reason in ('access', 'portability')),
  file_id uuid,
  asked_by text not null,
  requested_at timestamptz(3) not null,
  finished_at timestamptz(3),
  downloaded_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, file_id) references file (workspace_id, id) on delete set null (file_id)
);
call platform.guard_workspace_table('contact_export');
create index contact_export_by_contact on contact_export (workspace_id, contact_id, id desc);

-- Somebody's data that comes from another provider.
create table contact_import (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  state text not null check (state in ('waiting', 'running', 'done', 'refused')),
  refusal text check (refusal in ('not_an_export', 'other_version', 'erased_before', 'already_here', 'damaged')),
  contact_id uuid,
  file_id uuid,
  rows int not null,
  files int not null,
  asked_by text not null,
  requested_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete set null (contact_id),
  foreign key (workspace_id, file_id) references file (workspace_id, id) on delete set null (file_id),
  check ((state = 'refused') = (refusal is not null))
);
call platform.guard_workspace_table('contact_import');
