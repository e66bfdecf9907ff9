package dev.cadastre.portal.web.page;

/** How far lists lie behind the log, said when they do. */
public record Lag(long entries) {
  private static final long FAR = 10_000;

  public boolean behind() {
    return entries > 0;
  }

  /** Whether it is more than the moment that indexing always takes. */
  public boolean far() {
    return entries >= FAR;
  }

  public String text() {
    return "Lists and counts on this page are "
        + Words.count(entries, "entry", "entries")
        + " behind the log while the index catches up. The log itself, its proofs and packs are complete.";
  }
}
