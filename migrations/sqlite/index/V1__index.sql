-- Derived from the log alone, dropped and rebuilt at will. Proofs never read it; fsck rebuilds it beside and compares.
-- Entries are indexed in blocks of 4,096 consecutive ones. A term is a string of one log, stored once; its number is the order in
-- which the log first used it, so the same log always gives the same index.

-- Entries [0, position) of the log are in every table below; a batch moves it in the transaction that writes them. last_leaf = the leaf
-- hash of entry position - 1, which commits to every entry before it, so that an index of another log, or of one that was longer, is
-- told apart; null at position 0.
create table indexed_log (
  id integer not null primary key,
  name text not null unique,
  position bigint not null check (position >= 0),
  last_leaf blob check (last_leaf is null or length(last_leaf) = 32)
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

-- What a list shows of each entry of a block, 256 entries a part: columns of term numbers and times (class BlockRows), zstd. A page of
-- entries that lie far apart unpacks a part for each, not a block.
create table block_rows (
  log int not null,
  block int not null,
  part int not null,
  bytes blob not null,
  primary key (log, block, part)
);

-- The postings of one block (class Postings), as long as its stretch of 16 blocks is not full.
create table block_posting (
  log int not null,
  block int not null,
  bytes blob not null,
  primary key (log, block)
);

-- Which entries of a full stretch use a term: for each block that does, its postings' bytes (class Postings).
create table posting (
  log int not null,
  stretch int not null,
  term int not null,
  bytes blob not null,
  primary key (log, stretch, term)
) without rowid;

-- Record ids, by the first 8 bytes of their SHA-256, in sorted runs (class RecordRuns). A run of tier 0 covers a block, of tier 1
-- a stretch, of tier 2 sixteen stretches; a full run of one tier takes the place of those of the tier below. part = the
-- hash's first bits: none, 8, 12.
create table record_run (
  log int not null,
  tier int not null check (tier between 0 and 2),
  run int not null,
  part int not null,
  bytes blob not null,
  primary key (log, tier, run, part)
);

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

-- Entries per hour of their own time of which a finding is a violation. breach = a term (class Breach). Like every count, without
-- records sent again.
create table rollup_breach (
  log int not null,
  hour int not null,
  breach int not null,
  events bigint not null,
  first_time bigint not null,
  first_index bigint not null,
  last_time bigint not null,
  last_index bigint not null,
  primary key (log, hour, breach)
) without rowid;

-- Judged entries per hour that name a key. outcome = a term.
create table rollup_key_outcome (
  log int not null,
  hour int not null,
  key int not null,
  outcome int not null,
  events bigint not null,
  primary key (log, hour, key, outcome)
) without rowid;

-- The last that was said of each key, folded in log order. Times are unix nanoseconds, 0 for never; terms 0 for none. A key that no
-- event disabled or enabled is neither.
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
  enabled_time bigint not null,
  primary key (log, key)
) without rowid;

-- What each act of a key's life took away or gave back (proof's class KeyScope). scope = its sort, name = of the version or identity.
create table key_revocation (
  log int not null,
  key int not null,
  entry_index bigint not null,
  revoked int not null check (revoked in (0, 1)),
  scope int not null,
  name text not null,
  primary key (log, key, entry_index, revoked, scope, name)
) without rowid;

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

-- Asked by `cadastre reindex` of whoever indexes: every number not yet done is one rebuild.
create table rebuild (
  id integer not null primary key,
  done int not null check (done in (0, 1))
);
