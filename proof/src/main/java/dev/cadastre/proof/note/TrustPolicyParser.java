package dev.cadastre.proof.note;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.proof.note.TrustPolicy.Group;
import dev.cadastre.proof.note.TrustPolicy.Log;
import dev.cadastre.proof.note.TrustPolicy.Witness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a policy file line by line; every name must be defined before it is used. */
final class TrustPolicyParser {
  private static final String NONE = "none";
  private static final int MAX_BYTES = 1_000_000;

  private final List<Log> logs = new ArrayList<>();
  private final Map<String, Witness> witnesses = new LinkedHashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Set<String> members = new HashSet<>();
  private Optional<String> quorum = Optional.empty();

  TrustPolicy parse(byte[] file) throws NoteRefused {
    if (file.length > MAX_BYTES) {
      throw new NoteRefused(
          "expected a policy of at most " + MAX_BYTES + " bytes, found " + file.length);
    }
    // One char an octet: names are opaque octet strings, compared as such.
    String text = new String(file, StandardCharsets.ISO_8859_1);
    requireCharacters(text);
    if (!text.endsWith("\n")) {
      throw new NoteRefused(
          "expected every line of the policy to end in a newline, found the last without");
    }
    int number = 0;
    for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
      number++;
      parseLine(number, line);
    }
    String name = quorum.orElseThrow(() -> new NoteRefused("expected a quorum line, found none"));
    return new TrustPolicy(logs, witnesses, groups, Optional.of(name).filter(n -> !n.equals(NONE)));
  }

  private static void requireCharacters(String text) throws NoteRefused {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 && c != '\t' && c != '\n' || c == 0x7F) {
        throw new NoteRefused(
            "expected no control characters but tab and newline, found code " + (int) c);
      }
    }
  }

  private void parseLine(int number, String line) throws NoteRefused {
    List<String> fields = fields(line);
    if (fields.isEmpty() || fields.get(0).startsWith("#")) {
      return;
    }
    try {
      switch (fields.get(0)) {
        case "log" -> log(fields);
        case "witness" -> witness(fields);
        case "group" -> group(fields);
        case "quorum" -> quorum(fields);
        default ->
            throw new NoteRefused(
                "expected log, witness, group or quorum, found " + Encodings.quote(fields.get(0)));
      }
    } catch (Refused e) {
      throw new NoteRefused("policy line " + number + ": " + e.getMessage(), e);
    }
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    for (String field : line.split("[ \t]+")) {
      if (!field.isEmpty()) {
        fields.add(field);
      }
    }
    return fields;
  }

  private void log(List<String> fields) throws Refused {
    requireCount(fields, 2, 3, "log <vkey> [<url>]");
    VerifierKey key = key(fields.get(1));
    if (logs.stream().anyMatch(log -> log.key().samePublicKey(key))) {
      throw new NoteRefused("expected each log's public key once, found " + key + " again");
    }
    logs.add(new Log(key, url(fields, 2)));
  }

  private void witness(List<String> fields) throws Refused {
    requireCount(fields, 3, 4, "witness <name> <vkey> [<url>]");
    String name = newName(fields.get(1));
    VerifierKey key = key(fields.get(2));
    if (!key.type().isCosignature()) {
      throw new NoteRefused(
          "expected a cosignature key (type 04 or 06) for a witness, found type 01");
    }
    if (witnesses.values().stream().anyMatch(witness -> witness.key().samePublicKey(key))) {
      throw new NoteRefused("expected each witness's public key once, found " + key + " again");
    }
    witnesses.put(name, new Witness(name, key, url(fields, 3)));
  }

  private void group(List<String> fields) throws Refused {
    requireCount(fields, 4, Integer.MAX_VALUE, "group <name> all|any|<k> <name>...");
    String name = newName(fields.get(1));
    List<String> names = fields.subList(3, fields.size());
    for (String member : names) {
      requireDefined(member);
      if (!members.add(member)) {
        throw new NoteRefused(
            "expected each name in one group once, found " + Encodings.quote(member) + " again");
      }
    }
    groups.put(name, new Group(name, threshold(fields.get(2), names.size()), names));
  }

  private static int threshold(String text, int members) throws Refused {
    if (text.equals("any")) {
      return 1;
    }
    if (text.equals("all")) {
      return members;
    }
    long k = Encodings.decimal(text);
    if (k < 1 || k > members) {
      throw new NoteRefused("expected a threshold of 1 to " + members + ", found " + k);
    }
    return (int) k;
  }

  private void quorum(List<String> fields) throws NoteRefused {
    requireCount(fields, 2, 2, "quorum <name>");
    if (quorum.isPresent()) {
      throw new NoteRefused("expected one quorum line, found another");
    }
    if (!fields.get(1).equals(NONE)) {
      requireDefined(fields.get(1));
    }
    quorum = Optional.of(fields.get(1));
  }

  private String newName(String name) throws NoteRefused {
    if (name.equals(NONE) || isDefined(name)) {
      throw new NoteRefused("expected a new name, found " + Encodings.quote(name));
    }
    return name;
  }

  private void requireDefined(String name) throws NoteRefused {
    if (!isDefined(name)) {
      throw new NoteRefused(
          "expected a name defined on a line before, found " + Encodings.quote(name));
    }
  }

  private boolean isDefined(String name) {
    return witnesses.containsKey(name) || groups.containsKey(name);
  }

  private static VerifierKey key(String octets) throws Refused {
    return VerifierKey.parse(Encodings.utf8(octets.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static Optional<String> url(List<String> fields, int at) {
    return fields.size() > at ? Optional.of(fields.get(at)) : Optional.empty();
  }

  private static void requireCount(List<String> fields, int min, int max, String form)
      throws NoteRefused {
    if (fields.size() < min || fields.size() > max) {
      throw new NoteRefused("expected \"" + form + "\", found " + fields.size() + " fields");
    }
  }
}
