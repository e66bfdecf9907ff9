package dev.cadastre.formats.value;

/**
 * The OTLP Resource a record came with: the sender's description of itself.
 *
 * @param schema schema URL, empty when not given
 * @param dropped attributes the sender dropped
 */
public record Resource(Attributes attributes, String schema, long dropped) {
  public Resource(Attributes attributes) {
    this(attributes, "", 0);
  }
}
