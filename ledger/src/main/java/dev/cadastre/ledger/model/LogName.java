package dev.cadastre.ledger.model;

import dev.cadastre.formats.Refused;
import java.util.regex.Pattern;

/**
 * The name of a log within its cell: a tenant's id, or one of the reserved {@link #ANCHORS} and
 * {@link #CELL}.
 *
 * <p>Lower-case letters, digits and hyphens, 1 to 63 characters, not starting with a hyphen.
 */
public record LogName(String value) implements Comparable<LogName> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** The cell's public log of anchors. */
  public static final LogName ANCHORS = new LogName("anchors");

  /** The log of the cell's own affairs. */
  public static final LogName CELL = new LogName("cell");

  /**
   * For names known to be well-formed.
   *
   * @throws IllegalArgumentException if it is not; names from outside go through {@link #parse}
   */
  public LogName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(complaint(value));
    }
  }

  /** Parses a name that arrives from outside. */
  public static LogName parse(String value) throws Refused {
    if (!FORM.matcher(value).matches()) {
      throw new Refused(complaint(value));
    }
    return new LogName(value);
  }

  /** Whether the name belongs to the cell and can be no tenant's. */
  public boolean reserved() {
    return equals(ANCHORS) || equals(CELL);
  }

  @Override
  public int compareTo(LogName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static String complaint(String value) {
    return "a log's name is 1 to 63 lower-case letters, digits and hyphens, not a hyphen first; found '"
        + value
        + "'";
  }
}
