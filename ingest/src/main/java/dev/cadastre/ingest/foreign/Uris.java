package dev.cadastre.ingest.foreign;

/** Addresses in records. */
final class Uris {
  private Uris() {}

  static String withoutQuery(String uri) {
    int end = uri.indexOf('?');
    return end < 0 ? uri : uri.substring(0, end);
  }
}
