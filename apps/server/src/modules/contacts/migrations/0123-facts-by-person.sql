-- Contacts are read one by one by their key. Asked for all at once, PostgreSQL 15 planned on an empty table to walk the whole workspace by an index of contacts that were not merged.
create or replace function platform.contact_facts(contacts uuid[])
  returns table (contact json, points json)
  language plpgsql stable
  set plan_cache_mode = 'force_generic_plan'
  set enable_seqscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
declare
  bound constant uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
begin
  return query
  select
    json_build_object('id', c.id, 'name', c.name, 'locale', c.locale, 'zone', c.zone, 'source', c.source, 'owner', c.owner_member_id, 'created', c.created_at,
      'archived', c.archived_at is not null),
    (
      select json_agg(
        json_build_object('id', p.id, 'kind', p.kind, 'value', p.value_normalized, 'typed', p.value_as_typed, 'preferred', p.preferred,
          'verified', p.verified_at is not null, 'created', p.created_at, 'bounce', p.bounce_kind, 'bounced', p.bounced_at, 'retry', p.bounce_retry_after, 'heard', p.last_heard_at)
        order by p.kind, p.preferred desc, p.id)
      from contact_point p where p.workspace_id = bound and p.contact_id = c.id
    )
  from (select distinct unnest(contacts) as id) one cross join lateral
    (select * from contact x where x.workspace_id = bound and x.id = one.id offset 0) c
  where c.merged_into is null;
end $$;
