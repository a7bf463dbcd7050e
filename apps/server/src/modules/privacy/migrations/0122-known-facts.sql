-- What somebody learned of a person or number that the rules ask for: where she lives (the state alone, never the street), what kind of line it is, whether it was given to somebody
-- else. Append-only: the newest counts, and what was believed on a day stays readable.
create table known_fact (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  kind text not null check (kind in ('place', 'line', 'reassigned')),
  point_hash text, -- of the number
  answer text not null check (
    case kind when 'place' then answer ~ '^[A-Z]{2}(-[A-Z]{2,3})?$' when 'line' then answer in ('mobile', 'landline', 'voip') else answer in ('yes', 'no', 'no_data') end),
  checked_on date not null,
  checked_with text,
  source text not null check (source in ('member', 'api', 'booking')),
  recorded_by text not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  check ((kind = 'place') = (point_hash is null))
);
call platform.guard_workspace_table('known_fact');
create index known_fact_by_contact on known_fact (workspace_id, contact_id);

create or replace function platform.gate_ground(contacts uuid[], hashes text[], codes text[], at timestamptz, since timestamptz)
  returns table (what text, contact_id uuid, body json)
  language plpgsql stable
  set plan_cache_mode = 'force_generic_plan'
  set enable_seqscan = off
  set enable_bitmapscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
declare
  bound constant uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
  -- Theirs, and those that were merged into them: what was said about somebody then counts for whoever she is now.
  ids constant uuid[] := contacts || array(select c.id from unnest(contacts) as one (id) cross join lateral
    (select m.id from contact m where m.workspace_id = bound and m.merged_into = one.id offset 0) c);
begin
  return query
  select 'business', null::uuid, json_build_object('zone', w.zone, 'country', w.country, 'phone', w.phone, 'closes_at', w.closes_at, 'address',
      (select l.address from location l where l.workspace_id = bound and l.is_default), 'rules',
      (select p.rules from contact_policy p where p.workspace_id = bound))
    from workspace w where w.id = bound;
  if cardinality(ids) > cardinality(contacts) then
    return query select 'merged', c.id, to_json(c.merged_into) from contact c where c.workspace_id = bound and c.merged_into = any (contacts);
  end if;
  return query
  select 'stop', s.contact_id, json_build_object('id', s.id, 'hash', s.value_hash, 'scope', s.scope, 'channel', s.channel, 'cause', s.cause, 'since', s.created_at)
    from unnest(hashes) as one (hash) cross join unnest('{email,phone}'::text[]) as way (kind) cross join lateral
      (select * from suppression x where x.workspace_id = bound and x.kind = way.kind and x.value_hash = one.hash and x.lifted_at is null offset 0) s;
  return query
  select found.what, found.contact_id, found.body from unnest(ids) as one (id) cross join lateral (
    select 'stop' as what, s.contact_id, json_build_object('id', s.id, 'hash', s.value_hash, 'scope', s.scope, 'channel', s.channel, 'cause', s.cause, 'since', s.created_at) as body
      from (select * from suppression x where x.workspace_id = bound and x.contact_id = one.id and x.contact_id is not null offset 0) s where s.lifted_at is null
    union all
    select 'entry', e.contact_id, json_build_object('id', e.id, 'hash', e.point_hash, 'action', e.action, 'channel', e.channel, 'purpose', e.purpose, 'level', e.level,
        'automated', e.automated, 'happened', e.happened_at, 'expires', e.expires_at)
      from consent e where e.workspace_id = bound and e.contact_id = one.id
    union all
    select 'dealing', one.id, json_build_object('kind', d.kind, 'last', max(d.happened_at))
      from dealing d where d.workspace_id = bound and d.contact_id = one.id and d.happened_at <= at group by d.kind
    union all
    select 'wishes', w.contact_id, json_build_object('channels_off', w.channels_off, 'hours', w.hours, 'languages', w.languages, 'at_most', w.at_most)
      from preference w where w.workspace_id = bound and w.contact_id = one.id and one.id = any (contacts)
    union all
    select 'kept', r.contact_id, null from restriction r where r.workspace_id = bound and r.contact_id = one.id and r.lifted_at is null and one.id = any (contacts)
    union all
    select 'kept', e.contact_id, null from erasure e where e.workspace_id = bound and e.contact_id = one.id and e.contact_id is not null and one.id = any (contacts)
    union all
    select 'young', u.contact_id, null from under_age u where u.workspace_id = bound and u.contact_id = one.id
    union all
    select 'known', k.contact_id, json_build_object('id', k.id, 'kind', k.kind, 'hash', k.point_hash, 'answer', k.answer, 'on', k.checked_on, 'with', k.checked_with, 'source', k.source)
      from known_fact k where k.workspace_id = bound and k.contact_id = one.id
    union all
    select 'touch', p.contact_id, json_build_object('at', coalesce(p.used_at, p.created_at), 'channel', p.channel, 'voice', p.voice, 'purpose', p.purpose)
      from permit p
      where p.workspace_id = bound and p.contact_id = one.id and p.created_at >= since and p.decision = 'allowed' and p.superseded_by is null
        and (p.used_by is not null or p.expires_at > at)
  ) found;
  if cardinality(codes) > 0 then
    return query select 'copy', null::uuid, json_build_object('id', s.id, 'registry', s.registry, 'as_of', s.as_of, 'area_codes', s.area_codes)
      from registry_snapshot s where s.workspace_id = bound and s.status = 'ready' and s.registry <> 'own';
  end if;
end $$;
