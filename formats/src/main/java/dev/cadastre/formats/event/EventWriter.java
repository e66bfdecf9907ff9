package dev.cadastre.formats.event;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.json.JcsWriter;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Scope;
import dev.cadastre.formats.value.Severity;
import dev.cadastre.formats.value.Value;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes events; every method names its members in the order of RFC 8785. */
final class EventWriter {
  private static final Hop[] HOPS = Hop.values();

  private final JcsWriter out;

  private final Part<Map<Hop, Location>> locations = new Part<>(this::locations);
  private final Part<Resource> resource = new Part<>(this::resource);
  private final Part<Scope> scope = new Part<>(this::scope);
  private final Part<Verdict> verdict = new Part<>(this::verdict);

  EventWriter(JcsWriter out) {
    this.out = out;
  }

  void write(Event event) {
    if (event instanceof RecordEvent one) {
      record(one);
    } else if (event instanceof Birth birth) {
      birth(birth);
    } else if (event instanceof PolicyAdoption adoption) {
      adoption(adoption);
    } else if (event instanceof AnchorEvent anchor) {
      anchor(anchor);
    }
  }

  /** A part that many records share: written out once while it is the same object. */
  private final class Part<T> {
    private final Consumer<T> writer;
    private @Nullable T last;
    private byte[] lastBytes = new byte[0];

    Part(Consumer<T> writer) {
      this.writer = writer;
    }

    @SuppressWarnings("ReferenceEquality") // equality would cost what is to be saved
    void member(String name, T part) {
      out.name(name);
      if (part == last) {
        out.value(lastBytes);
        return;
      }
      int from = out.size();
      writer.accept(part);
      lastBytes = out.toBytes(from);
      last = part;
    }
  }

  private void birth(Birth birth) {
    out.beginObject().member("cell", birth.cell()).member("format", birth.format());
    out.name("keys").beginArray();
    birth.keys().forEach(out::string);
    out.endArray().member("kind", Birth.KIND).member("origin", birth.origin()).endObject();
  }

  private void adoption(PolicyAdoption adoption) {
    out.beginObject().member("author", adoption.author());
    if (adoption.inventory().isPresent()) {
      adoption.inventory().get().writeTo(out.name("inventory"));
    }
    out.member("judge", adoption.judge());
    out.member("kind", PolicyAdoption.KIND).name("policy");
    adoption.policy().writeTo(out);
    previous(adoption.previous());
    hash("registry", adoption.registry());
    hash("sha256", adoption.sha256());
    out.member("source", adoption.source()).endObject();
  }

  private void anchor(AnchorEvent anchor) {
    out.beginObject().member("date", anchor.date());
    if (anchor.incomplete()) {
      out.name("incomplete").bool(true);
    }
    out.member("kind", AnchorEvent.KIND).member("leaves", anchor.leaves());
    previous(anchor.previous());
    hash("root", anchor.root());
    if (anchor.takenBack().isPresent()) {
      AnchorEvent.TakenBackTree tree = anchor.takenBack().get();
      out.name("takenBack").beginObject().member("leaves", tree.leaves());
      hash("root", tree.root());
      out.endObject();
    }
    out.member("time", Long.toUnsignedString(anchor.time())).endObject();
  }

  private void record(RecordEvent one) {
    requireDepth(one);
    out.beginObject().name("attributes");
    one.attributes().writeTo(out);
    if (one.body().isPresent()) {
      one.body().get().writeTo(out.name("body"));
    }
    strings("custody", one.custody());
    count("dropped", one.dropped());
    count("flags", one.flags());
    text("id", one.id());
    one.integrity().ifPresent(this::integrity);
    out.member("kind", one.kind().wire());
    if (!one.locations().isEmpty()) {
      locations.member("locations", one.locations());
    }
    text("name", one.name());
    time("observed", one.observed());
    text("person", one.person());
    text("problem", one.problem());
    if (one.resource().isPresent()) {
      resource.member("resource", one.resource().get());
    }
    if (one.scope().isPresent()) {
      scope.member("scope", one.scope().get());
    }
    out.member("sender", one.sender());
    severity(one.severity());
    text("span", one.span());
    time("time", one.time());
    text("trace", one.trace());
    if (one.verdict().isPresent()) {
      verdict.member("verdict", one.verdict().get());
    }
    out.endObject();
  }

