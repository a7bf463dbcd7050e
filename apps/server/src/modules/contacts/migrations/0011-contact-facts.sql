-- What other rooms need of some contacts, in one round trip: the gate asks it for every single send. Runs as whoever calls, so row-level security holds as for any query.
-- A function, so that each connection plans it once; by index whatever the tables hold on the day of the plan, because a plan lives as long as its connection.
create function platform.contact_facts(contacts uuid[])
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
          'verified', p.verified_at is not null, 'created', p.created_at, 'bounce', p.bounce_kind, 'bounced', p.bounced_at, 'retry', p.bounce_retry_after)
        order by p.kind, p.preferred desc, p.id)
      from contact_point p where p.workspace_id = bound and p.contact_id = c.id
    )
  from contact c
  where c.workspace_id = bound and c.id = any (contacts) and c.merged_into is null;
end $$;
