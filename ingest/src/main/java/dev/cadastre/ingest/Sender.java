package dev.cadastre.ingest;

import dev.cadastre.ledger.LogName;
import java.util.Optional;

/**
 * Who sends, as its credential tells.
 *
 * @param id what entries say of the credential, such as {@code token/1a2b3c4d}; never the
 *     credential
 * @param tenant the one tenant it may write to; empty for one that may write to any
 * @param mayIngest whether its role allows sending at all
 */
public record Sender(String id, Optional<LogName> tenant, boolean mayIngest) {}
