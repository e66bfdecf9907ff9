package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Operations;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Names;
import java.util.Optional;
import java.util.Set;

/**
 * What a record says was done with a key.
 *
 * @param keyId the key
 * @param action what was done, or asked for
 * @param succeeded whether it was done; a record that names no outcome says it was
 */
public record KeyAct(String keyId, Action action, boolean succeeded) {

  public enum Action {
    USE,
    ROTATE,
    DISABLE,
    ENABLE,
    /** Another act of a key's life, such as its creation. */
    OTHER
  }

  private static final Set<String> FAILED =
      Set.of(
          "failure",
          "failed",
          "fail",
          "denied",
          "deny",
          "refused",
          "error",
          "rejected",
          "blocked",
          "unsuccessful");
  private static final Set<String> ROTATE = Set.of("rotate", "rewrap");
  private static final Set<String> DISABLE =
      Set.of("disable", "revoke", "schedule_deletion", "delete", "destroy", "shred");
  private static final Set<String> ENABLE = Set.of("enable", "cancel_deletion", "restore");

  /** The act of a key record; empty for other records and for one that names no key. */
  public static Optional<KeyAct> of(RecordEvent event) {
    boolean use = event.kind() == Kind.KEY_USE;
    if (!use && event.kind() != Kind.KEY_LIFECYCLE) {
      return Optional.empty();
    }
    boolean succeeded = succeeded(event);
    return event
        .attributes()
        .string(Names.KEY_ID)
        .map(id -> new KeyAct(id, use ? Action.USE : action(operation(event)), succeeded));
  }

  /** Whether the record's outcome is not one of failure or denial. */
  public static boolean succeeded(RecordEvent event) {
    return event
        .attributes()
        .string(Names.AUDIT_OUTCOME)
        .filter(o -> FAILED.contains(word(o)))
        .isEmpty();
  }

  /** The record's operation as {@link Operations} spells it. */
  static String operation(RecordEvent event) {
    return Operations.word(event.attributes().string(Names.KEY_OPERATION).orElse(event.name()));
  }

  private static Action action(String operation) {
    if (ROTATE.contains(operation)) {
      return Action.ROTATE;
    }
    if (DISABLE.contains(operation)) {
      return Action.DISABLE;
    }
    return ENABLE.contains(operation) ? Action.ENABLE : Action.OTHER;
  }

  private static String word(String text) {
    return FixedUnicode.lowerCase(FixedUnicode.strip(text)).replace('-', '_').replace(' ', '_');
  }
}
