-- An account at rest: nobody works with it, nothing is written to her or in her name, nothing is deleted before its time.
alter table auth."user" add column deactivated_at timestamptz(3);
create index on auth."user" (deactivated_at) where deactivated_at is not null;

-- In a workspace: since when, and by whom: herself, somebody who manages the members, or because she closes her account (then she may still work, until it is deleted).
alter table member
  add column deactivated_at timestamptz(3),
  add column deactivated_why text check (deactivated_why in ('self', 'workspace', 'closing')),
  add constraint member_deactivated_why check ((deactivated_at is null) = (deactivated_why is null)),
  add column news jsonb not null default '{}'; -- which mails she wants, where that differs from what is usual

-- A workspace at rest is closed until its data have had their time, instead of for thirty days.
alter table workspace
  add column rests boolean not null default false,
  add constraint workspace_rest_ends check (not rests or closes_at is not null);

-- An owner whose access rests cannot own alone.
create or replace function platform.keep_an_owner() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  place uuid := case when tg_table_name = 'workspace' then to_jsonb(new) ->> 'id' when tg_op = 'DELETE' then to_jsonb(old) ->> 'workspace_id' else to_jsonb(new) ->> 'workspace_id' end;
begin
  perform pg_advisory_xact_lock(hashtextextended(place::text, 11));
  if exists (select from workspace where id = place) and not exists (
    select from member where workspace_id = place and role = 'owner' and removed_at is null and coalesce(deactivated_why, 'closing') = 'closing'
  ) then
    raise exception using errcode = 'check_violation', constraint = 'at_least_one_owner', table = 'member', message = 'a workspace needs at least one owner';
  end if;
  return null;
end $$;
