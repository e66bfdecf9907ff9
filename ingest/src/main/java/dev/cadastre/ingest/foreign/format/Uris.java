package dev.cadastre.ingest.foreign.format;

/** Addresses in records. */
public final class Uris {
  private Uris() {}

  public static String withoutQuery(String uri) {
    int end = uri.indexOf('?');
    return end < 0 ? uri : uri.substring(0, end);
  }
}
