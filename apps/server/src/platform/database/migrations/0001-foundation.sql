-- Schemas, the guard that every workspace table gets, and the tables of the platform itself.
-- The roles exist already: they belong to the server, not to the database (roles.ts).

create schema if not exists platform;
create schema if not exists auth;

grant usage on schema public to frontdesk_app, frontdesk_relay, frontdesk_eraser, frontdesk_search;
grant usage on schema platform to frontdesk_app, frontdesk_relay, frontdesk_eraser, frontdesk_auth;
grant usage, create on schema platform to frontdesk_search;
grant usage on schema auth to frontdesk_auth;

-- Backups read every table there will ever be, in every schema; nothing but that.
grant usage on schema public, platform, auth to frontdesk_backup;
grant select on all tables in schema platform to frontdesk_backup;
alter default privileges grant usage on schemas to frontdesk_backup;
alter default privileges grant select on tables to frontdesk_backup;
alter default privileges grant select on sequences to frontdesk_backup;

-- The workspace this transaction is bound to. On a reused connection the setting is '' and not null, hence nullif.
create function platform.bound_workspace() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('app.workspace_id', true), '')::uuid $$;
grant execute on function platform.bound_workspace() to public;

-- Binds a table to the workspace of the transaction. The expression is written out, because a function call would hide the index.
-- `append_only`: the app role may only insert and read; the eraser alone may change or delete, within the workspace.
create procedure platform.guard_workspace_table(target regclass, append_only boolean default false, key text default 'workspace_id')
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy in_workspace on %s to frontdesk_app, frontdesk_eraser using (%I = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', target, key);
  execute format('create policy backup on %s for select to frontdesk_backup using (true)', target);
  if append_only then
    execute format('grant select, insert on %s to frontdesk_app', target);
  else
    execute format('grant select, insert, update, delete on %s to frontdesk_app', target);
  end if;
  execute format('grant select, update, delete on %s to frontdesk_eraser', target);
end $$;

-- Lets the owner of the definer functions read a table across workspaces; each function filters by workspace or returns ids only.
create procedure platform.open_to_search(target regclass)
  language plpgsql as $$
begin
  execute format('create policy search on %s for select to frontdesk_search using (true)', target);
  execute format('grant select on %s to frontdesk_search', target);
end $$;

-- The answer to a write that carried an Idempotency-Key, stored in the write's own transaction.
create table idempotency_key (
  workspace_id uuid not null,
  id uuid not null,
  principal text not null,
  key text not null,
  request_hash text not null,
  status int not null,
  answer jsonb,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, principal, key)
);
call platform.guard_workspace_table('idempotency_key');
create index on idempotency_key (workspace_id, created_at);
