package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.KeyScope;
import dev.cadastre.formats.event.Kinds;
import dev.cadastre.formats.event.Operations;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a record says was done with a key.
 *
 * @param keyId the key
 * @param action what was done, or asked for
 * @param attempt what came of it
 * @param scopes what of the key it is about
 * @param revoked what it takes away
 * @param restored what it gives back
 */
public record KeyAct(
    String keyId,
    Action action,
    Attempt attempt,
    List<KeyScope> scopes,
    List<KeyScope> revoked,
    List<KeyScope> restored) {

  public enum Action {
    USE,
    ROTATE,
    DISABLE,
    ENABLE,
    /** Another act of a key's life, such as its creation. */
    OTHER
  }

  /** Attributes that say what was done. */
  private static final List<String> DONE =
      List.of(
          Names.AUDIT_ACTION, Names.DATA_OPERATION, Names.GEN_AI_OPERATION, Names.KEY_OPERATION);

  private static final Set<String> ROTATE = Set.of("rotate", "rewrap");
  private static final Set<String> DISABLE =
      Set.of("disable", "revoke", "schedule_deletion", "delete", "destroy", "shred");
  private static final Set<String> ENABLE = Set.of("enable", "cancel_deletion", "restore");

  /** The act of a key record; empty for other records and for one that names no key. */
  public static Optional<KeyAct> of(RecordEvent event) {
    Optional<String> key = event.attributes().string(Names.KEY_ID);
    return switch (event.kind()) {
      case KEY_USE -> key.map(id -> use(id, event));
      case KEY_LIFECYCLE -> key.map(id -> lifecycle(id, event));
      default -> Optional.empty();
    };
  }

  private static KeyAct use(String key, RecordEvent event) {
    return new KeyAct(
        key, Action.USE, Attempt.of(event), KeyScope.ofUse(event), List.of(), List.of());
  }

  /** One that says whose access it withdraws or grants is about that alone. */
  private static KeyAct lifecycle(String key, RecordEvent event) {
    Attempt attempt = Attempt.of(event);
    boolean done = attempt == Attempt.SUCCEEDED;
    List<KeyScope> withdrawn = identities(event, Names.KEY_WITHDRAWN_FROM);
    List<KeyScope> granted = identities(event, Names.KEY_GRANTED_TO);
    boolean ofIdentities = !withdrawn.isEmpty() || !granted.isEmpty();
    Action action = ofIdentities ? Action.OTHER : action(operation(event));
    List<KeyScope> whole =
        List.of(
            event
                .attributes()
                .string(Names.KEY_VERSION)
                .map(KeyScope::version)
                .orElse(KeyScope.KEY));
    return new KeyAct(
        key,
        action,
        attempt,
        KeyScope.ofAct(event),
        !done ? List.of() : action == Action.DISABLE ? whole : withdrawn,
        !done ? List.of() : action == Action.ENABLE ? whole : granted);
  }

  private static List<KeyScope> identities(RecordEvent event, String attribute) {
    return event.attributes().strings(attribute).stream()
        .distinct()
        .map(KeyScope::identity)
        .toList();
  }

  /**
   * Whether a record tells of a use of the key that it names, and does not only mention it: a key
   * use does; a data access or an inference does if its name says that it is one, or if it says
   * what was done.
   */
  static boolean isUse(RecordEvent event) {
    return switch (event.kind()) {
      case KEY_USE -> true;
      case DATA_ACCESS, INFERENCE ->
          Kinds.isNamed(event.name(), event.kind())
              || DONE.stream().anyMatch(name -> event.attributes().string(name).isPresent());
      default -> false;
    };
  }

  public boolean succeeded() {
    return attempt == Attempt.SUCCEEDED;
  }

  public boolean isUse() {
    return action == Action.USE;
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
}