  private void integrity(Integrity integrity) {
    out.name("integrity").beginObject().member("algorithm", integrity.algorithm());
    strings("covers", integrity.covers());
    text("key", integrity.key());
    text("reason", integrity.reason());
    out.member("status", integrity.status().wire()).endObject();
  }

  private void locations(Map<Hop, Location> locations) {
    out.beginObject();
    for (Hop hop : HOPS) {
      Location location = locations.get(hop);
      if (location != null) {
        out.name(hop.wire()).beginObject().member("assurance", location.assurance().wire());
        location.evidence().ifPresent(this::evidence);
        out.member("place", location.place()).endObject();
      }
    }
    out.endObject();
  }

  private void evidence(LocationEvidence evidence) {
    out.name("evidence").beginObject();
    time("issued", evidence.issued());
    hash("key", evidence.key());
    hash("sha256", evidence.sha256());
    out.member("subject", evidence.subject()).member("type", evidence.type()).endObject();
  }

  private void resource(Resource resource) {
    out.beginObject().name("attributes");
    resource.attributes().writeTo(out);
    count("dropped", resource.dropped());
    text("schema", resource.schema());
    out.endObject();
  }

  private void scope(Scope scope) {
    out.beginObject();
    if (!scope.attributes().isEmpty()) {
      scope.attributes().writeTo(out.name("attributes"));
    }
    count("dropped", scope.dropped());
    text("name", scope.name());
    text("schema", scope.schema());
    text("version", scope.version());
    out.endObject();
  }

  private void severity(Severity severity) {
    if (severity.equals(Severity.NONE)) {
      return;
    }
    out.name("severity").beginObject();
    if (severity.number() != 0) {
      out.member("number", severity.number());
    }
    text("text", severity.text());
    out.endObject();
  }

  private void verdict(Verdict verdict) {
    out.beginObject().name("findings").beginArray();
    for (Finding finding : verdict.findings()) {
      out.beginObject().member("hop", finding.hop().wire());
      out.member("outcome", finding.outcome().wire()).member("rule", finding.rule()).endObject();
    }
    out.endArray().member("outcome", verdict.outcome().wire());
    out.member("policy", verdict.policy()).endObject();
  }

  private void previous(OptionalLong index) {
    if (index.isPresent()) {
      out.member("previous", index.getAsLong());
    }
  }

  private void hash(String name, Hash hash) {
    out.name(name).hex(hash);
  }

  private void text(String name, String text) {
    if (!text.isEmpty()) {
      out.member(name, text);
    }
  }

  private void strings(String name, List<String> texts) {
    if (!texts.isEmpty()) {
      out.name(name).beginArray();
      texts.forEach(out::string);
      out.endArray();
    }
  }

  private void count(String name, long count) {
    if (count != 0) {
      out.member(name, count);
    }
  }

  private void time(String name, long unixNs) {
    if (unixNs != 0) {
      out.name(name);
      if (unixNs > 0) {
        out.decimalString(unixNs);
      } else {
        out.string(Long.toUnsignedString(unixNs));
      }
    }
  }

  private static void requireDepth(RecordEvent one) {
    int depth = Math.max(one.attributes().depth(), one.resourceAttributes().depth());
    depth = Math.max(depth, one.body().map(Value::depth).orElse(0));
    depth = Math.max(depth, one.scope().map(scope -> scope.attributes().depth()).orElse(0));
    if (depth > Value.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "values nested " + depth + " deep, beyond " + Value.MAX_DEPTH);
    }
  }
}
