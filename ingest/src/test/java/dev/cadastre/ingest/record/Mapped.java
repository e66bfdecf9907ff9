package dev.cadastre.ingest.record;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Locator;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.Otlp;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.ingest.wire.Log;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A log record mapped and located as ingest does it, with what stands behind its digests. */
public record Mapped(RecordEvent event, Map<String, Value> disclosed) {

  public static Mapped body(String json, KeyValue... resource) throws Undecodable {
    return of(LogRecord.newBuilder().setBody(Otlp.text(json)).build(), resource);
  }

  public static Mapped of(LogRecord log, KeyValue... resource) throws Undecodable {
    Disclosures disclosures = new Disclosures(new Random(1));
    AttributeMapper attributes = new AttributeMapper(disclosures);
    Resource of = Resource.newBuilder().addAllAttributes(List.of(resource)).build();
    DecodedRequest.Group group =
        new DecodedRequest.Group(of, "", InstrumentationScope.getDefaultInstance(), "", List.of());
    GroupContext shared = new GroupMapper(disclosures, attributes).map(group);
    TranslatedRecord told = TranslatedRecord.of(Log.of(log), shared.attributes()).get(0);
    RecordEvent event =
        new RecordMapper("token/01020304", disclosures, attributes).map(shared, told, "", "");
    Map<String, Value> disclosed = new TreeMap<>();
    for (Disclosure one : disclosures.drain()) {
      disclosed.put(one.name(), one.value());
    }
    RecordEvent placed =
        event.toBuilder()
            .locations(
                told.foreign()
                    ? Locator.locateForeign(event, Registry.standard())
                    : Locator.locate(event, Registry.standard()))
            .build();
    return new Mapped(placed, disclosed);
  }

  public String open(String name) {
    return event.attributes().string(name).orElse("");
  }

  public String hidden(String name) {
    return disclosed.get(name) instanceof Value.Text text ? text.text() : "";
  }

  /** {@code aws:eu-central-1 corroborated}; empty if the hop is not known. */
  public String at(Hop hop) {
    Location location = event.locations().get(hop);
    return location == null ? "" : location.place() + " " + location.assurance().wire();
  }

  Optional<Assurance> assurance(Hop hop) {
    return Optional.ofNullable(event.locations().get(hop)).map(Location::assurance);
  }

  /** The bytes that the entry will have of it. */
  public String entry() {
    return new String(EventCodec.encode(event), StandardCharsets.UTF_8);
  }
}
