package dev.cadastre.ledger.fsck;

import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Names;
import java.util.Map;
import java.util.TreeMap;

/** What the cell's own log says of tokens that were revoked and of keys that were destroyed. */
final class TokenActs {
  private static final String TARGET = "token/";

  private final TreeMap<String, Long> revoked = new TreeMap<>();
  private final TreeMap<String, Long> persons = new TreeMap<>();

  /** Takes an entry of the cell's log. */
  void add(long index, Event event) {
    if (event instanceof RecordEvent act && act.kind() == Kind.OPERATOR_ACT) {
      String action = act.attributes().string(Names.AUDIT_ACTION).orElse("");
      String target = act.attributes().string(Names.AUDIT_TARGET_ID).orElse("");
      if (action.equals("token.revoke") && target.startsWith(TARGET)) {
        revoked.put(target.substring(TARGET.length()), index);
      } else if (action.equals("persons.destroy")) {
        act.attributes()
            .string("ledger.operator.persons")
            .ifPresent(key -> persons.put(target + "/" + key, index));
      }
    }
  }

  /**
   * The entries that destroyed keys of pseudonyms, by {@code bank/2026-03.2}: the second key of
   * that month and all before it.
   */
  Map<String, Long> persons() {
    return persons;
  }

  /** The entries that revoked tokens, by the tokens' ids. */
  Map<String, Long> revoked() {
    return revoked;
  }
}
