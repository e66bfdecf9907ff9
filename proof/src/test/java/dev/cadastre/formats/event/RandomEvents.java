package dev.cadastre.formats.event;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Scope;
import dev.cadastre.formats.value.Severity;
import dev.cadastre.formats.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Records of every shape, the same for the same seed. */
public final class RandomEvents {
  private static final long[] INTEGERS = {
    0, 1, -1, (1L << 53) - 1, 1L << 53, -(1L << 53) + 1, -(1L << 53), Long.MAX_VALUE, Long.MIN_VALUE
  };
  private static final double[] NUMBERS = {
    0.0,
    -0.0,
    1,
    -1.5,
    0.1,
    1e21,
    1e-7,
    5e-324,
    Double.MAX_VALUE,
    Double.MIN_NORMAL,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private static final String[] PIECES = {
    "a",
    "Z",
    "é",
    "日本",
    "\uD83D\uDD11",
    "\"",
    "\\",
    "\n",
    "\u0000",
    "\u001F",
    "\u007F",
    "\u2028",
    "\uFFFD",
    "\uFFFF",
    "/",
    " ",
    "_sd",
    "..."
  };

  private final Random random;

  public RandomEvents(Random random) {
    this.random = random;
  }

  public RecordEvent record() {
    Kind kind = pick(Kind.values());
    boolean judged = kind.judged() && sometimes();
    RecordEvent.Builder builder =
        RecordEvent.builder(kind, pick("cli", "portal", "token/1a2b3c4d"))
            .attributes(attributes(0))
            .locations(locations(judged))
            .dropped(sometimes() ? random.nextInt() & 0xFFFF_FFFFL : 0)
            .flags(random.nextInt(2))
            .id(sometimes() ? text() : "")
            .name(sometimes() ? text() : "")
            .observed(sometimes() ? random.nextLong() : 0)
            .time(sometimes() ? random.nextLong() : 0)
            .problem(sometimes() ? text() : "")
            .severity(new Severity(random.nextInt(25), sometimes() ? text() : ""))
            .span(sometimes() ? "00f067aa0ba902b7" : "")
            .trace(sometimes() ? "4bf92f3577b34da6a3ce929d0e0e4736" : "");
    if (sometimes()) {
      builder.body(value(0));
    }
    if (sometimes()) {
      builder.integrity(
          sometimes()
              ? Integrity.verified("HMAC-SHA256", covers(builder.build()), "hmac:x" + text())
              : Integrity.failed(Integrity.Status.UNTRUSTED, text(), "", "x" + text()));
    }
    if (sometimes()) {
      builder.resource(new Resource(attributes(0), sometimes() ? text() : "", random.nextInt(3)));
    }
    if (sometimes()) {
      builder.scope(new Scope(attributes(0), text(), text(), text(), random.nextInt(3)));
    }
    if (judged) {
      builder.verdict(verdict());
    }
    return builder.build();
  }

  private static List<String> covers(RecordEvent event) {
    List<String> covers = new ArrayList<>(List.of("attributes"));
    if (event.body().isPresent()) {
      covers.add("body");
    }
    if (event.time() != 0) {
      covers.add("time");
    }
    return covers;
  }

  public Value value(int depth) {
    return switch (random.nextInt(depth < 6 ? 9 : 7)) {
      case 0 -> Value.of(text());
      case 1 -> Value.of(random.nextBoolean());
      case 2 -> Value.UNSET;
      case 3 ->
          Value.of(sometimes() ? INTEGERS[random.nextInt(INTEGERS.length)] : random.nextLong());
      case 4 -> Value.of(number());
      case 5 -> Value.of(bytes());
      case 6 -> Value.hashed(bytes());
      case 7 -> Value.of(items(depth + 1));
      default -> Value.of(attributes(depth + 1));
    };
  }

  private double number() {
    return sometimes()
        ? NUMBERS[random.nextInt(NUMBERS.length)]
        : Double.longBitsToDouble(random.nextLong());
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    return bytes;
  }

  private List<Value> items(int depth) {
    List<Value> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(value(depth));
    }
    return items;
  }

  private Attributes attributes(int depth) {
    Map<String, Value> members = new TreeMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      members.put("x" + text(), value(depth));
      members.put(pick("A", "_", "_sc", "_se", "~", "zz", "", "\uD83D\uDD11"), value(depth));
    }
    Attributes.Builder builder = Attributes.builder();
    members.forEach(builder::put);
    for (int i = random.nextInt(3); i > 0; i--) {
      builder.sd(
          Disclosure.of(
                  Hash.sha256(bytes()).hex().substring(0, 16).getBytes(StandardCharsets.US_ASCII),
                  text(),
                  value(5))
              .digest());
    }
    try {
      return builder.build();
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  private Map<Hop, Location> locations(boolean judged) {
    Map<Hop, Location> locations = new EnumMap<>(Hop.class);
    for (Hop hop : Hop.values()) {
      if (sometimes()) {
        String place = pick("DE", "EU", "aws:eu-central-1", "onprem:x", "nowhere", "");
        Assurance assurance = pick(Assurance.values());
        if (assurance == Assurance.DECLARED && !judged) {
          assurance = Assurance.CLAIMED;
        }
        Optional<LocationEvidence> evidence =
            assurance == Assurance.PROVEN || assurance == Assurance.CONTRADICTED && sometimes()
                ? Optional.of(
                    new LocationEvidence(
                        random.nextLong() >>> 1, Hash.ZERO, Hash.ZERO, "x" + text(), "aws-iid"))
                : Optional.empty();
        locations.put(hop, new Location(place, assurance, evidence));
      }
    }
    return locations;
  }

  private Verdict verdict() {
    List<Finding> findings = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      findings.add(new Finding(pick(Hop.values()), pick(Outcome.values()), text()));
    }
    return Verdict.of(findings, random.nextInt(1000));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(pick(PIECES));
    }
    return text.toString();
  }

  private boolean sometimes() {
    return random.nextInt(3) == 0;
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
