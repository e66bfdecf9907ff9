package dev.cadastre.formats.event;

import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Scope;
import dev.cadastre.formats.value.Severity;
import dev.cadastre.formats.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened, as a sender told it. As in protobuf, an empty text and a zero mean "not
 * given" and are left out of the entry.
 *
 * @param attributes the record's own attributes
 * @param body the log record's body, when it had one
 * @param custody in whose hands its keys are declared to be, where it does not say itself
 * @param dropped attributes the sender dropped, uint32
 * @param flags OTLP flags, uint32
 * @param id the sender's own id of the record
 * @param integrity what came of checking the sender's own signature, if the record carries one
 * @param locations where each hop was, as the server made it out
 * @param name event name
 * @param observed when a collector saw it, unsigned Unix nanoseconds
 * @param person the pseudonym of who did it, where that is a person; empty if none
 * @param problem what kept the record from being understood
 * @param sender which credential it came with, such as {@code token/1a2b3c4d}; it tells whose
 *     {@link Side} speaks
 * @param span span id, 16 lower-case hex digits
 * @param time the event's own time, unsigned Unix nanoseconds
 * @param trace trace id, 32 lower-case hex digits
 * @param verdict present exactly when the kind is judged and the log has a policy
 */
public record RecordEvent(
    Attributes attributes,
    Optional<Value> body,
    List<String> custody,
    long dropped,
    long flags,
    String id,
    Optional<Integrity> integrity,
    Kind kind,
    Map<Hop, Location> locations,
    String name,
    long observed,
    String person,
    String problem,
    Optional<Resource> resource,
    Optional<Scope> scope,
    String sender,
    Severity severity,
    String span,
    long time,
    String trace,
    Optional<Verdict> verdict)
    implements Event {

  public RecordEvent {
    custody = List.copyOf(custody);
    locations = HopMap.copyOf(locations);
  }

  public static Builder builder(Kind kind, String sender) {
    return new Builder(kind, sender);
  }

  @Override
  public String kindWire() {
    return kind.wire();
  }

  /** The resource's attributes, none when there is no resource. */
  public Attributes resourceAttributes() {
    return resource.map(Resource::attributes).orElse(Attributes.EMPTY);
  }

  /** Data categories the record names, or else its resource; none when neither does. */
  public List<String> categories() {
    List<String> own = attributes.strings(Names.DATA_CATEGORY);
    return own.isEmpty() ? resourceAttributes().strings(Names.DATA_CATEGORY) : own;
  }

  /** In whose hands its key is, in the record's word; or else as declared, and marked so. */
  public List<String> custodyWords() {
    return attributes
        .string(Names.KEY_CUSTODY)
        .map(List::of)
        .orElseGet(() -> custody.stream().map(word -> word + " (declared)").toList());
  }

  /** The time the event itself claims: its own, or else when it was observed, or else 0. */
  public long claimedTime() {
    return time != 0 ? time : observed;
  }

  /** Whether a member that a signature can be over is there, by its name in an entry. */
  boolean has(String member) {
    return switch (member) {
      case "attributes" -> true;
      case "body" -> body.isPresent();
      case "name" -> !name.isEmpty();
      case "observed" -> observed != 0;
      case "severity" -> !severity.equals(Severity.NONE);
      case "span" -> !span.isEmpty();
      case "time" -> time != 0;
      case "trace" -> !trace.isEmpty();
      default -> false;
    };
  }

  private RecordEvent coversNoMore() {
    if (integrity.isEmpty() || integrity.get().covers().stream().allMatch(this::has)) {
      return this;
    }
    return toBuilder().integrity(integrity.get().over(this::has)).build();
  }

  public RecordEvent withVerdict(Verdict judged) {
    return toBuilder().verdict(judged).build();
  }

  /** A builder that starts from this event. */
  public Builder toBuilder() {
    Builder builder = new Builder(kind, sender);
    builder.attributes = attributes;
    builder.body = body;
    builder.custody = custody;
    builder.dropped = dropped;
    builder.flags = flags;
    builder.id = id;
    builder.integrity = integrity;
    builder.locations = locations;
    builder.name = name;
    builder.observed = observed;
    builder.person = person;
    builder.problem = problem;
    builder.resource = resource;
    builder.scope = scope;
    builder.severity = severity;
    builder.span = span;
    builder.time = time;
    builder.trace = trace;
    builder.verdict = verdict;
    return builder;
  }

  /** Everything but kind and sender starts as not given. */
  public static final class Builder {
    private final Kind kind;
    private final String sender;
    private Attributes attributes = Attributes.EMPTY;
    private Optional<Value> body = Optional.empty();
    private List<String> custody = List.of();
    private long dropped;
    private long flags;
    private String id = "";
    private Optional<Integrity> integrity = Optional.empty();
    private Map<Hop, Location> locations = Map.of();
    private String name = "";
    private long observed;
    private String person = "";
    private String problem = "";
    private Optional<Resource> resource = Optional.empty();
    private Optional<Scope> scope = Optional.empty();
    private Severity severity = Severity.NONE;
    private String span = "";
    private long time;
    private String trace = "";
    private Optional<Verdict> verdict = Optional.empty();

    private Builder(Kind kind, String sender) {
      this.kind = kind;
      this.sender = sender;
    }

    public Builder attributes(Attributes given) {
      attributes = given;
      return this;
    }

    public Builder noBody() {
      body = Optional.empty();
      return this;
    }

    public Builder body(Value given) {
      body = Optional.of(given);
      return this;
    }

    public Builder custody(List<String> given) {
      custody = given;
      return this;
    }

    public Builder dropped(long given) {
      dropped = given;
      return this;
    }

    public Builder flags(long given) {
      flags = given;
      return this;
    }

    public Builder id(String given) {
      id = given;
      return this;
    }

    public Builder integrity(Integrity given) {
      integrity = Optional.of(given);
      return this;
    }

    public Builder locations(Map<Hop, Location> given) {
      locations = given;
      return this;
    }

    public Builder name(String given) {
      name = given;
      return this;
    }

    public Builder observed(long given) {
      observed = given;
      return this;
    }

    public Builder person(String given) {
      person = given;
      return this;
    }

    public Builder problem(String given) {
      problem = given;
      return this;
    }

    public Builder resource(Resource given) {
      resource = Optional.of(given);
      return this;
    }

    public Builder scope(Scope given) {
      scope = Optional.of(given);
      return this;
    }

    public Builder severity(Severity given) {
      severity = given;
      return this;
    }

    public Builder span(String given) {
      span = given;
      return this;
    }

    public Builder time(long given) {
      time = given;
      return this;
    }

    public Builder trace(String given) {
      trace = given;
      return this;
    }

    public Builder verdict(Verdict given) {
      verdict = Optional.of(given);
      return this;
    }

    /** A signature that was found covers no more than what is given. */
    public RecordEvent build() {
      RecordEvent event =
          new RecordEvent(
              attributes,
              body,
              custody,
              dropped,
              flags,
              id,
              integrity,
              kind,
              locations,
              name,
              observed,
              person,
              problem,
              resource,
              scope,
              sender,
              severity,
              span,
              time,
              trace,
              verdict);
      return event.coversNoMore();
    }
  }
}
