package dev.cadastre.ingest;

import com.google.protobuf.Message;
import dev.cadastre.proof.event.Attributes;
import dev.cadastre.proof.event.Disclosure;
import dev.cadastre.proof.event.Resource;
import dev.cadastre.proof.event.Scope;
import dev.cadastre.proof.event.Value;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Optional;

/**
 * Maps the Resource and the Scope of a group. One that cannot be understood is kept as it came, and
 * all records of its group with it.
 */
final class SharedMapper {
  /** As OpenTelemetry has them where there is no scope ("Mapping to non-OTLP formats"). */
  private static final String SCOPE_NAME = "otel.scope.name";

  private static final String SCOPE_VERSION = "otel.scope.version";

  private final Disclosures disclosures;
  private final AttributeMapper mapper;
  private final PrivatePersons persons;
  private String problem = "";

  /** The Resource of the group before, which one with many Scopes has again. */
  private Optional<Mapped> before = Optional.empty();

  private record Mapped(
      Batch.Group group,
      Optional<Resource> resource,
      String problem,
      List<Disclosure> disclosures) {
    boolean isOf(Batch.Group other) {
      return group.resource() == other.resource()
          && group.resourceSchema().equals(other.resourceSchema());
    }
  }

  SharedMapper(Disclosures disclosures, AttributeMapper mapper) {
    this(disclosures, mapper, PrivatePersons.ANY);
  }

  /**
   * @param persons who is kept out of Resources and Scopes
   */
  SharedMapper(Disclosures disclosures, AttributeMapper mapper, PrivatePersons persons) {
    this.disclosures = disclosures;
    this.mapper = mapper;
    this.persons = persons;
  }

  /** For records that share digests, too. */
  Shared map(Batch.Group group) {
    Mapped mapped = before.filter(one -> one.isOf(group)).orElseGet(() -> mapped(group));
    before = Optional.of(mapped);
    return withScope(group, mapped);
  }

  /** For one record, under its own digests. */
  Shared mapForOne(Batch.Group group) {
    return withScope(group, mapped(group));
  }

  private Mapped mapped(Batch.Group group) {
    problem = "";
    Optional<Resource> resource = resource(group);
    return new Mapped(group, resource, problem, disclosures.drain());
  }

  private Shared withScope(Batch.Group group, Mapped mapped) {
    problem = mapped.problem;
    Optional<Scope> scope = scope(group);
    return new Shared(
        mapped.resource, scope, problem, Lists.concat(mapped.disclosures, disclosures.drain()));
  }

  private Optional<Resource> resource(Batch.Group group) {
    Attributes attributes =
        attributes("resource", group.resource().getAttributesList(), group.resource());
    long dropped = Integer.toUnsignedLong(group.resource().getDroppedAttributesCount());
    return attributes.isEmpty() && group.resourceSchema().isEmpty() && dropped == 0
        ? Optional.empty()
        : Optional.of(new Resource(attributes, group.resourceSchema(), dropped));
  }

  private Optional<Scope> scope(Batch.Group group) {
    InstrumentationScope scope = group.scope();
    Attributes attributes = attributes("scope", scope.getAttributesList(), scope);
    String name = scope.getName();
    String version = scope.getVersion();
    if (persons.in(name)) {
      attributes = mapper.with(attributes, SCOPE_NAME, Value.of(name));
      name = "";
    }
    if (persons.in(version)) {
      attributes = mapper.with(attributes, SCOPE_VERSION, Value.of(version));
      version = "";
    }
    return scope.equals(InstrumentationScope.getDefaultInstance()) && group.scopeSchema().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Scope(
                attributes,
                name,
                version,
                group.scopeSchema(),
                Integer.toUnsignedLong(scope.getDroppedAttributesCount())));
  }

  private Attributes attributes(String of, List<KeyValue> pairs, Message whole) {
    int before = disclosures.count();
    try {
      return persons.hidden(mapper.attributes(pairs), disclosures);
    } catch (Undecodable e) {
      problem = problem.isEmpty() ? of + ": " + e.getMessage() : problem;
      disclosures.forgetAfter(before);
      return mapper.raw(whole.toByteArray());
    }
  }
}
