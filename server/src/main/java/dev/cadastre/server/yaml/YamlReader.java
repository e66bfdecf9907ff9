package dev.cadastre.server.yaml;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Builds JSON from YAML's event stream. Works on events with a stack of its own, because a tree
 * builder recurses as deep as a hostile document nests and follows its aliases.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 16;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setUseMarks(true).setCodePointLimit(YamlDocument.MAX_BYTES).build();

  private final String name;
  private final String text;
  private final Map<String, YamlDocument.Position> positions = new HashMap<>();
  private final Deque<Collection> open = new ArrayDeque<>();
  private @Nullable Json root;
  private int documents;

  YamlReader(String name, String text) {
    this.name = name;
    this.text = text;
  }

  YamlDocument read() throws Refused {
    parse();
    return document();
  }

  /** The same; no document, or one that holds nothing, is an empty mapping. */
  YamlDocument readOrEmpty() throws Refused {
    parse();
    if (root == null || root instanceof Json.Null) {
      root = Json.Obj.of(Map.of());
    }
    return document();
  }

  private void parse() throws Refused {
    try {
      for (Event event : new Parse(SETTINGS).parseString(text)) {
        accept(event);
      }
    } catch (MarkedYamlEngineException malformed) {
      throw new Refused(
          at(position(malformed.getProblemMark())) + malformed.getProblem(), malformed);
    } catch (YamlEngineException malformed) {
      throw new Refused(name + ": " + malformed.getMessage(), malformed);
    }
  }

  private YamlDocument document() throws Refused {
    if (root instanceof Json.Obj mapping) {
      return new YamlDocument(name, text, mapping, positions);
    }
    throw new Refused(
        name
            + ": expected a mapping of names to values, found "
            + (root == null ? "nothing" : root.kind()));
  }

  private void accept(Event event) throws Refused {
    switch (event.getEventId()) {
      case DocumentStart -> oneDocument(event);
      case Alias -> throw refused(event, "expected no aliases (*name), found one");
      case Scalar -> scalar((ScalarEvent) event);
      case MappingStart, SequenceStart -> begin((CollectionStartEvent) event);
      case MappingEnd, SequenceEnd -> place(open.pop().toJson(), event);
      case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
    }
  }

  private void oneDocument(Event event) throws Refused {
    if (++documents > 1) {
      throw refused(event, "expected one document, found a second");
    }
  }

  private void begin(CollectionStartEvent event) throws Refused {
    plain(event, event.getTag());
    if (open.size() == MAX_DEPTH) {
      throw refused(event, "expected at most " + MAX_DEPTH + " levels, found more");
    }
    Collection parent = open.peek();
    if (parent != null && parent.awaitsKey()) {
      throw refused(event, "expected a name, found a collection");
    }
    String path = parent == null ? "" : parent.pathOfNext();
    positions.putIfAbsent(path, position(event.getStartMark()));
    open.push(event.getEventId() == Event.ID.MappingStart ? new Mapping(path) : new Sequence(path));
  }

  private void scalar(ScalarEvent event) throws Refused {
    plain(event, event.getTag());
    if (open.peek() instanceof Mapping mapping && mapping.awaitsKey()) {
      key(mapping, event);
    } else {
      place(value(event), event);
    }
  }

  private void key(Mapping mapping, ScalarEvent event) throws Refused {
    String key = event.getValue();
    if (mapping.members.containsKey(key)) {
      throw refused(event, "expected each name once, found \"" + key + "\" again");
    }
    mapping.key = key;
    positions.put(mapping.pathOfNext(), position(event.getStartMark()));
  }

  private void place(Json value, Event event) {
    Collection parent = open.peek();
    if (parent == null) {
      root = value;
    } else {
      positions.putIfAbsent(parent.pathOfNext(), position(event.getStartMark()));
      parent.add(value);
    }
  }

  private Json value(ScalarEvent event) throws Refused {
    String text = event.getValue();
    Tag tag =
        SETTINGS
            .getSchema()
            .getScalarResolver()
            .resolve(text, event.getImplicit().canOmitTagInPlainScalar());
    if (tag.equals(Tag.NULL)) {
      return Json.Null.NULL;
    }
    if (tag.equals(Tag.BOOL)) {
      return Json.of(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return number(event, text);
    }
    if (!text.codePoints().allMatch(point -> point < 0xD800 || point > 0xDFFF)) {
      throw refused(event, "expected Unicode text, found half of a surrogate pair");
    }
    return Json.of(text);
  }

  /** Refuses what a double would silently round: 9007199254740993 must not become ...992. */
  private Json number(ScalarEvent event, String text) throws Refused {
    try {
      Json.Num number = new Json.Num(Double.parseDouble(text));
      if (new BigDecimal(text).compareTo(BigDecimal.valueOf(number.value())) == 0) {
        return number;
      }
    } catch (IllegalArgumentException notJson) {
      // Not finite, or a spelling of YAML's that JSON lacks: refused like the rest.
    }
    throw refused(event, "expected a number that JSON can carry exactly, found " + text);
  }

  private void plain(NodeEvent event, Optional<String> tag) throws Refused {
    if (event.getAnchor().isPresent()) {
      throw refused(event, "expected no anchors (&name), found one");
    }
    if (tag.isPresent()) {
      throw refused(event, "expected no tags (!type), found " + tag.get());
    }
  }

  private Refused refused(Event event, String message) {
    return new Refused(at(position(event.getStartMark())) + message);
  }

  private String at(YamlDocument.Position position) {
    return name + " " + position + ": ";
  }

  private static YamlDocument.Position position(Optional<Mark> mark) {
    return mark.map(found -> new YamlDocument.Position(found.getLine() + 1, found.getColumn() + 1))
        .orElse(new YamlDocument.Position(1, 1));
  }

  /** A mapping or sequence whose end has not been read. */
  private abstract static sealed class Collection {
    final String path;

    Collection(String path) {
      this.path = path;
    }

    abstract boolean awaitsKey();

    abstract String pathOfNext();

    abstract void add(Json value);

    abstract Json toJson();
  }

  private static final class Mapping extends Collection {
    final Map<String, Json> members = new TreeMap<>();
    @Nullable String key;

    Mapping(String path) {
      super(path);
    }

    @Override
    boolean awaitsKey() {
      return key == null;
    }

    @Override
    String pathOfNext() {
      return path.isEmpty() ? String.valueOf(key) : path + "." + key;
    }

    @Override
    void add(Json value) {
      if (key == null) {
        throw new IllegalStateException("a value before its name");
      }
      members.put(key, value);
      key = null;
    }

    @Override
    Json toJson() {
      return Json.Obj.of(members);
    }
  }

  private static final class Sequence extends Collection {
    final List<Json> items = new ArrayList<>();

    Sequence(String path) {
      super(path);
    }

    @Override
    boolean awaitsKey() {
      return false;
    }

    @Override
    String pathOfNext() {
      return path + "[" + items.size() + "]";
    }

    @Override
    void add(Json value) {
      items.add(value);
    }

    @Override
    Json toJson() {
      return new Json.Arr(items);
    }
  }
}
