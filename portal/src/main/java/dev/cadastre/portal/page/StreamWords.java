package dev.cadastre.portal.page;

import dev.cadastre.portal.text.Foreign;
import dev.cadastre.proof.detect.Streams;
import java.util.stream.Collectors;

/** Streams of records, by whom they come from. */
public final class StreamWords {
  private StreamWords() {}

  /** Sender, service, instance and stream, each isolated, with a dot between. */
  public static String of(String stream) {
    return Streams.shown(stream).stream()
        .map(part -> part.label() + Foreign.of(part.text()))
        .collect(Collectors.joining(Streams.BETWEEN));
  }
}
