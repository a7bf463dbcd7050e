-- Contacts that may be one person, and what a merge did so that it can be undone.

alter table contact add column merged_at timestamptz(3);
alter table contact no force row level security;
update contact set merged_at = updated_at where merged_into is not null;
alter table contact force row level security;

-- What two contacts of one person have in common, a row for each: hashes of an address, a number, or a name together with a company, a birthday or a town. Two that share a
-- key are looked at; so nobody is ever compared with everybody.
create table duplicate_key (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  key text collate "C" not null,
  primary key (workspace_id, id),
  unique (workspace_id, contact_id, key),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('duplicate_key');
create index duplicate_key_by_key on duplicate_key (workspace_id, key, contact_id);

-- Two contacts that may be one person, and what somebody decided about it.
create table duplicate_pair (
  workspace_id uuid not null,
  id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  likeness text not null check (likeness in ('same', 'household')),
  score int not null check (score between 0 and 100),
  reasons jsonb not null, -- kinds of what they share, without the values
  state text not null check (state in ('open', 'not_same')),
  found_at timestamptz(3) not null,
  decided_at timestamptz(3),
  decided_by text,
  primary key (workspace_id, id),
  unique (workspace_id, first_id, second_id),
  foreign key (workspace_id, first_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, second_id) references contact (workspace_id, id) on delete cascade,
  check (first_id < second_id),
  check ((state = 'open') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null))
);
call platform.guard_workspace_table('duplicate_pair');
create index duplicate_pair_open on duplicate_pair (workspace_id, likeness, score desc, id desc) where state = 'open';
create index duplicate_pair_of_second on duplicate_pair (workspace_id, second_id);

-- The last time that all contacts of the workspace were looked through.
create table duplicate_search (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  looked int not null check (looked >= 0),
  total int not null check (total >= 0),
  started_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('duplicate_search');
create unique index one_duplicate_search on duplicate_search (workspace_id);

-- A merge, for as long as it can be undone: what the fields of the contact that stayed were before and are since.
create table contact_merge (
  workspace_id uuid not null,
  id uuid not null,
  survivor_id uuid not null,
  merged_id uuid not null,
  merged_by_kind text not null check (merged_by_kind in ('member', 'api_key', 'contact_link', 'visitor', 'operator', 'system')),
  merged_by_id text,
  merged_at timestamptz(3) not null,
  kept jsonb, -- empty once it is undone
  undone_at timestamptz(3),
  undone_by_kind text check (undone_by_kind in ('member', 'api_key', 'contact_link', 'visitor', 'operator', 'system')),
  undone_by_id text,
  primary key (workspace_id, id),
  foreign key (workspace_id, survivor_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, merged_id) references contact (workspace_id, id) on delete cascade,
  check (survivor_id <> merged_id),
  check ((undone_at is null) = (undone_by_kind is null))
);
call platform.guard_workspace_table('contact_merge');
create index contact_merge_of_survivor on contact_merge (workspace_id, survivor_id, id desc);
create unique index merged_once on contact_merge (workspace_id, merged_id) where undone_at is null;

-- The rows that a merge gave to the contact that stayed. Gone once it is undone.
create table contact_merge_row (
  workspace_id uuid not null,
  id uuid not null,
  merge_id uuid not null,
  place text collate "C" not null, -- table.column
  row_id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  primary key (workspace_id, id),
  unique (workspace_id, merge_id, place, row_id),
  foreign key (workspace_id, merge_id) references contact_merge (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('contact_merge_row');

-- Whoever writes about a contact while she is merged writes about whom she became: a row that arrives under the old id is given to the new one in the same statement, before
-- anybody can see it. Where the new one has the same already, it stays where it is, as in the merge itself. One function a column, so that its plan is kept.
create procedure platform.follow_merges(target regclass)
  language plpgsql as $$
declare
  place record;
begin
  for place in
    select c.relname as relation, a.attname as name
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    cross join lateral unnest(k.conkey, k.confkey) as pair (own, theirs)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.own
    join pg_attribute f on f.attrelid = k.confrelid and f.attnum = pair.theirs
    where k.contype = 'f' and k.conrelid = target and k.confrelid = 'public.contact'::regclass and f.attname = 'id' and a.attname <> 'id'
  loop
    execute format($f$
      create or replace function platform.%3$I() returns trigger
        language plpgsql
        set search_path = pg_catalog, public, pg_temp
        set enable_seqscan = off
        set enable_hashjoin = off
        set enable_mergejoin = off
      as $t$
      begin
        -- Each contact by its key, whatever the tables held on the day of the plan.
        if exists (
          select from arrived a cross join lateral
            (select x.merged_into from contact x where x.workspace_id = a.workspace_id and x.id = a.%2$I offset 0) c
          where c.merged_into is not null)
        then
          begin
            update %1$I t set %2$I = c.merged_into
              from arrived a cross join lateral
                (select x.merged_into from contact x where x.workspace_id = a.workspace_id and x.id = a.%2$I offset 0) c
              where c.merged_into is not null and t.workspace_id = a.workspace_id and t.id = a.id;
          exception when unique_violation then
            null;
          end;
        end if;
        return null;
      end $t$ $f$, place.relation, place.name, 'follow_' || place.relation || '_' || place.name);
    execute format('revoke all on function platform.%I() from public', 'follow_' || place.relation || '_' || place.name);
    execute format('create or replace trigger %I after insert on %s referencing new table as arrived for each statement execute function platform.%I()',
      'follow_merge_' || place.name, target, 'follow_' || place.relation || '_' || place.name);
  end loop;
end $$;

-- For every table that names contacts, of whatever room, once all rooms have migrated. Left out is what only ever grows, whose reads follow the merge, and what is each contact's own
-- (modules/contacts/merge/merge-places.ts says why). A test compares the two.
create procedure platform.after_migrations_follow_merges()
  language plpgsql as $$
declare
  target regclass;
begin
  for target in
    select distinct k.conrelid::regclass from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and k.confrelid = 'public.contact'::regclass and k.conparentid = 0
      and has_table_privilege('frontdesk_app', k.conrelid, 'update')
      and c.relname not in ('contact', 'contact_change', 'contact_field_index', 'contact_field_choice', 'duplicate_key', 'duplicate_pair', 'contact_merge')
      and not exists (select from pg_trigger g where g.tgrelid = k.conrelid and g.tgname like 'follow_merge_%')
  loop
    call platform.follow_merges(target);
  end loop;
end $$;
