-- The jobs of the bound workspace, which is deleted: those that wait, those that failed and those that run. The queue's tables have no workspaces, so nobody but this function takes from
-- them by their content. `spared` is the job that does the deleting.
create function platform.erase_jobs_of_workspace(spared text) returns int
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  bound text := nullif(current_setting('app.workspace_id', true), '');
  gone int := 0;
begin
  if bound is not null and to_regclass('pgboss.job') is not null then
    with deleted as (
      delete from pgboss.job j where j.data ->> 'workspaceId' = bound and not (j.name = spared and j.state = 'active') returning 1
    )
    select count(*)::int into gone from deleted;
  end if;
  return gone;
end $$;
revoke all on function platform.erase_jobs_of_workspace(text) from public;
grant execute on function platform.erase_jobs_of_workspace(text) to frontdesk_eraser;
