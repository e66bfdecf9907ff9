package dev.cadastre.ingest.foreign.supply;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * in-toto statements ("in-toto Attestation Framework", Statement v1 and v0.1), bare or in a DSSE
 * envelope, and of those SLSA's provenance ("SLSA provenance", v1 and v0.2). The envelope's
 * signatures are kept with the original and not checked: whoever holds the builder's key can.
 */
public final class InTotoStatement implements ForeignFormat {
  private static final String TYPE = "https://in-toto.io/Statement/";
  private static final String PAYLOAD = "application/vnd.in-toto+json";

  @Override
  public String name() {
    return "in-toto";
  }

  /** A statement's payload in an envelope is base64, so that only this is in all of them. */
  @Override
  public List<String> marks() {
    return List.of("in-toto");
  }

  @Override
  public List<String> members() {
    return List.of("predicateType", "payloadType");
  }

  @Override
  public boolean recognises(Fields record) {
    Fields statement = statement(record);
    return statement.text("_type").filter(type -> type.startsWith(TYPE)).isPresent()
        && statement.isText("predicateType")
        && !statement.objects("subject").isEmpty();
  }

  private static Fields statement(Fields record) {
    return record.text("payloadType").filter(PAYLOAD::equals).isPresent()
        ? Fields.of(record.text("payload").flatMap(InTotoStatement::decoded))
        : record;
  }

  private static Optional<Json> decoded(String base64) {
    try {
      return Optional.of(Json.parseObject(Base64.getMimeDecoder().decode(base64)));
    } catch (IllegalArgumentException | Refused notReadable) {
      return Optional.empty();
    }
  }

  @Override
  public void map(Fields record, Mapping to) {
    Fields statement = statement(record);
    Fields predicate = statement.in("predicate");
    List<Fields> subjects = statement.objects("subject");
    to.event("image.provenance");
    to.time(
        Fields.first(
            predicate.text("runDetails", "metadata", "finishedOn"),
            predicate.text("metadata", "buildFinishedOn")));
    to.id(
        Fields.first(
            predicate.text("runDetails", "metadata", "invocationId"),
            predicate.text("metadata", "buildInvocationID"),
            predicate.text("metadata", "buildInvocationId")));
    Optional<String> builder =
        Fields.first(
            predicate.text("runDetails", "builder", "id"), predicate.text("builder", "id"));
    to.actor("service", builder);
    to.put(Names.AUDIT_ACTION, "build");
    to.outcome("success");
    to.target(Optional.of("artifact"), subjects.get(0).text("name"));
    to.putAll(
        Names.PROVENANCE_SUBJECT_SHA256,
        subjects.stream().flatMap(one -> one.text("digest", "sha256").stream()).toList());
    to.put(Names.PROVENANCE_PREDICATE, statement.text("predicateType"));
    to.put(Names.PROVENANCE_BUILDER, builder);
    to.put(Names.PROVENANCE_SOURCE, source(predicate));
    to.put(Names.LOCATION_PROCESSING, to.resourceRegion());
  }

  /** Of what it was built; where that is a list of materials, the first. */
  private static Optional<String> source(Fields predicate) {
    return Fields.first(
        predicate.text("buildDefinition", "externalParameters", "workflow", "repository"),
        predicate.objects("buildDefinition", "resolvedDependencies").stream()
            .flatMap(one -> one.text("uri").stream())
            .findFirst(),
        predicate.text("invocation", "configSource", "uri"),
        predicate.objects("materials").stream()
            .flatMap(one -> one.text("uri").stream())
            .findFirst());
  }
}
