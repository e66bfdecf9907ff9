package dev.cadastre.ingest;

import dev.cadastre.ingest.wire.Log;
import dev.cadastre.proof.event.Assurance;
import dev.cadastre.proof.event.Disclosure;
import dev.cadastre.proof.event.EventCodec;
import dev.cadastre.proof.event.Hop;
import dev.cadastre.proof.event.Location;
import dev.cadastre.proof.event.RecordEvent;
import dev.cadastre.proof.event.Value;
import dev.cadastre.proof.residency.Locator;
import dev.cadastre.proof.residency.Registry;
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
record Mapped(RecordEvent event, Map<String, Value> disclosed) {

  static Mapped body(String json, KeyValue... resource) throws Undecodable {
    return of(LogRecord.newBuilder().setBody(Otlp.text(json)).build(), resource);
  }

  static Mapped of(LogRecord log, KeyValue... resource) throws Undecodable {
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

  String open(String name) {
    return event.attributes().string(name).orElse("");
  }

  String hidden(String name) {
    return disclosed.get(name) instanceof Value.Text text ? text.text() : "";
  }

  /** {@code aws:eu-central-1 corroborated}; empty if the hop is not known. */
  String at(Hop hop) {
    Location location = event.locations().get(hop);
    return location == null ? "" : location.place() + " " + location.assurance().wire();
  }

  Optional<Assurance> assurance(Hop hop) {
    return Optional.ofNullable(event.locations().get(hop)).map(Location::assurance);
  }

  /** The bytes that the entry will have of it. */
  String entry() {
    return new String(EventCodec.encode(event), StandardCharsets.UTF_8);
  }
}
