package dev.cadastre.ledger.search.stored;

import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.proof.detect.KeyAct;

/**
 * What an event did with the key it names, as far as the key's trail tells it. The codes are
 * stored.
 */
public enum KeyStep {
  /** It names the key and does none of the following. */
  MENTION(0),
  /** The key was used. */
  USE(1),
  /** A use was refused. */
  REFUSAL(2),
  /** The key got a new version. */
  ROTATION(3),
  /** The key was disabled, or worse. */
  DISABLING(4),
  /** The key was enabled again. */
  ENABLING(5),
  /** Any other step in its life, and one that did not succeed. */
  OTHER(6);

  private static final KeyStep[] BY_CODE = values();

  private final int code;

  KeyStep(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static KeyStep of(RecordEvent event) {
    return KeyAct.of(event).map(KeyStep::of).orElse(MENTION);
  }

  private static KeyStep of(KeyAct act) {
    if (act.action() == KeyAct.Action.USE) {
      return act.succeeded() ? USE : REFUSAL;
    }
    return act.succeeded() ? lifecycle(act.action()) : OTHER;
  }

  private static KeyStep lifecycle(KeyAct.Action action) {
    return switch (action) {
      case ROTATE -> ROTATION;
      case DISABLE -> DISABLING;
      case ENABLE -> ENABLING;
      case USE, OTHER -> OTHER;
    };
  }

  /** The step that a row records. */
  public static KeyStep in(BlockRows block, int row) {
    return BY_CODE[(int) block.get(row, Column.KEY_STEP)];
  }
}
