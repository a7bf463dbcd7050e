-- What somebody is called on a messenger, a network or the web: a way to reach her beside addresses and numbers. It stands as `channel:name`, so that what is unique of a
-- kind is unique of each channel.
alter table contact_point drop constraint contact_point_kind_check;
alter table contact_point add constraint contact_point_kind_check check (kind in ('email', 'phone', 'handle'));
alter table contact_point add constraint contact_point_handle_check check (kind <> 'handle' or value_normalized ~ '^[a-z]+:.');

-- Nothing is sent to a handle yet, so those who send know of addresses and numbers alone.
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
      from contact_point p where p.workspace_id = bound and p.contact_id = c.id and p.kind <> 'handle'
    )
  from (select distinct unnest(contacts) as id) one cross join lateral
    (select * from contact x where x.workspace_id = bound and x.id = one.id offset 0) c
  where c.merged_into is null;
end $$;
