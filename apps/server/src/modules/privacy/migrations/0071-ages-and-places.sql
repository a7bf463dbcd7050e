-- Contacts whose data must not be kept: a child's without a parent's consent, or somebody's from a place that the business does not serve. Kept and not used from the first
-- moment, and erased when they are due, unless somebody says why it was a mistake.
create table flagged_contact (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  reason text not null check (reason in ('child', 'place')),
  country text check (country ~ '^[A-Z]{2}$'), -- of a place
  found_by text not null check (found_by in ('phone', 'mail', 'member', 'report')),
  relation text check (relation in ('parent', 'guardian', 'other')), -- who reported a child
  flagged_by text not null,
  restriction_id uuid, -- the one this flag made; null where her data was restricted before
  due_at timestamptz(3) not null,
  state text not null check (state in ('open', 'released', 'erasing')),
  released_by text,
  released_because text check (char_length(released_because) between 1 and 300),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  check ((reason = 'place') = (country is not null)),
  check ((state = 'released') = (released_by is not null and released_because is not null))
);
call platform.guard_workspace_table('flagged_contact');
create unique index flagged_contact_open on flagged_contact (workspace_id, contact_id, reason) where state = 'open';
create index flagged_contact_due on flagged_contact (workspace_id, due_at) where state = 'open';

-- Somebody under the age that the business set: that she is, and since when. Never an age, never a birthday.
create table under_age (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  age_limit int not null check (age_limit in (13, 16, 18)),
  noted_by text not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, contact_id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('under_age');

-- A parent or guardian who was asked by a child, and what she agreed to.
create table guardian_consent (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null, -- the parent or guardian
  point_id uuid not null, -- the address that was written to
  age_limit int not null check (age_limit in (13, 16, 18)),
  locale text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  agreed_at timestamptz(3), -- she pressed the button behind the link in her mail
  words_hash text check (words_hash ~ '^[0-9a-f]{64}$'),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, point_id) references contact_point (workspace_id, id) on delete cascade,
  check ((agreed_at is null) = (words_hash is null))
);
call platform.guard_workspace_table('guardian_consent');
create index guardian_consent_of on guardian_consent (workspace_id, contact_id);

-- The gate learns who is under age, in the same round trip.
create or replace function platform.gate_ground(contacts uuid[], hashes text[], codes text[], at timestamptz, since timestamptz)
  returns table (what text, contact_id uuid, body json)
  language plpgsql stable
  set plan_cache_mode = 'force_generic_plan'
  set enable_seqscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
declare
  bound constant uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
  -- Theirs, and those that were merged into them: what was said about somebody then counts for whoever she is now.
  ids constant uuid[] := contacts || array(select c.id from contact c where c.workspace_id = bound and c.merged_into = any (contacts));
begin
  return query
  select 'business', null::uuid, json_build_object('zone', w.zone, 'country', w.country, 'phone', w.phone, 'address',
      (select l.address from location l where l.workspace_id = bound and l.is_default), 'rules',
      (select p.rules from contact_policy p where p.workspace_id = bound))
    from workspace w where w.id = bound
  union all
  select 'merged', c.id, to_json(c.merged_into) from contact c where cardinality(ids) > cardinality(contacts) and c.workspace_id = bound and c.merged_into = any (contacts)
  union all
  select 'stop', s.contact_id, json_build_object('id', s.id, 'hash', s.value_hash, 'scope', s.scope, 'channel', s.channel, 'cause', s.cause, 'since', s.created_at)
    from suppression s where s.workspace_id = bound and s.kind = any ('{email,phone}') and s.value_hash = any (hashes) and s.lifted_at is null
  union all
  select 'stop', s.contact_id, json_build_object('id', s.id, 'hash', s.value_hash, 'scope', s.scope, 'channel', s.channel, 'cause', s.cause, 'since', s.created_at)
    from suppression s where s.workspace_id = bound and s.contact_id = any (ids) and s.contact_id is not null and s.lifted_at is null
  union all
  select 'entry', e.contact_id, json_build_object('id', e.id, 'hash', e.point_hash, 'action', e.action, 'channel', e.channel, 'purpose', e.purpose, 'level', e.level,
      'automated', e.automated, 'happened', e.happened_at, 'expires', e.expires_at)
    from consent e where e.workspace_id = bound and e.contact_id = any (ids)
  union all
  select 'dealing', d.contact_id, json_build_object('kind', d.kind, 'last', max(d.happened_at))
    from dealing d where d.workspace_id = bound and d.contact_id = any (ids) and d.happened_at <= at group by d.contact_id, d.kind
  union all
  select 'wishes', w.contact_id, json_build_object('channels_off', w.channels_off, 'hours', w.hours, 'languages', w.languages, 'at_most', w.at_most)
    from preference w where w.workspace_id = bound and w.contact_id = any (contacts)
  union all
  select 'kept', r.contact_id, null from restriction r where r.workspace_id = bound and r.contact_id = any (contacts) and r.lifted_at is null
  union all
  select 'kept', e.contact_id, null from erasure e where e.workspace_id = bound and e.contact_id = any (contacts) and e.contact_id is not null
  union all
  select 'young', u.contact_id, null from under_age u where u.workspace_id = bound and u.contact_id = any (ids)
  union all
  select 'touch', p.contact_id, json_build_object('at', coalesce(p.used_at, p.created_at), 'channel', p.channel, 'voice', p.voice, 'purpose', p.purpose)
    from permit p
    where p.workspace_id = bound and p.contact_id = any (ids) and p.created_at >= since and p.decision = 'allowed' and p.superseded_by is null
      and (p.used_by is not null or p.expires_at > at)
  union all
  select 'copy', null, json_build_object('id', s.id, 'registry', s.registry, 'as_of', s.as_of, 'area_codes', s.area_codes)
    from registry_snapshot s where cardinality(codes) > 0 and s.workspace_id = bound and s.status = 'ready' and s.registry <> 'own';
end $$;
