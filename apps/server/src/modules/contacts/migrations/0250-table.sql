-- The table of contacts by the day they were added; by name and by last activity it has its indexes.
create index contact_by_creation on contact (workspace_id, created_at desc, id desc) where archived_at is null and merged_into is null;
