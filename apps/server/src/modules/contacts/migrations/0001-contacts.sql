-- People outside the business, and every way to reach them.

create table company (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  name text not null,
  name_folded text not null, -- lower case, without accents: one company however it is typed
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, name_folded)
);
call platform.guard_workspace_table('company');

create table contact (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  name text not null check (length(name) between 1 and 400),
  name_sort text collate "C" not null, -- folded, in the order of code points, so that a keyset page never skips
  given_name text,
  family_name text,
  company_id uuid,
  owner_member_id uuid,
  locale text,
  zone text,
  source text not null check (source in ('member', 'api', 'booking', 'email', 'import', 'form', 'chat', 'call', 'demo')),
  merged_into uuid,
  search_text text not null, -- folded name, company, addresses and digits of numbers
  last_activity_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  archived_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, company_id) references company (workspace_id, id),
  foreign key (workspace_id, owner_member_id) references member (workspace_id, id) on delete set null (owner_member_id),
  foreign key (workspace_id, merged_into) references contact (workspace_id, id) on delete set null (merged_into),
  check (merged_into <> id)
);
call platform.guard_workspace_table('contact');
call platform.open_to_search('contact');
create index contact_by_activity on contact (workspace_id, last_activity_at desc, id desc) where archived_at is null and merged_into is null;
create index contact_by_name on contact (workspace_id, name_sort, id) where archived_at is null and merged_into is null;
create index contact_by_owner on contact (workspace_id, owner_member_id, last_activity_at desc, id desc) where archived_at is null and merged_into is null;
create index contact_archived on contact (workspace_id, last_activity_at desc, id desc) where archived_at is not null and merged_into is null;
create index contact_merged on contact (workspace_id, merged_into) where merged_into is not null;
create index contact_by_company on contact (workspace_id, company_id) where company_id is not null;
create index contact_search on contact using gin (search_text gin_trgm_ops);

create table contact_point (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  kind text not null check (kind in ('email', 'phone')),
  value_normalized text not null, -- lower-cased address, or E.164 number
  value_as_typed text not null,
  label text,
  preferred boolean not null,
  shared boolean not null,
  verified_at timestamptz(3),
  bounce_kind text check (bounce_kind in ('permanent', 'temporary')),
  bounced_at timestamptz(3),
  bounce_retry_after timestamptz(3), -- of a temporary one
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  unique (workspace_id, contact_id, kind, value_normalized),
  check ((bounce_kind is null) = (bounced_at is null)),
  check ((bounce_retry_after is not null) = (coalesce(bounce_kind, '') = 'temporary'))
);
call platform.guard_workspace_table('contact_point');
create unique index contact_point_of_one on contact_point (workspace_id, kind, value_normalized) where not shared;
create unique index contact_point_preferred on contact_point (workspace_id, contact_id, kind) where preferred;
create index contact_point_by_value on contact_point (workspace_id, kind, value_normalized);

create table tag (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  name text not null,
  name_folded text not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, name_folded)
);
call platform.guard_workspace_table('tag');

create table contact_tag (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  tag_id uuid not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, contact_id, tag_id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, tag_id) references tag (workspace_id, id)
);
call platform.guard_workspace_table('contact_tag');
create index contact_tag_by_tag on contact_tag (workspace_id, tag_id, contact_id);

create table note (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  contact_id uuid not null,
  body text not null,
  author_member_id uuid,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, author_member_id) references member (workspace_id, id) on delete set null (author_member_id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('note');
create index note_by_contact on note (workspace_id, contact_id, id desc);

-- Search by a part of the name, an address or a number. Under row-level security the app role's own query could not use the trigram index, because LIKE is not
-- leakproof (platform/database/README.md); so this function runs as frontdesk_search and filters by the bound workspace itself. Its words come folded by the app,
-- as search_text is. Dynamic SQL, so that the plan sees the words; they travel as parameters.
create function platform.search_contacts(words text[], digits text, of_owner uuid, most int)
  returns table (contact_id uuid)
  language plpgsql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
declare
  bound uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
  patterns text[];
begin
  if bound is null or (coalesce(array_length(words, 1), 0) = 0 and digits is null) then return; end if;
  select array_agg('%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%') into patterns from unnest(words[1:6]) as word;
  return query execute '
    select c.id from contact c
    where c.workspace_id = $1 and c.merged_into is null and c.archived_at is null
      and ($2::uuid is null or c.owner_member_id = $2)
      and (' || case when digits is null then 'false' else 'c.search_text like ''%'' || $3 || ''%''' end
      || ' or ' || case when patterns is null then 'false' else (
        select string_agg(format('c.search_text like $4[%s]', place), ' and ') from generate_series(1, array_length(patterns, 1)) as place) end || ')
    order by (case when $5 is not null and (c.search_text like $5 || ''%'' or c.search_text like ''% '' || $5 || ''%'') then 0 else 1 end), c.last_activity_at desc, c.id desc
    limit $6'
  using bound, of_owner, digits, patterns, replace(replace(replace(words[1], '\', '\\'), '%', '\%'), '_', '\_'), least(greatest(most, 1), 50);
end $$;
alter function platform.search_contacts(text[], text, uuid, int) owner to frontdesk_search;
revoke all on function platform.search_contacts(text[], text, uuid, int) from public;
grant execute on function platform.search_contacts(text[], text, uuid, int) to frontdesk_app;
