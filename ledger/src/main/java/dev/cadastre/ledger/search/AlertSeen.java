package dev.cadastre.ledger.search;

import dev.cadastre.proof.detect.Alert;
import java.util.List;

/**
 * How often detectors noticed one thing in a time.
 *
 * @param events entries that gave alerts of this kind; one that gave them about several subjects
 *     counts for each
 * @param about the subjects it was newest of, newest first; not all if there are many
 */
public record AlertSeen(Alert.Kind kind, long events, List<About> about) {
  public AlertSeen {
    about = List.copyOf(about);
  }

  /**
   * What it was about.
   *
   * @param subject the key, stream, edge or host
   * @param detail the particulars of the newest
   * @param lastIndex the newest entry that gave it
   */
  public record About(String subject, long events, String detail, long lastIndex) {}
}
