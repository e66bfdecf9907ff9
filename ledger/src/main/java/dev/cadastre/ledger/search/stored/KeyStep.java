package dev.cadastre.ledger.search.stored;

import dev.cadastre.formats.event.KeyScope;
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
  /** The key was disabled, or worse; not one version of it, or for one identity. */
  DISABLING(4),
  /** The key was enabled again. */
  ENABLING(5),
  /** Any other step in its life, and one that did not succeed. */
  OTHER(6),
  /** A use failed, and nothing tells that it was refused. */
  INCONCLUSIVE(7);

  private static final KeyStep[] BY_CODE = values();

  private final int code;

  KeyStep(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static KeyStep of(KeyAct act) {
    if (act.isUse()) {
      return switch (act.attempt()) {
        case SUCCEEDED -> USE;
        case REFUSED -> REFUSAL;
        case INCONCLUSIVE -> INCONCLUSIVE;
      };
    }
    if (act.revoked().contains(KeyScope.KEY)) {
      return DISABLING;
    }
    if (act.restored().contains(KeyScope.KEY)) {
      return ENABLING;
    }
    return act.succeeded() && act.action() == KeyAct.Action.ROTATE ? ROTATION : OTHER;
  }

  /** The step that a row records. */
  public static KeyStep in(BlockRows block, int row) {
    return BY_CODE[(int) block.get(row, Column.KEY_STEP)];
  }
}
