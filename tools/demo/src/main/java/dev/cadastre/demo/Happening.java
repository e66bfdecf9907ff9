package dev.cadastre.demo;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Severity;
import java.util.List;
import java.util.Random;

/** Something that a service says happened: an event's name and its attributes. */
final class Happening {
  private final Service service;
  private final String name;
  private final AttributesBuilder attributes = Attributes.builder();
  private Severity severity = Severity.INFO;

  private Happening(Service service, String name) {
    this.service = service;
    this.name = name;
  }

  static Happening at(Service service, String name) {
    return new Happening(service, name);
  }

  Service service() {
    return service;
  }

  String name() {
    return name;
  }

  Severity severity() {
    return severity;
  }

  Attributes attributes() {
    return attributes.build();
  }

  Happening with(String attribute, String value) {
    attributes.put(AttributeKey.stringKey(attribute), value);
    return this;
  }

  Happening with(String attribute, long value) {
    attributes.put(AttributeKey.longKey(attribute), value);
    return this;
  }

  Happening by(Actor actor) {
    if (!actor.country().isEmpty()) {
      with("ledger.location.operator.country", actor.country());
      with("client.address", "198.51.100." + (1 + Math.floorMod(actor.id().hashCode(), 250)));
    }
    return with("audit.actor.id", actor.id()).with("audit.actor.type", actor.type());
  }

  Happening did(String action, String outcome) {
    if (!outcome.equals("success")) {
      severity = Severity.WARN;
    }
    return with("audit.action", action).with("audit.outcome", outcome);
  }

  Happening to(String type, String id) {
    return with("audit.target.type", type).with("audit.target.id", id);
  }

  /** Data of a category, for a purpose, kept at a place. */
  Happening data(String category, String operation, String purpose, String storage) {
    return with("ledger.data.category", category)
        .with("ledger.data.classification", "confidential")
        .with("ledger.data.operation", operation)
        .with("ledger.data.purpose", purpose)
        .with("ledger.location.storage", storage);
  }

  /** An act on a key; version 0 is all of them. */
  Happening key(Key key, String operation, int version) {
    Happening of =
        with("ledger.key.id", key.id())
            .with("ledger.key.provider", key.provider())
            .with("ledger.key.region", key.region())
            .with("ledger.key.custody", key.custody())
            .with("ledger.key.operation", operation)
            .with("ledger.key.algorithm", "AES-256-GCM");
    return version == 0 ? of : of.with("ledger.key.version", Integer.toString(version));
  }

  /**
   * An approval.
   *
   * @param part of its scope that it names, such as {@code category}
   */
  Happening approval(String id, String authority, String until, String part, String... allowed) {
    attributes.put(AttributeKey.stringArrayKey("ledger.approval." + part), List.of(allowed));
    return with("ledger.approval.id", id)
        .with("ledger.approval.authority", authority)
        .with("ledger.approval.until", until);
  }

  /** A conversation with a model. The messages are here so that one sees them hashed on arrival. */
  Happening inference(
      String provider, String model, String question, String answer, Random random) {
    return with("gen_ai.operation.name", "chat")
        .with("gen_ai.provider.name", provider)
        .with("gen_ai.request.model", model)
        .with("gen_ai.response.model", model)
        .with("gen_ai.usage.input_tokens", 180L + random.nextInt(900))
        .with("gen_ai.usage.output_tokens", 20L + random.nextInt(300))
        .with("gen_ai.input.messages", message("user", question))
        .with("gen_ai.output.messages", message("assistant", answer))
        .with("ledger.inference.retention", "none");
  }

  private static String message(String role, String text) {
    return "[{\"role\":\""
        + role
        + "\",\"parts\":[{\"type\":\"text\",\"content\":\""
        + text
        + "\"}]}]";
  }
}
