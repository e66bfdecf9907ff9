package dev.cadastre.formats.policy;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * To what an exception is held beside its category, hop and place. What it does not say, it does
 * not ask for.
 *
 * @param allowed by what is asked of an event, the words of which each that the event says must be
 *     one
 */
public record ExemptionScope(Map<Asked, List<String>> allowed) {
  public static final ExemptionScope ANY = new ExemptionScope(Map.of());

  /** What of an event. In the order of their wire names. */
  public enum Asked {
    ACTOR,
    APPROVAL,
    CLASSIFICATION,
    OPERATION,
    PURPOSE,
    SERVICE,
    SUBJECT;

    public String wire() {
      return FixedUnicode.lowerCase(name());
    }
  }

  public ExemptionScope {
    allowed = allowed.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(allowed));
  }
}
