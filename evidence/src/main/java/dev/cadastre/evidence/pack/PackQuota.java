package dev.cadastre.evidence.pack;

import java.time.Duration;

/**
 * What packs may take of a cell.
 *
 * @param kept how long a finished pack is kept
 * @param unfinished of one log, packs that are being built or wait for it
 * @param finished of one log, packs that are kept; the oldest makes room for the next
 * @param bytesOfLog of one log's packs together, and so of any one
 * @param bytesOfCell of all packs together
 * @param builds packs that auditors and operators of one log begin in an hour; another request for
 *     a pack that is there is none
 * @param viewersBuilds packs that viewers begin, who read the portal and rarely need more than one
 */
public record PackQuota(
    Duration kept,
    int unfinished,
    int finished,
    long bytesOfLog,
    long bytesOfCell,
    int builds,
    int viewersBuilds) {
  public static final PackQuota DEFAULT =
      new PackQuota(Duration.ofHours(1), 5, 10, 32L << 30, 128L << 30, 60, 12);
}
