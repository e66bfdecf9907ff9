package dev.cadastre.ingest.record;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.value.Attribute;
import dev.cadastre.formats.value.AttributeArranger;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.ContentAttributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.PrivateAttributes;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ingest.wire.Mark;
import dev.cadastre.ingest.wire.Name;
import dev.cadastre.ingest.wire.Pair;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * OTLP attributes and values to the entry's. On the way content becomes its hash and private
 * attributes become digests, also inside maps, where {@code {"user": {"id": …}}} is {@code
 * user.id}, whatever map that is in.
 */
final class AttributeMapper {
  private final Disclosures disclosures;
  private final AttributeArranger arranger = new AttributeArranger();
  private Optional<String> actorType = Optional.empty();

  AttributeMapper(Disclosures disclosures) {
    this.disclosures = disclosures;
  }

  /**
   * The attributes of a record, a Resource or a Scope.
   *
   * @throws Undecodable if a name comes twice or is reserved, or a value is nested too deep
   */
  Attributes attributes(List<KeyValue> pairs) throws Undecodable {
    return attributes(pairs, 0);
  }

  /** The same for those of a log record. */
  Attributes attributes(Log log) throws Undecodable {
    List<Pair> pairs = log.pairs();
    actorType = log.string(Mark.ACTOR_TYPE, Names.AUDIT_ACTOR_TYPE);
    Attribute[] open = new Attribute[pairs.size()];
    List<String> digests = new ArrayList<>(0);
    int count = 0;
    for (Pair pair : pairs) {
      Name name = pair.name();
      if (!hides(log, name)) {
        open[count++] = open(pair);
      } else if (name.has(Mark.CONTENT)) {
        open[count++] = Attribute.of(name.text(), hashed(value(pair)));
      } else {
        digests.add(disclosures.take(name.text(), name.text(), fitting(value(pair))));
      }
    }
    try {
      return arranger.arrange(Arrays.copyOf(open, count), sorted(digests));
    } catch (Refused e) {
      throw new Undecodable(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> sorted(List<String> digests) {
    return digests.isEmpty() ? List.of() : List.copyOf(new TreeSet<>(digests));
  }

  private boolean hides(Log log, Name name) {
    return name.has(Mark.CONTENT)
        || name.has(Mark.PRIVATE)
        || name.has(Mark.ACTOR) && PrivateAttributes.isPrivate(name.text(), actorType)
        || name.has(Mark.SIGNATURE) && hidesOthers(log);
  }

  /** The same for attributes that lie {@code depth} lists and maps deep in an entry's value. */
  Attributes attributes(List<KeyValue> pairs, int depth) throws Undecodable {
    actorType = actorType(pairs);
    return pairs.isEmpty() ? Attributes.EMPTY : members(pairs, ValuePath.ROOT, depth);
  }

  /**
   * As {@link #attributes(List)}, with further ones of which none stands in the open.
   *
   * @param hidden attributes with names that are not among {@code pairs}
   */
  Attributes attributes(List<KeyValue> pairs, List<KeyValue> hidden) throws Undecodable {
    Attributes open = attributes(pairs);
    Attributes.Builder all = Attributes.builder();
    for (int i = 0; i < open.size(); i++) {
      all.put(open.name(i), open.value(i));
    }
    open.sd().forEach(all::sd);
    for (KeyValue pair : hidden) {
      String name = pair.getKey();
      all.sd(disclosures.take(name, name, fitting(value(pair.getValue(), ValuePath.of(name), 0))));
    }
    return built(all, "");
  }

  /** The attributes with a further one that stands in the entry as a digest. */
  Attributes with(Attributes open, String name, Value hidden) {
    Attributes.Builder all = Attributes.builder();
    for (int i = 0; i < open.size(); i++) {
      all.put(open.name(i), open.value(i));
    }
    open.sd().forEach(all::sd);
    return sound(all.sd(disclosures.take(name, name, fitting(hidden))));
  }

  /** Whoever knows the rest of a record could try private values against its signature. */
  private boolean hidesOthers(Log log) {
    return log.mayHave(Mark.PRIVATE)
        || log.mayHave(Mark.ACTOR) && PrivateAttributes.isPrivate(Names.AUDIT_ACTOR_ID, actorType);
  }

  private Attribute open(Pair pair) throws Undecodable {
    return pair.scalar().isPresent()
        ? pair.scalar().get()
        : Attribute.of(pair.name().text(), value(pair));
  }

  private Value value(Pair pair) throws Undecodable {
    return pair.scalar().isPresent()
        ? pair.scalar().get().value()
        : value(pair.message().getValue(), ValuePath.of(pair.name().text()), 0);
  }

  private static Optional<String> actorType(List<KeyValue> pairs) {
    for (KeyValue pair : pairs) {
      if (pair.getKey().equals(Names.AUDIT_ACTOR_TYPE) && pair.getValue().hasStringValue()) {
        return Optional.of(pair.getValue().getStringValue());
      }
    }
    return Optional.empty();
  }

  /** A body: its maps are read as attributes are. */
  Value body(AnyValue body) throws Undecodable {
    return value(body, ValuePath.ROOT, 0);
  }

  private Attributes members(List<KeyValue> pairs, ValuePath path, int depth) throws Undecodable {
    Attributes.Builder members = Attributes.builder();
    for (KeyValue pair : pairs) {
      String name = pair.getKey();
      ValuePath own = path.then(name);
      if (own.any(ContentAttributes::isContent)) {
        members.put(name, hashed(value(pair.getValue(), own, depth)));
      } else if (own.any(one -> PrivateAttributes.isPrivate(one, actorType))
          || tells(pairs, own.whole())) {
        String whole = own.whole();
        members.sd(disclosures.take(name, whole, fitting(value(pair.getValue(), own, depth))));
      } else {
        members.put(name, value(pair.getValue(), own, depth));
      }
    }
    return built(members, path.whole());
  }

  private static Attributes built(Attributes.Builder members, String path) throws Undecodable {
    try {
      return members.build();
    } catch (Refused e) {
      throw new Undecodable((path.isEmpty() ? "" : "in \"" + path + "\": ") + e.getMessage());
    }
  }

  /** Whoever knows the rest of a record could try private values against its signature. */
  private boolean tells(List<KeyValue> siblings, String name) {
    return name.equals(Names.AUDIT_INTEGRITY_VALUE)
        && siblings.stream().anyMatch(one -> PrivateAttributes.isPrivate(one.getKey(), actorType));
  }

  private Value value(AnyValue value, ValuePath path, int depth) throws Undecodable {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> Value.of(value.getStringValue());
      case BOOL_VALUE -> Value.of(value.getBoolValue());
      case INT_VALUE -> Value.of(value.getIntValue());
      case DOUBLE_VALUE -> Value.of(value.getDoubleValue());
      case BYTES_VALUE -> Value.of(value.getBytesValue().toByteArray());
      case ARRAY_VALUE ->
          items(value.getArrayValue().getValuesList(), path, deeper(path.whole(), depth));
      case KVLIST_VALUE ->
          Value.of(
              members(value.getKvlistValue().getValuesList(), path, deeper(path.whole(), depth)));
      // A reference into a dictionary that only profiles have: OTLP says to take it as absent.
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> Value.UNSET;
    };
  }

  private Value items(List<AnyValue> values, ValuePath path, int depth) throws Undecodable {
    List<Value> items = new ArrayList<>(values.size());
    for (AnyValue value : values) {
      items.add(value(value, path, depth));
    }
    return Value.of(items);
  }

  private static int deeper(String path, int depth) throws Undecodable {
    if (depth == Value.MAX_DEPTH) {
      throw new Undecodable(
          "the value of \"" + path + "\" is nested deeper than " + Value.MAX_DEPTH + " levels");
    }
    return depth + 1;
  }

  /**
   * The hash that stands for content: of a string's UTF-8 bytes, of bytes as they are, of anything
   * else its canonical JSON as entries write it.
   */
  static Value hashed(Value content) {
    if (content instanceof Value.Text text) {
      return Value.hashed(text.text());
    }
    if (content instanceof Value.Bytes bytes) {
      return Value.hashed(bytes.bytes());
    }
    return content instanceof Value.Hashed || content.equals(Value.UNSET)
        ? content
        : Value.hashed(Sizes.canonical(content));
  }

  /** What is kept apart is bounded as an entry is. */
  static Value fitting(Value value) {
    return Sizes.of(value) > EntryFrame.MAX_BYTES ? hashed(value) : value;
  }

  /** Attributes with the bytes that they were mended from. */
  Attributes withRaw(Attributes attributes, byte[] bytes) {
    Attributes raw = raw(bytes);
    Attributes.Builder all = Attributes.builder();
    attributes.asMap().forEach(all::put);
    attributes.sd().forEach(all::sd);
    raw.sd().forEach(all::sd);
    raw.asMap()
        .forEach(
            (name, value) -> {
              if (!attributes.has(name)) {
                all.put(name, value);
              }
            });
    return sound(all);
  }

  /** Bytes that could not be understood, kept apart in full if an entry could hold them. */
  Attributes raw(byte[] bytes) {
    Attributes.Builder raw = Attributes.builder();
    if (bytes.length > EntryFrame.MAX_BYTES) {
      raw.put("raw", Value.hashed(bytes));
    } else {
      raw.sd(disclosures.take("raw", "raw", Value.of(Base64.getEncoder().encodeToString(bytes))));
    }
    return sound(raw);
  }

  /** Attributes whose names are known to be good. */
  static Attributes sound(Attributes.Builder builder) {
    try {
      return builder.build();
    } catch (Refused e) {
      throw new IllegalStateException(e);
    }
  }
}
