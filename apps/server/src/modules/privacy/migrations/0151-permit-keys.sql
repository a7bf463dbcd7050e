-- A permit hangs on its contact, and that on its workspace: a second key to the workspace only had every permit lock the workspace's row, and all that were written at once wait in it.
alter table permit drop constraint permit_workspace_id_fkey;
