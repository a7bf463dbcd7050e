-- Search as you type, as fast among a million as among a hundred. What is looked through begins with a space now, as every word in it does: one condition finds the beginnings of all words.
update contact set search_text = ' ' || search_text where search_text not like ' %';
drop function platform.search_contacts(text[], text, uuid, int);

-- Under row-level security the app role's own query could not use the trigram index, because LIKE is not leakproof (platform/database/README.md); so both functions run as frontdesk_search and
-- filter by the bound workspace themselves. Their patterns for LIKE come from search.rules.ts. Dynamic SQL, so that the plan sees the patterns; they travel as parameters.
--
-- What many meet is found among those of whom something was heard last, and among names that begin so: whoever typed one letter looks for somebody of today. What they do not fill is met by few,
-- and these are found by the trigram index: two thousand at most are put in order. `is true` keeps the workspace's own indexes from being walked to the end for those few.
create function platform.search_contacts(anywhere text[], indexed text[], digits text, named text, began text, recent int, of_owner uuid, most int)
  returns table (contact_id uuid)
  language plpgsql stable security definer
  set search_path = pg_catalog, public, pg_temp
  set enable_seqscan = off
as $$
declare
  bound uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
  shown constant text := 'select id, name_sort, search_text, last_activity_at from contact c where merged_into is null and archived_at is null and ($2::uuid is null or owner_member_id = $2)';
  best constant text := 'order by case when name_sort like $6 then 0 when search_text like $7 then 1 else 2 end, last_activity_at desc, id desc limit $8';
  all_of text := (select string_agg(format('search_text like $3[%s]', place), ' and ') from generate_series(1, array_length(anywhere, 1)) as place);
  by_index text := (select string_agg(format('search_text like $4[%s]', place), ' and ') from generate_series(1, array_length(indexed, 1)) as place);
  found uuid[];
  walked int;
begin
  if bound is null or (all_of is null and digits is null) then return; end if;
  execute format('
      with recent as materialized (%1$s and workspace_id = $1 order by last_activity_at desc, id desc limit $9),
      so_named as (%1$s and workspace_id = $1 and name_sort like $6 order by name_sort limit 100)
      select array(select id from (select * from recent where %2$s or search_text like $5 union select * from so_named) as met %3$s), (select count(*) from recent)',
      shown, coalesce(all_of, 'false'), best)
    into found, walked using bound, of_owner, anywhere, indexed, digits, named, began, most, recent;
  if cardinality(found) < most and walked = recent and (by_index is not null or digits is not null) then
    execute format('with met as materialized (%1$s and (workspace_id = $1) is true and (%2$s) limit 2000) select array(select id from met %3$s)',
        shown, concat_ws(' or ', by_index, case when digits is not null then 'search_text like $5' end), best)
      into found using bound, of_owner, anywhere, indexed, digits, named, began, most;
  end if;
  return query select unnest(found);
end $$;
alter function platform.search_contacts(text[], text[], text, text, text, int, uuid, int) owner to frontdesk_search;
revoke all on function platform.search_contacts(text[], text[], text, text, text, int, uuid, int) from public;
grant execute on function platform.search_contacts(text[], text[], text, text, text, int, uuid, int) to frontdesk_app;

-- Contacts of whom a word begins one of the patterns of what another may have been meant as, and the others stand somewhere. Of more than two hundred, some two hundred are put in order.
create function platform.search_contacts_nearly(meant text[], others text[], of_owner uuid, most int)
  returns table (contact_id uuid)
  language plpgsql stable security definer
  set search_path = pg_catalog, public, pg_temp
  set enable_seqscan = off
as $$
declare
  bound uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
  one_of text := (select string_agg(format('search_text like $3[%s]', place), ' or ') from generate_series(1, array_length(meant, 1)) as place);
  all_of text := (select string_agg(format(' and search_text like $4[%s]', place), '') from generate_series(1, array_length(others, 1)) as place);
begin
  if bound is null or one_of is null then return; end if;
  return query execute format('
      with met as materialized (select id, last_activity_at from contact
        where merged_into is null and archived_at is null and ($2::uuid is null or owner_member_id = $2) and (workspace_id = $1) is true and (%s)%s limit 200)
      select id from met order by last_activity_at desc, id desc limit $5', one_of, all_of)
    using bound, of_owner, meant, others, most;
end $$;
alter function platform.search_contacts_nearly(text[], text[], uuid, int) owner to frontdesk_search;
revoke all on function platform.search_contacts_nearly(text[], text[], uuid, int) from public;
grant execute on function platform.search_contacts_nearly(text[], text[], uuid, int) to frontdesk_app;
