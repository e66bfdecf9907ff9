package dev.cadastre.ingest.record;

import dev.cadastre.formats.json.JcsWriter;
import dev.cadastre.formats.value.Value;

/** Values as an entry writes them. */
final class Sizes {
  private Sizes() {}

  static byte[] canonical(Value value) {
    JcsWriter writer = new JcsWriter();
    value.writeTo(writer);
    return writer.toBytes();
  }

  /** Bytes the value takes in an entry. */
  static int of(Value value) {
    JcsWriter writer = new JcsWriter();
    value.writeTo(writer);
    return writer.size();
  }
}
