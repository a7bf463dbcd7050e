/** Server settings by name. */
export type PostgresSettings = Readonly<Record<string, string>>

/** How the embedded server runs: on loopback only, small in memory, strict about what it has acknowledged, silent about people. */
export const everydaySettings: PostgresSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',

  // What was acknowledged is on the disk. Named here so that no file in the cluster can soften it.
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',

  // A whole Frontdesk has to idle in 700 MB, and containers often give /dev/shm only 64 MB, which parallel plans would fill.
  shared_buffers: '48MB',
  work_mem: '4MB',
  maintenance_work_mem: '48MB',
  effective_cache_size: '256MB',
  huge_pages: 'off',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  max_worker_processes: '4',
  autovacuum_max_workers: '2',
  io_method: 'sync',
  random_page_cost: '1.1',

  // Nobody replicates from it.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  min_wal_size: '32MB',
  max_wal_size: '512MB',
  checkpoint_timeout: '10min',

  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  log_checkpoints: 'off',
  // Messages, details and statements of errors quote people's data. The caller gets them and writes down the code.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  idle_in_transaction_session_timeout: '5min',
}

/** The settings as arguments of `postgres`. */
export const settingArguments = (settings: PostgresSettings): string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
