package dev.cadastre.ingest.record;

import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Severity;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.persons.Persons;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ingest.wire.Mark;
import dev.cadastre.ingest.wire.Name;
import dev.cadastre.ingest.wire.Pair;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.vault.RecordSalts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps persons out of whatever an event says, by the patterns that {@link Persons} knows. An
 * attribute with a person in it, be it in its name or in a map of it, becomes a digest as private
 * ones are. What others find an event by (names, ids, what the vocabulary gives a meaning) keeps
 * its place: each person in it is replaced by a pseudonym that is the same all over the log, and
 * the original becomes a digest beside it.
 */
final class PrivatePersons {
  static final PrivatePersons ANY = new PrivatePersons(Set.of());

  /** The original of what holds a pseudonym stands in the vault under its name behind this. */
  private static final String ORIGINAL = "ledger.original.";

  /** In the place of what is judged and tells of a person. */
  private static final Value HIDDEN = Value.of("(hidden)");

  /** What stands before a host, behind the scheme; a backslash leaves open what the host is. */
  private static final Pattern USER =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)?[^/?#\\\\]*(?:@|%40)(?=[^/?#\\\\@]+)");

  private final Set<String> safe;
  private final Persons persons;

  /**
   * @param safe names of attributes whose values are nobody's, and texts that are nobody
   */
  PrivatePersons(Set<String> safe) {
    this.safe = safe;
    this.persons = Persons.but(safe);
  }

  /** As a policy wants it. */
  static PrivatePersons of(Optional<AdoptedPolicy> policy) {
    List<String> safe = policy.map(one -> one.policy().spared()).orElse(List.of());
    return safe.isEmpty() ? ANY : new PrivatePersons(Set.copyOf(safe));
  }

  boolean in(String text) {
    return persons.in(text);
  }

  /** A text as the log has it: with pseudonyms for persons. */
  String masked(String text, Supplier<RecordSalts> salts) {
    return persons.replaced(text, found -> salts.get().pseudonym(found));
  }

  /** The attributes without those that tell of a person. */
  Attributes hidden(Attributes attributes, Disclosures disclosures) {
    if (!in(attributes)) {
      return attributes;
    }
    Attributes.Builder open = Attributes.builder();
    attributes.sd().forEach(open::sd);
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.name(i);
      Value value = attributes.value(i);
      if (in(name, value)) {
        Optional<Value> rest = rest(name, value);
        rest.ifPresent(left -> open.put(name, left));
        String original = rest.isPresent() ? ORIGINAL + name : name;
        open.sd(disclosures.take(original, original, AttributeMapper.fitting(value)));
      } else {
        open.put(name, value);
      }
    }
    return AttributeMapper.sound(open);
  }

  /**
   * What stays of an attribute that leaves the entry: what it says of a place is not known then,
   * which is not the same as that it says nothing.
   */
  private Optional<Value> rest(String name, Value value) {
    if (!Judge.READS.contains(name)) {
      return Optional.empty();
    }
    Value host = name.equals(Names.SERVER_ADDRESS) ? hosts(value) : value;
    return Optional.of(in(host) ? HIDDEN : host);
  }

  /**
   * The event without persons; the same object if there are none.
   *
   * @param record that the event says, attribute by attribute; empty if it says something else
   */
  RecordEvent without(
      RecordEvent event,
      Optional<Log> record,
      Disclosures disclosures,
      Supplier<RecordSalts> salts) {
    boolean clean =
        !in(event.name())
            && !in(event.severity().text())
            && !in(event.problem())
            && event.body().filter(this::in).isEmpty()
            && (record.filter(PrivatePersons::isNobodys).isPresent()
                // An id of its own is in its attributes.
                || !in(event.attributes()) && !in(event.id()));
    return clean ? event : new Masking(disclosures, salts).of(event);
  }

  /** Whether attributes that records share, and were looked at before, tell of nobody. */
  private static boolean isNobodys(Log record) {
    for (Pair pair : record.pairs()) {
      Name name = pair.name();
      if (!name.has(Mark.PRIVATE) && !name.has(Mark.CONTENT) && !pair.isNobodys()) {
        return false;
      }
    }
    return true;
  }

  private boolean in(Attributes attributes) {
    for (int i = 0; i < attributes.size(); i++) {
      if (in(attributes.name(i), attributes.value(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean in(String name, Value value) {
    return !safe.contains(name) && (in(value) || persons.in(name));
  }

  private boolean in(Value value) {
    if (value instanceof Value.Text text) {
      return persons.in(text.text());
    }
    if (value instanceof Value.Items list) {
      return list.items().stream().anyMatch(this::in);
    }
    if (value instanceof Value.Members map) {
      return in(map.members());
    }
    if (value instanceof Value.Int number) {
      return number.integer() >= Persons.NUMBER_MIN && persons.in(Long.toString(number.integer()));
    }
    return value instanceof Value.Bytes bytes
        && persons.in(new String(bytes.bytes(), StandardCharsets.ISO_8859_1));
  }

  /** Names that the vocabulary gives a meaning: by their values events are found and judged. */
  private static boolean isOurs(String name) {
    return name.startsWith("ledger.")
        || name.startsWith("audit.")
        || name.startsWith("cloud.")
        || name.equals("server.address")
        || name.equals("event.name")
        || name.equals("log.record.uid")
        || name.equals("cloudevents.event_id");
  }

  /** One event's. */
  private final class Masking {
    private final Disclosures disclosures;
    private final Supplier<RecordSalts> salts;
    private final Attributes.Builder open = Attributes.builder();

    Masking(Disclosures disclosures, Supplier<RecordSalts> salts) {
      this.disclosures = disclosures;
      this.salts = salts;
    }

    RecordEvent of(RecordEvent event) {
      event.attributes().sd().forEach(open::sd);
      for (int i = 0; i < event.attributes().size(); i++) {
        attribute(event.attributes().name(i), event.attributes().value(i));
      }
      RecordEvent.Builder masked =
          event.toBuilder()
              .id(masked(event.id()))
              .name(original("event.name", event.name(), event.attributes()))
              .problem(masked(event.problem()))
              .severity(new Severity(event.severity().number(), masked(event.severity().text())));
      if (event.body().isPresent() && in(event.body().get())) {
        body(event.body().get(), masked);
      }
      return masked.attributes(AttributeMapper.sound(open)).build();
    }

    private void attribute(String name, Value value) {
      if (!in(name, value)) {
        open.put(name, value);
      } else if (isOurs(name) && !persons.in(name) && isTexts(value)) {
        open.put(name, name.equals(Names.SERVER_ADDRESS) ? host(hosts(value)) : masked(value));
        hide(ORIGINAL + name, value);
      } else {
        Optional<Value> rest = rest(name, value);
        rest.ifPresent(left -> open.put(name, left));
        hide(rest.isPresent() ? ORIGINAL + name : name, value);
      }
    }

    /** The event's name stands in no attribute, most often. */
    private String original(String attribute, String text, Attributes all) {
      if (!in(text)) {
        return text;
      }
      if (!all.has(attribute)) {
        hide(ORIGINAL + attribute, Value.of(text));
      }
      return masked(text);
    }

    /** A map keeps those of its members that tell of nobody. */
    private void body(Value body, RecordEvent.Builder masked) {
      if (body instanceof Value.Members map) {
        masked.body(Value.of(hidden(map.members(), disclosures)));
      } else {
        masked.noBody();
        hide(Names.SOURCE_BODY, body);
      }
    }

    private void hide(String name, Value value) {
      open.sd(disclosures.take(name, name, AttributeMapper.fitting(value)));
    }

    private String masked(String text) {
      return PrivatePersons.this.masked(text, salts);
    }

    private Value masked(Value value) {
      return each(value, text -> Value.of(masked(text)));
    }

    /** A pseudonym alone would be the name of a machine nearby. */
    private Value host(Value value) {
      return each(
          value,
          text ->
              PrivatePersons.this.in(text) && text.indexOf('.') < 0
                  ? HIDDEN
                  : Value.of(masked(text)));
    }
  }

  /** Addresses without the users before their hosts, so that the hosts can be judged. */
  private static Value hosts(Value value) {
    return each(value, text -> Value.of(USER.matcher(text).replaceFirst("$1")));
  }

  /** The value with each of its texts made another; of other values the same. */
  private static Value each(Value value, Function<String, Value> made) {
    if (value instanceof Value.Items list) {
      return Value.of(
          list.items().stream().map(item -> each(item, made)).collect(Collectors.toList()));
    }
    return value instanceof Value.Text text ? made.apply(text.text()) : value;
  }

  private static boolean isTexts(Value value) {
    return value instanceof Value.Text
        || value instanceof Value.Items list
            && list.items().stream().allMatch(Value.Text.class::isInstance);
  }
}
