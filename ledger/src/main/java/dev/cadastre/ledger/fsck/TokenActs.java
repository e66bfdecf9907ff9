package dev.cadastre.ledger.fsck;

import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Names;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the cell's own log says of tokens that were revoked. */
final class TokenActs {
  private static final String TARGET = "token/";

  private final TreeMap<String, Long> revoked = new TreeMap<>();

  /** Takes an entry of the cell's log. */
  void add(long index, Event event) {
    if (event instanceof RecordEvent act
        && act.kind() == Kind.OPERATOR_ACT
        && act.attributes().string(Names.AUDIT_ACTION).equals(Optional.of("token.revoke"))) {
      String target = act.attributes().string(Names.AUDIT_TARGET_ID).orElse("");
      if (target.startsWith(TARGET)) {
        revoked.put(target.substring(TARGET.length()), index);
      }
    }
  }

  /** The entries that revoked tokens, by the tokens' ids. */
  Map<String, Long> revoked() {
    return revoked;
  }
}
