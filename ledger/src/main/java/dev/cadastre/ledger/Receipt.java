package dev.cadastre.ledger;

import dev.cadastre.proof.Hash;
import java.util.Optional;

/**
 * What an appender gets once its entry is on disk; from it anyone gets a tlog-proof when a
 * checkpoint covers the entry.
 *
 * @param recordId the sender's id of the record, if it gave one
 * @param origin the log's origin
 * @param index the entry's place in the log, from 0
 * @param leafHash SHA-256(0x00 || entry bytes)
 * @param receivedNs unix nanoseconds, never less than the entry before
 */
public record Receipt(
    Optional<String> recordId, String origin, long index, Hash leafHash, long receivedNs) {}
