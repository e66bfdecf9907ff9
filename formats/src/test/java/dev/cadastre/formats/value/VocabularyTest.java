package dev.cadastre.formats.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Kinds;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
  @ParameterizedTest
  @CsvSource({
    "data.access, data.access",
    "ledger.data.access, data.access",
    "Data.Access, data.access",
    "data.access.denied, data.access",
    "key.use, key.use",
    "key.unwrap, key.use",
    "key.unwrap.request, key.use",
    "key.GenerateDataKey, key.use",
    "dek.bootstrap, key.use",
    "ekm.call, key.use",
    "key.notice, other",
    "key.disabled, other",
    "key.disable.notice, other",
    "dek.evicted, other",
    "key, other",
    "key.lifecycle, key.lifecycle",
    "key.rotate, key.lifecycle",
    "key.disable, key.lifecycle",
    "gen_ai.client.inference.operation.details, inference",
    "inference.request, inference",
    "model.load, model.load",
    "model.loader, other",
    "admission.decision, policy.decision",
    "egress.denied, egress",
    "exfil.attempt, egress",
    "gateway.decision, gateway.decision",
    "location.evidence, location.evidence",
    "flow.edge, flow.edge",
    "backup.created, lifecycle",
    "drill.finished, drill",
    "incident.opened, incident",
    "disclosure.request, disclosure.request",
    "publication, publication",
    "keyboard.pressed, other",
    "'', other",
    "., other",
  })
  void anEventsNameTellsItsKind(String name, String kind) {
    assertEquals(kind, Kinds.of(name, Attributes.EMPTY, Attributes.EMPTY).wire());
  }

  @ParameterizedTest
  @CsvSource({
    "ledger.key.operation, decrypt, key.use",
    "ledger.key.operation, Schedule-Deletion, key.lifecycle",
    "gen_ai.operation.name, chat, inference",
    "ledger.inference.retention, none, inference",
    "ledger.data.object.id, acct-1, data.access",
    "ledger.key.id, k, other",
    "ledger.key.operation, anything, key.use",
    "ledger.location.evidence.type, aws-iid, location.evidence",
    "service.name, x, other",
  })
  void withoutAKnownNameAttributesTellIt(String attribute, String text, String kind)
      throws Refused {
    Attributes attributes = Attributes.builder().put(attribute, text).build();
    assertEquals(kind, Kinds.of("something", attributes, Attributes.EMPTY).wire());
    assertEquals(kind, Kinds.of("", attributes, Attributes.EMPTY).wire());
  }

  @Test
  void anAuditRecordOfReadingATargetIsADataAccess() throws Refused {
    Attributes read =
        Attributes.builder().put("audit.action", "READ").put("audit.target.id", "doc-1").build();
    Attributes login = Attributes.builder().put("audit.action", "LOGIN").build();
    assertEquals(Kind.DATA_ACCESS, Kinds.of("", read, Attributes.EMPTY));
    assertEquals(Kind.OTHER, Kinds.of("", login, Attributes.EMPTY));
  }

  @Test
  void whatOnlyNamesAKeyDoesNotUseIt() throws Refused {
    Attributes.Builder named = Attributes.builder().put("ledger.key.id", "k-1");
    assertEquals(Kind.NOTICE, Kinds.of("notice.sent", named.build(), Attributes.EMPTY));
    assertEquals(Kind.OTHER, Kinds.of("key.notice", named.build(), Attributes.EMPTY));
    named.put("audit.action", "SEND");
    assertEquals(Kind.NOTICE, Kinds.of("notice.sent", named.build(), Attributes.EMPTY));
    Attributes unwrapped =
        Attributes.builder().put("ledger.key.id", "k-1").put("audit.action", "Unwrap").build();
    assertEquals(Kind.KEY_USE, Kinds.of("notice.sent", unwrapped, Attributes.EMPTY));
  }

  @Test
  void noSenderReachesAKindOfTheCellsOwn() {
    Stream.of(Kind.values())
        .filter(kind -> !kind.fromSenders())
        .forEach(
            kind -> {
              assertEquals(Kind.OTHER, Kinds.of(kind.wire(), Attributes.EMPTY, Attributes.EMPTY));
              assertEquals(
                  Kind.OTHER,
                  Kinds.of("ledger." + kind.wire(), Attributes.EMPTY, Attributes.EMPTY));
            });
    assertEquals(Kind.OTHER, Kinds.of("log.birth", Attributes.EMPTY, Attributes.EMPTY));
    assertEquals(Kind.OTHER, Kinds.of("policy.adopted", Attributes.EMPTY, Attributes.EMPTY));
    assertEquals(Kind.OTHER, Kinds.of("anchor", Attributes.EMPTY, Attributes.EMPTY));
  }

  @Test
  void wireNamesOfHopsAreInTheOrderTheyAreWritten() {
    List<String> wires = Stream.of(Hop.values()).map(Hop::wire).toList();
    assertEquals(wires.stream().sorted().toList(), wires);
  }

  @ParameterizedTest
  @CsvSource({
    "user.name",
    "user.email",
    "enduser.id",
    "client.address",
    "audit.source.ip",
    "network.peer.address",
    "source.address",
    "http.request.header.cookie",
    "gen_ai.user.id"
  })
  void whatTellsOfPersonsIsPrivate(String name) {
    assertTrue(PrivateAttributes.isPrivate(name, Optional.of("service")));
  }

  @ParameterizedTest
  @CsvSource({
    "user_agent.original",
    "server.address",
    "service.name",
    "ledger.data.object.id",
    "username.length",
    "audit.action"
  })
  void whatTellsOfMachinesIsNot(String name) {
    assertFalse(PrivateAttributes.isPrivate(name, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "service, false",
    "System, false",
    "' workload ', false",
    "user, true",
    "'', true",
    "admin, true",
    ", true"
  })
  void anActorIsPrivateUnlessItIsAMachine(String type, boolean isPrivate) {
    assertEquals(
        isPrivate, PrivateAttributes.isPrivate("audit.actor.id", Optional.ofNullable(type)));
  }

  @ParameterizedTest
  @CsvSource({
    "gen_ai.input.messages",
    "gen_ai.output.messages",
    "gen_ai.system_instructions",
    "gen_ai.prompt.0.content",
    "gen_ai.tool.call.arguments",
    "gen_ai.tool.call.result",
    "db.query.text",
    "db.query.parameter.0",
    "http.request.body.content",
    "llm.prompts.0.content",
    "traceloop.entity.input",
    "gen_ai.event.content",
    "gen_ai.content.prompt",
    "ai.prompt.messages",
    "langfuse.input",
    "retrieval.documents.0.document.content",
    "gcp.vertex.agent.llm_request"
  })
  void contentIsRecognised(String name) {
    assertTrue(ContentAttributes.isContent(name));
  }

  @ParameterizedTest
  @CsvSource({
    "gen_ai.operation.name",
    "gen_ai.usage.input_tokens",
    "gen_ai.request.model",
    "db.system.name",
    "http.request.body.size",
    "gen_ai.output.content_type",
    "ai.model.id",
    "retrieval.documents.0.document.id",
    "ledger.inference.prompt.sha256",
    "llm.model"
  })
  void whatDescribesContentIsNotContent(String name) {
    assertFalse(ContentAttributes.isContent(name));
  }
}
