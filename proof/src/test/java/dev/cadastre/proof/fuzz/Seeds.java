package dev.cadastre.proof.fuzz;

import dev.cadastre.formats.Vectors;
import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;

/** Inputs to begin with, from the top-level {@code vectors} folder. */
final class Seeds {
  /** More would make starting slow and say little that is new. */
  private static final int MAX = 150;

  private Seeds() {}

  @FunctionalInterface
  interface Reading {
    byte[] read(String text);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  /** One member of every vector of a file. */
  static Callable<List<byte[]>> vectors(String file, String member, Reading reading) {
    return () -> {
      List<byte[]> seeds = new ArrayList<>();
      for (Json.Obj vector : Vectors.all(file)) {
        if (seeds.size() < MAX && vector.has(member)) {
          seeds.add(reading.read(vector.str(member)));
        }
      }
      return seeds;
    };
  }
}
