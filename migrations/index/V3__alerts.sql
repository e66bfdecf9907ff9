-- What detectors notice, which no single entry shows. Entries that were indexed without them are indexed again.
delete from indexed_log;
delete from term;
delete from block;
delete from block_rows;
delete from block_posting;
delete from posting;
delete from record_run;
delete from rollup_kind;
delete from rollup_place;
delete from rollup_key;
delete from key_state;

-- What detectors carry from entry to entry (proof's class Memory), as of the log's position. part = its code.
create table detector_memory (
  log int not null,
  part int not null,
  item text not null,
  value text not null,
  primary key (log, part, item)
) without rowid;

-- Every alert of every entry. kind and subject are terms; number tells those of one entry apart.
create table alert (
  log int not null,
  entry_index bigint not null,
  number int not null,
  kind int not null,
  subject int not null,
  detail text not null,
  primary key (log, entry_index, number)
) without rowid;

-- Entries that gave alerts, per hour of their own time, and the newest of them. Like every count, without records sent again.
create table rollup_alert (
  log int not null,
  hour int not null,
  kind int not null,
  subject int not null,
  events bigint not null,
  last_time bigint not null,
  last_index bigint not null,
  primary key (log, hour, kind, subject)
) without rowid;

-- The same of all time, for monitoring.
create table alert_total (
  log int not null,
  kind int not null,
  events bigint not null,
  primary key (log, kind)
) without rowid;
