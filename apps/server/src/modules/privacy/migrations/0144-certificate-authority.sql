-- The authority that gives the certificate of the domain is a recipient as well: of the server's name, and of the operator's address where one is set.
alter table processor drop constraint processor_connection_check;
alter table processor add constraint processor_connection_check
  check (connection in ('smtp', 'imap', 's3', 'google', 'facebook', 'database', 'traces', 'acme'));
