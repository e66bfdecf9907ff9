package dev.cadastre.portal.page.events;

import java.util.List;

/**
 * A proof as steps that were computed for this very view.
 *
 * @param holds whether every step that could be taken held
 */
public record ProofView(boolean holds, List<Step> steps) {
  /**
   * One step.
   *
   * @param state {@code ok}, {@code failed} or {@code waiting}
   * @param meaning what the step shows, for people
   * @param facts what was computed and compared
   * @param path each hash of a Merkle path, from the leaf up
   */
  public record Step(
      String state, String title, String meaning, List<Fact> facts, List<Climb> path) {
    /** The state in a word. */
    public String word() {
      return switch (state) {
        case "ok" -> "holds";
        case "failed" -> "does not hold";
        default -> "not yet";
      };
    }
  }

  /** A named value, usually a hash. */
  public record Fact(String name, String value) {}

  /** One node of a path: the running hash joined with its sibling, which is on that side. */
  public record Climb(String level, String side, String sibling, String hash) {}
}
