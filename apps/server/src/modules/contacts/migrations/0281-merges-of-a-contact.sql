-- Who is removed with her list was never merged; that, and the deletion of any contact, asks by this.
create index contact_merge_of_merged on contact_merge (workspace_id, merged_id);
