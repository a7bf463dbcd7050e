-- When she last turned up with an address or number herself: a number that was silent for long may belong to somebody else by now.
alter table contact_point add column last_heard_at timestamptz(3);
update contact_point p set last_heard_at = p.created_at from contact c
  where c.workspace_id = p.workspace_id and c.id = p.contact_id and c.source in ('booking', 'form', 'chat', 'call', 'email') and p.created_at <= c.created_at;

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
  from contact c
  where c.workspace_id = bound and c.id = any (contacts) and c.merged_into is null;
end $$;
