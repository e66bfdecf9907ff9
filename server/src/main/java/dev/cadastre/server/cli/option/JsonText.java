package dev.cadastre.server.cli.option;

import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;

/** JSON for standard output: one line. */
public final class JsonText {
  private JsonText() {}

  public static String of(Json json) {
    return new String(json.jcs(), StandardCharsets.UTF_8);
  }
}
