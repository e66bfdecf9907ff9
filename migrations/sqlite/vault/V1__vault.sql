-- What may be destroyed: disclosures and the keys that wrap them, tokens, sessions. No proof depends on any of it.

-- wrapped = a log's AES-256 key under the cell's key; null once destroyed, which makes its disclosures unreadable for good.
create table disclosure_key (
  log text not null,
  version int not null check (version > 0),
  wrapped blob,
  primary key (log, version)
);

-- The disclosures of a run of entries, encrypted (AES-256-GCM, nonce in front, tag behind). A batch is written before the entries
-- it belongs to; one whose entries went elsewhere is an orphan and matches no digest.
create table disclosure (
  log text not null,
  first_index bigint not null check (first_index >= 0),
  batch blob not null check (length(batch) = 16),
  count int not null check (count > 0),
  key_version int not null,
  bytes blob not null,
  primary key (log, first_index, batch)
);

-- digest = 16 bytes that only who has the token's secret can name, and 16 over all that the row says for good (class SealedRows), both
-- under a key that is in no database: a row that SQL inserted or changed opens nothing. tenant null = all tenants. Times are unix nanoseconds.
create table token (
  id text not null primary key,
  digest blob not null unique check (length(digest) = 32),
  role text not null check (role in ('ingest', 'counterpart', 'viewer', 'auditor', 'operator')),
  tenant text,
  label text not null,
  created bigint not null,
  expires bigint,
  revoked bigint
);

-- digest: as a token's. used = last use, noted once a minute at most.
create table session (
  digest blob not null primary key check (length(digest) = 32),
  token_id text not null references token (id),
  created bigint not null,
  used bigint not null,
  expires bigint not null
);
