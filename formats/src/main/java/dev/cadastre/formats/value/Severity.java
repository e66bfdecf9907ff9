package dev.cadastre.formats.value;

/**
 * OTLP severity.
 *
 * @param number as sent, 0 when not given
 * @param text as sent, empty when not given
 */
public record Severity(int number, String text) {
  public static final Severity NONE = new Severity(0, "");
}
