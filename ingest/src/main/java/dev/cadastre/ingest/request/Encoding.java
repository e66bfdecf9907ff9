package dev.cadastre.ingest.request;

import java.util.Optional;

/** The two encodings of OTLP/HTTP. */
public enum Encoding {
  PROTOBUF("application/x-protobuf"),
  JSON("application/json");

  private final String contentType;

  Encoding(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }

  /** The encoding of a {@code Content-Type} header, whatever its parameters. */
  public static Optional<Encoding> of(String contentType) {
    int end = contentType.indexOf(';');
    String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
    for (Encoding encoding : values()) {
      if (encoding.contentType.equalsIgnoreCase(type)) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }
}
