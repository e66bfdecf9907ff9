package dev.cadastre.ledger;

import java.util.Optional;

/**
 * Whether the ledger takes appends.
 *
 * @param accepting false after a failed write or sync, until the process is restarted, and while
 *     the disk is full
 * @param reason why not, if not
 * @param queuedBytes bytes of events that wait for the sequencer
 * @param queueBytes how many may wait
 */
public record Health(
    boolean accepting, Optional<String> reason, long queuedBytes, long queueBytes) {}
