package dev.cadastre.ingest.mend;

import java.util.LinkedHashSet;
import java.util.Set;

/** What is wrong with one message, said once each and bounded whatever is wrong. */
public final class Notes {
  private static final int SHOWN_MAX = 5;
  private static final int CHARS_MAX = 160;

  private final Set<String> shown = new LinkedHashSet<>();
  private boolean more;

  public void add(String note) {
    String cut = note.length() <= CHARS_MAX ? note : note.substring(0, CHARS_MAX) + "…";
    if (shown.size() < SHOWN_MAX) {
      shown.add(cut);
    } else {
      more |= !shown.contains(cut);
    }
  }

  @Override
  public String toString() {
    return String.join("; ", shown) + (more ? "; and more" : "");
  }
}
