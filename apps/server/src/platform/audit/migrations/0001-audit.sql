-- Who did what, without free text. Entries are never changed; the sealer chains them in a table of its own.
create table audit_entry (
  workspace_id uuid not null,
  id uuid not null,
  at timestamptz(3) not null,
  actor_type text not null check (actor_type in ('member', 'api_key', 'contact_link', 'visitor', 'operator', 'system')),
  actor_id text not null check (actor_id ~ '^[A-Za-z0-9._:-]{0,100}$'),
  action text not null check (action ~ '^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$' and length(action) <= 100),
  object_type text not null check (object_type ~ '^[a-z][a-z0-9_]{0,60}$'),
  object_id text not null check (object_id ~ '^[A-Za-z0-9._:-]{0,100}$'),
  result text not null check (result in ('done', 'refused', 'failed')),
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('audit_entry', true);
create index on audit_entry (workspace_id, at desc, id desc);
create index on audit_entry (workspace_id, object_type, object_id);

-- An entry's place in its workspace's chain: hash = SHA-256(hash before || JCS of the entry with its sequence).
create table audit_seal (
  workspace_id uuid not null,
  id uuid not null,
  sequence bigint not null,
  hash text not null,
  sealed_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, sequence),
  foreign key (workspace_id, id) references audit_entry (workspace_id, id)
);
call platform.guard_workspace_table('audit_seal', true);

-- Entries that wait for the sealer, so that it never has to look through the others.
create table audit_pending (
  workspace_id uuid not null,
  id uuid not null,
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('audit_pending');
create policy relay on audit_pending for select to frontdesk_relay using (true);
grant select on audit_pending to frontdesk_relay;

create function platform.await_seal() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$ begin
    insert into audit_pending (workspace_id, id) select workspace_id, id from written;
    perform pg_notify('frontdesk_audit', workspace_id::text) from (select distinct workspace_id from written) as workspaces;
    return null;
  end $$;
create trigger await_seal after insert on audit_entry referencing new table as written for each statement execute function platform.await_seal();
