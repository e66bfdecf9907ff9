package dev.cadastre.portal.cli;

import dev.cadastre.proof.json.Json;
import java.nio.charset.StandardCharsets;

/** JSON for standard output: one line. */
final class JsonText {
  private JsonText() {}

  static String of(Json json) {
    return new String(json.jcs(), StandardCharsets.UTF_8);
  }
}
