package dev.cadastre.ingest;

import com.google.protobuf.Message;
import dev.cadastre.proof.event.Attributes;
import dev.cadastre.proof.event.Disclosure;
import dev.cadastre.proof.event.Resource;
import dev.cadastre.proof.event.Scope;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Optional;

/**
 * Maps the Resource and the Scope of a group. One that cannot be understood is kept as it came, and
 * all records of its group with it.
 */
final class SharedMapper {
  private final Disclosures disclosures;
  private final AttributeMapper mapper;
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
    this.disclosures = disclosures;
    this.mapper = mapper;
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
    return scope.equals(InstrumentationScope.getDefaultInstance()) && group.scopeSchema().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Scope(
                attributes,
                scope.getName(),
                scope.getVersion(),
                group.scopeSchema(),
                Integer.toUnsignedLong(scope.getDroppedAttributesCount())));
  }

  private Attributes attributes(String of, List<KeyValue> pairs, Message whole) {
    int before = disclosures.count();
    try {
      return mapper.attributes(pairs);
    } catch (Undecodable e) {
      problem = problem.isEmpty() ? of + ": " + e.getMessage() : problem;
      disclosures.forgetAfter(before);
      return mapper.raw(whole.toByteArray());
    }
  }
}
