-- Derived from the log alone, dropped and rebuilt at will. Proofs never read it; fsck rebuilds it beside and compares.
-- Entries are indexed in blocks of 4,096 consecutive ones. A term is a string of one log, stored once; its number is the order in
-- which the log first used it, so the same log always gives the same index.

-- Entries [0, position) of the log are in every table below; a batch moves it in the transaction that writes them.
create table indexed_log (
  id integer not null primary key,
  name text not null unique,
  position bigint not null check (position >= 0)
);

-- type = TermType's code.
create table term (
  log int not null,
  id int not null check (id > 0),
  type int not null,
  text text not null,
  primary key (log, id)
) without rowid;

create unique index term_by_text on term (log, type, text);

-- What a filter by time can exclude without reading a block's rows. Times are unix nanoseconds.
create table block (
  log int not null,
  block int not null,
  events int not null check (events between 1 and 4096),
  time_min bigint not null,
  time_max bigint not null,
  received_min bigint not null,
  received_max bigint not null,
  primary key (log, block)
) without rowid;

-- What a list shows of each entry of a block: columns of term numbers and times (class Block), zstd.
create table block_rows (
  log int not null,
  block int not null,
  bytes blob not null,
  primary key (log, block)
);

-- Which entries of a block use a term (class Bits).
create table posting (
  log int not null,
  term int not null,
  block int not null,
  bits blob not null,
  primary key (log, term, block)
) without rowid;

-- Record ids, by the first 8 bytes of their SHA-256. The bucket (2^20 entries) keeps inserts in one part of the tree.
create table record (
  log int not null,
  bucket int not null,
  hash bigint not null,
  entry_index bigint not null,
  primary key (log, bucket, hash, entry_index)
) without rowid;

-- Counts per hour of the events' own time (hours since 1970, UTC). Terms as numbers, 0 for none; hop and assurance by their order.
create table rollup_kind (
  log int not null,
  hour int not null,
  kind int not null,
  outcome int not null,
  events bigint not null,
  primary key (log, hour, kind, outcome)
) without rowid;

create table rollup_place (
  log int not null,
  hour int not null,
  category int not null,
  hop int not null,
  place int not null,
  assurance int not null,
  outcome int not null,
  events bigint not null,
  last_time bigint not null,
  last_index bigint not null,
  primary key (log, hour, category, hop, place, assurance, outcome)
) without rowid;

-- step = KeyStep's code.
create table rollup_key (
  log int not null,
  hour int not null,
  key int not null,
  step int not null,
  events bigint not null,
  primary key (log, hour, key, step)
) without rowid;

-- The last that was said of each key, folded in log order. Times are unix nanoseconds, 0 for never; terms 0 for none.
create table key_state (
  log int not null,
  key int not null,
  custody int not null,
  provider int not null,
  place int not null,
  first_time bigint not null,
  last_time bigint not null,
  used_time bigint not null,
  refused_time bigint not null,
  rotated_time bigint not null,
  disabled_time bigint not null,
  primary key (log, key)
) without rowid;

-- Asked by `cadastre reindex` of whoever indexes: every number not yet done is one rebuild.
create table rebuild (
  id integer not null primary key,
  done int not null check (done in (0, 1))
);
