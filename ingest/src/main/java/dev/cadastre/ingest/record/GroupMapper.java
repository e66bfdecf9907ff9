package dev.cadastre.ingest.record;

import com.google.protobuf.Message;
import dev.cadastre.formats.residency.CalledHosts;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Scope;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.mend.Mended;
import dev.cadastre.ingest.mend.MessageMender;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.request.Lists;
import dev.cadastre.ingest.request.Texts;
import dev.cadastre.ingest.request.Undecodable;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Maps the Resource and the Scope of a group. Of one that is not as OTLP has it, what can be read
 * is kept beside the bytes that came.
 */
final class GroupMapper {
  /** As OpenTelemetry has them where there is no scope ("Mapping to non-OTLP formats"). */
  private static final String SCOPE_NAME = "otel.scope.name";

  private static final String SCOPE_VERSION = "otel.scope.version";
  private static final String SCOPE_SCHEMA = "otel.scope.schema_url";
  private static final String RESOURCE_SCHEMA = "otel.resource.schema_url";

  private final Disclosures disclosures;
  private final AttributeMapper mapper;
  private final PrivatePersons persons;
  private String problem = "";

  /** The Resource of the group before, which one with many Scopes has again. */
  private Optional<Mapped> before = Optional.empty();

  private record Mapped(
      DecodedRequest.Group group,
      Optional<Resource> resource,
      String problem,
      List<Disclosure> disclosures) {
    boolean isOf(DecodedRequest.Group other) {
      return group.resource() == other.resource()
          && group.resourceSchema().equals(other.resourceSchema());
    }
  }

  GroupMapper(Disclosures disclosures, AttributeMapper mapper) {
    this(disclosures, mapper, PrivatePersons.ANY);
  }

  /**
   * @param persons who is kept out of Resources and Scopes
   */
  GroupMapper(Disclosures disclosures, AttributeMapper mapper, PrivatePersons persons) {
    this.disclosures = disclosures;
    this.mapper = mapper;
    this.persons = persons;
  }

  /** For records that share digests, too. */
  GroupContext map(DecodedRequest.Group group) {
    Mapped mapped = before.filter(one -> one.isOf(group)).orElseGet(() -> mapped(group));
    before = Optional.of(mapped);
    return withScope(group, mapped);
  }

  /** For one record, under its own digests. */
  GroupContext mapForOne(DecodedRequest.Group group) {
    return withScope(group, mapped(group));
  }

  private Mapped mapped(DecodedRequest.Group group) {
    problem = "";
    Optional<Resource> resource = resource(group);
    return new Mapped(group, resource, problem, disclosures.drain());
  }

  private GroupContext withScope(DecodedRequest.Group group, Mapped mapped) {
    problem = mapped.problem;
    Optional<Scope> scope = scope(group);
    return new GroupContext(
        mapped.resource, scope, problem, Lists.concat(mapped.disclosures, disclosures.drain()));
  }

  private Optional<Resource> resource(DecodedRequest.Group group) {
    Attributes attributes =
        attributes(
            DecodedRequest.Part.RESOURCE,
            group,
            group.resource().getAttributesList(),
            () -> MessageMender.resource(group.resource()),
            io.opentelemetry.proto.resource.v1.Resource::getAttributesList);
    String schema = group.resourceSchema();
    if (persons.in(schema)) {
      attributes = mapper.with(attributes, RESOURCE_SCHEMA, Value.of(schema));
      schema = "";
    }
    long dropped = Integer.toUnsignedLong(group.resource().getDroppedAttributesCount());
    return attributes.isEmpty() && schema.isEmpty() && dropped == 0
        ? Optional.empty()
        : Optional.of(new Resource(attributes, schema, dropped));
  }

  private Optional<Scope> scope(DecodedRequest.Group group) {
    InstrumentationScope scope = group.scope();
    Attributes attributes =
        attributes(
            DecodedRequest.Part.SCOPE,
            group,
            scope.getAttributesList(),
            () -> MessageMender.scope(scope),
            InstrumentationScope::getAttributesList);
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
    String schema = group.scopeSchema();
    if (persons.in(schema)) {
      attributes = mapper.with(attributes, SCOPE_SCHEMA, Value.of(schema));
      schema = "";
    }
    boolean given = !scope.equals(InstrumentationScope.getDefaultInstance());
    return !given && attributes.isEmpty() && schema.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Scope(
                attributes,
                name,
                version,
                schema,
                Integer.toUnsignedLong(scope.getDroppedAttributesCount())));
  }

  private <M extends Message> Attributes attributes(
      DecodedRequest.Part of,
      DecodedRequest.Group group,
      List<KeyValue> pairs,
      Supplier<Mended<M>> mender,
      Function<M, List<KeyValue>> pairsOf) {
    int before = disclosures.count();
    List<byte[]> raw = new ArrayList<>();
    for (DecodedRequest.Slip slip : group.slips()) {
      if (slip.of() == of) {
        note(of, slip.why());
        if (slip.raw().length > 0) {
          raw.add(slip.raw());
        }
      }
    }
    try {
      return withRaw(shown(mapper.attributes(pairs)), raw);
    } catch (Undecodable e) {
      disclosures.forgetAfter(before);
    }
    Mended<M> mended = mender.get();
    note(of, mended.note());
    raw.add(whole(of, group).toByteArray());
    try {
      return withRaw(shown(mapper.attributes(pairsOf.apply(mended.message()))), raw);
    } catch (Undecodable e) {
      disclosures.forgetAfter(before);
      note(of, String.valueOf(e.getMessage()));
      return withRaw(Attributes.EMPTY, raw);
    }
  }

  /** What of attributes stands in entries. */
  private Attributes shown(Attributes given) {
    return persons.hidden(CalledHosts.gathered(given), disclosures);
  }

  private Attributes withRaw(Attributes attributes, List<byte[]> raw) {
    Attributes all = attributes;
    for (byte[] one : raw) {
      all = mapper.withRaw(all, one);
    }
    return all;
  }

  private static Message whole(DecodedRequest.Part of, DecodedRequest.Group group) {
    return switch (of) {
      case RESOURCE -> group.resource();
      case SCOPE -> group.scope();
    };
  }

  private void note(DecodedRequest.Part of, String why) {
    problem = Texts.joined(problem, of.word() + ": " + why);
  }
}
