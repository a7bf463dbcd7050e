-- Events sent to the program of somebody outside are a hand-over too, and a list of contacts that the business takes along is on the account like a copy of everything.
alter table disclosure drop constraint disclosure_about_type_check;
alter table disclosure add constraint disclosure_about_type_check
  check (about_type in ('contact_export', 'workspace_export', 'legal_request', 'ownership_change', 'api_key', 'webhook_endpoint', 'list_export'));
