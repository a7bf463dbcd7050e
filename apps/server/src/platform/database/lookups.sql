-- Look-ups before a workspace is known. Each is one reviewed function owned by frontdesk_search (no login, no BYPASSRLS) and returns a workspace_id and ids only.
-- This file runs after the migrations of all rooms, at every start; it holds nothing but `create or replace`.
-- The list of them is checked by a test against platform/database/README.md.

-- Which workspaces there are, for schedules that run once in each. `workspace` belongs to the accounts room; before its first migration there are none.
create or replace function platform.workspace_ids() returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ begin
    if to_regclass('public.workspace') is null then return; end if;
    return query select id from workspace;
  end $$;
alter function platform.workspace_ids() owner to frontdesk_search;
revoke all on function platform.workspace_ids() from public;
grant execute on function platform.workspace_ids() to frontdesk_relay;

-- accounts: the workspaces somebody works in.
create or replace function platform.workspaces_of_user(wanted uuid) returns table (workspace_id uuid, member_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select m.workspace_id, m.id from member m where m.user_id = wanted and m.removed_at is null $$;
alter function platform.workspaces_of_user(uuid) owner to frontdesk_search;
revoke all on function platform.workspaces_of_user(uuid) from public;
grant execute on function platform.workspaces_of_user(uuid) to frontdesk_app;

-- accounts: the workspaces somebody ever worked in, to take her name out of them.
create or replace function platform.workspaces_ever_of_user(wanted uuid) returns table (workspace_id uuid, member_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select m.workspace_id, m.id from member m where m.user_id = wanted $$;
alter function platform.workspaces_ever_of_user(uuid) owner to frontdesk_search;
revoke all on function platform.workspaces_ever_of_user(uuid) from public;
grant execute on function platform.workspaces_ever_of_user(uuid) to frontdesk_app;

-- accounts: how long the sessions of somebody last where her workspaces shorten it. Limits only, and the strictest; test workspaces follow theirs.
create or replace function platform.session_limits_of_user(wanted uuid) returns table (idle_minutes integer, hours integer)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select min(w.session_idle_minutes), min(w.session_hours) from member m join workspace w on w.id = m.workspace_id
    where m.user_id = wanted and m.removed_at is null and w.closes_at is null
  $$;
alter function platform.session_limits_of_user(uuid) owner to frontdesk_search;
revoke all on function platform.session_limits_of_user(uuid) from public;
grant execute on function platform.session_limits_of_user(uuid) to frontdesk_app;

-- accounts: the API key with this hash.
create or replace function platform.workspace_of_api_key(wanted text) returns table (workspace_id uuid, api_key_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select k.workspace_id, k.id from api_key k where k.key_hash = wanted $$;
alter function platform.workspace_of_api_key(text) owner to frontdesk_search;
revoke all on function platform.workspace_of_api_key(text) from public;
grant execute on function platform.workspace_of_api_key(text) to frontdesk_app;

-- accounts: the grant whose code has this hash.
create or replace function platform.workspace_of_operator_grant(wanted text) returns table (workspace_id uuid, operator_grant_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select g.workspace_id, g.id from operator_grant g where g.code_hash = wanted $$;
alter function platform.workspace_of_operator_grant(text) owner to frontdesk_search;
revoke all on function platform.workspace_of_operator_grant(text) from public;
grant execute on function platform.workspace_of_operator_grant(text) to frontdesk_app;

-- accounts: the workspace that has, or had, this public address.
create or replace function platform.workspace_of_slug(wanted text) returns table (workspace_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select s.workspace_id from workspace_slug s where s.slug = wanted $$;
alter function platform.workspace_of_slug(text) owner to frontdesk_search;
revoke all on function platform.workspace_of_slug(text) from public;
grant execute on function platform.workspace_of_slug(text) to frontdesk_app;

-- accounts: any workspace at all, to know whether the server was set up.
create or replace function platform.first_workspace() returns table (workspace_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select w.id from workspace w where w.test_of is null order by w.id limit 1 $$;
alter function platform.first_workspace() owner to frontdesk_search;
revoke all on function platform.first_workspace() from public;
grant execute on function platform.first_workspace() to frontdesk_app;

-- mail: the workspace of a mail of ours, for an answer or a bounce that names it.
create or replace function platform.workspace_of_mail(wanted uuid) returns table (workspace_id uuid, mail_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select m.workspace_id, m.id from mail m where m.id = wanted $$;
alter function platform.workspace_of_mail(uuid) owner to frontdesk_search;
revoke all on function platform.workspace_of_mail(uuid) from public;
grant execute on function platform.workspace_of_mail(uuid) to frontdesk_app;
