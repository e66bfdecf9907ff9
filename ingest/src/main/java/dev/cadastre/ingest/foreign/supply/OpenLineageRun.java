package dev.cadastre.ingest.foreign.supply;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Arns;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import dev.cadastre.ingest.foreign.format.ObjectNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * OpenLineage's run events ("OpenLineage spec", RunEvent): a job read from some data sets and wrote
 * to others. What it is told at a run's start is told again at its end, which alone counts. A data
 * set's namespace is the store that it lies in, whose host or ARN tells the region.
 */
public final class OpenLineageRun implements ForeignFormat {
  private static final Set<String> ENDS = Set.of("COMPLETE", "ABORT", "FAIL");

  @Override
  public String name() {
    return "openlineage";
  }

  @Override
  public List<String> marks() {
    return List.of("\"eventTime\"", "\"run\"", "\"job\"", "\"producer\"");
  }

  @Override
  public List<String> members() {
    return List.of("eventTime");
  }

  @Override
  public boolean recognises(Fields record) {
    return record.isText("eventTime")
        && record.isText("producer")
        && record.isText("run", "runId")
        && record.isText("job", "namespace")
        && record.isText("job", "name");
  }

  @Override
  public void map(Fields record, Mapping to) {
    String type = record.text("eventType").orElse("OTHER").toUpperCase(Locale.ROOT);
    List<Fields> inputs = record.objects("inputs");
    List<Fields> outputs = record.objects("outputs");
    boolean flows = ENDS.contains(type) && !(inputs.isEmpty() && outputs.isEmpty());
    if (flows) {
      to.event("flow.edge");
      to.put(Names.DATA_OPERATION, outputs.isEmpty() ? "read" : "write");
    } else {
      to.other("openlineage." + type);
    }
    to.id(record.text("run", "runId").map(run -> run + "/" + type + "/" + time(record)));
    to.time(record.text("eventTime"));
    to.actor("service", Optional.of(job(record)));
    to.put(Names.AUDIT_ACTION, "run");
    to.outcome(type.equals("FAIL") || type.equals("ABORT") ? "failure" : "success");
    to.putAll("openlineage.inputs", names(inputs));
    to.putAll(Names.DATA_OBJECT_ID, names(outputs.isEmpty() ? inputs : outputs));
    categories(Stream.concat(inputs.stream(), outputs.stream()), to);
    if (flows) {
      places(outputs.isEmpty() ? inputs : outputs, to);
    }
    to.put(Names.LOCATION_PROCESSING, to.resourceRegion());
  }

  private static String time(Fields record) {
    return record.text("eventTime").orElse("");
  }

  private static String job(Fields record) {
    return record.text("job", "namespace").orElse("") + "/" + record.text("job", "name").orElse("");
  }

  private static List<String> names(List<Fields> sets) {
    return sets.stream()
        .map(set -> set.text("namespace").orElse("") + "/" + set.text("name").orElse(""))
        .map(ObjectNames::open)
        .toList();
  }

  /** What the tags of the data sets say that they are, under the name of our attribute. */
  private static void categories(Stream<Fields> sets, Mapping to) {
    to.putAll(
        Names.DATA_CATEGORY,
        sets.flatMap(set -> set.objects("facets", "tags", "tags").stream())
            .filter(tag -> tag.text("key").filter(Names.DATA_CATEGORY::equals).isPresent())
            .flatMap(tag -> tag.text("value").stream())
            .toList());
  }

  private static void places(List<Fields> sets, Mapping to) {
    List<String> stores = sets.stream().flatMap(set -> set.text("namespace").stream()).toList();
    to.putAll(
        Names.LOCATION_STORAGE, stores.stream().flatMap(store -> region(store).stream()).toList());
    to.putAll(
        Names.SERVER_ADDRESS, stores.stream().flatMap(store -> host(store).stream()).toList());
  }

  /** Of {@code arn:aws:glue:us-east-1:111122223333}, which names no resource. */
  private static Optional<String> region(String store) {
    return Arns.region(store + ":").map(region -> "aws:" + region);
  }

  /** Of {@code postgres://db.eu-central-1.example:5432}; a bucket is no host. */
  private static Optional<String> host(String store) {
    try {
      return Optional.ofNullable(new URI(store).getHost()).filter(host -> host.indexOf('.') > 0);
    } catch (URISyntaxException noUri) {
      return Optional.empty();
    }
  }
}
