package dev.cadastre.ledger.signed;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.nio.charset.StandardCharsets;

/**
 * A head as a line: origin, size, root in hexadecimal digits and floor, then the first 16 digits of
 * the SHA-256 of all that, with a blank between each; without the line's end.
 */
record HeadLine(String origin, SignedHead head) {
  private static final int CHECK_DIGITS = 16;

  String format() {
    String said = origin + " " + head.size() + " " + head.root().hex() + " " + head.floor();
    return said + " " + check(said);
  }

  static HeadLine parse(String line) throws Refused {
    int end = line.lastIndexOf(' ');
    if (end < 0 || !check(line.substring(0, end)).equals(line.substring(end + 1))) {
      throw new Refused("expected a head with its checksum, found " + Encodings.quote(line));
    }
    String[] parts = line.substring(0, end).split(" ", -1);
    if (parts.length != 4) {
      throw new Refused("expected origin, size, root and floor, found " + Encodings.quote(line));
    }
    long size = Encodings.decimal(parts[1]);
    long floor = Encodings.decimal(parts[3]);
    if (size == 0 && floor == 0) {
      throw new Refused("expected a size, found " + Encodings.quote(line));
    }
    return new HeadLine(parts[0], new SignedHead(size, Hash.ofHex(parts[2]), floor));
  }

  private static String check(String said) {
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    return Hash.sha256(bytes).hex().substring(0, CHECK_DIGITS);
  }
}
