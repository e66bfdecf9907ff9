package dev.cadastre.demo;

import static dev.cadastre.demo.Scene.daysAgo;
import static dev.cadastre.demo.Service.Transport.GRPC;
import static dev.cadastre.demo.Service.Transport.HTTP;

import java.util.List;
import java.util.Random;

/**
 * A payments company from the United States: European processing, and keys its customers brought
 * (BYOK).
 */
final class Paybridge implements Scenario {
  private static final String TENANT = "galerie-lumiere";
  private static final String FRANKFURT = "aws:eu-central-1";
  private static final String DUBLIN = "aws:eu-west-1";

  private static final Service CHECKOUT =
      new Service("checkout-api", "2026.46.1", GRPC, "aws", "eu-central-1", "eu-central-1a");
  private static final Service STATEMENTS =
      new Service("statement-worker", "2026.45.0", HTTP, "aws", "eu-west-1", "eu-west-1b");
  private static final Service DISPUTES =
      new Service("dispute-desk", "7.3.0", HTTP, "aws", "eu-west-1", "eu-west-1a");
  private static final Service VAULT =
      new Service("token-vault", "4.0.12", GRPC, "aws", "eu-central-1", "eu-central-1c");
  private static final Service ASSISTANT =
      new Service("support-assistant", "0.18.3", HTTP, "aws", "eu-central-1", "eu-central-1b");
  private static final Service CHARGEBACKS =
      new Service("chargeback-hub", "3.2.2", GRPC, "aws", "us-east-1", "us-east-1d");

  private static final Key CARDS =
      Key.aws("eu-central-1", "410288137733", "6b1f3c1e-52a5-4d0b-9a4e-0d5d2f0e7c11");
  private static final Key PDF =
      Key.aws("eu-west-1", "410288137733", "d0c4a8e2-7b67-4f3c-8a0f-5f1f7f6a2b90");
  private static final Key STRAY =
      Key.aws("us-east-1", "410288137733", "1f0d7b34-90ac-4c25-8c39-73d2a4e1b6aa");

  private static final Actor CHECKOUT_ACTOR = Actor.workload(TENANT, "checkout");
  private static final Actor PDF_ACTOR = Actor.workload(TENANT, "statement-worker");
  private static final Actor CUSTOMER_CISO =
      Actor.person("ines.moreau@galerie-lumiere.example", "FR");
  private static final List<Actor> AGENTS =
      List.of(
          Actor.person("t.oconnell@paybridge.example", "IE"),
          Actor.person("l.svensson@paybridge.example", "SE"));
  private static final String MODEL = "eu.amazon.nova-pro-v1";

  @Override
  public String tenant() {
    return TENANT;
  }

  @Override
  public String title() {
    return "Paybridge, European processing with its customers' keys";
  }

  @Override
  public List<Service> services() {
    return List.of(CHECKOUT, STATEMENTS, DISPUTES, VAULT, ASSISTANT, CHARGEBACKS);
  }

  @Override
  public Happening ordinary(Random random) {
    int chance = random.nextInt(1000);
    if (chance < 330) {
      return payment(random);
    } else if (chance < 560) {
      return decrypt(VAULT, CARDS, 300L * (1 + random.nextInt(3)), "success");
    } else if (chance < 700) {
      return statement(random, "success");
    } else if (chance < 790) {
      return decrypt(STATEMENTS, PDF, 600, "success");
    } else if (chance < 870) {
      return dispute(DISPUTES, random);
    } else if (chance < 955) {
      return answer(random, "eu-central-1");
    } else if (chance < 975) {
      return dispute(CHARGEBACKS, random);
    } else if (chance < 990) {
      return payment(random).with("ledger.location.edge", "global");
    } else if (chance < 995) {
      return answer(random, "us-west-2");
    }
    return decrypt(VAULT, STRAY, 300, "success");
  }

  private static Happening payment(Random random) {
    return Happening.at(CHECKOUT, "data.write")
        .by(CHECKOUT_ACTOR)
        .did("payment.authorize", random.nextInt(25) == 0 ? "failure" : "success")
        .to("payment", "pay_" + Pick.digits(12, random))
        .data("payment-data", "write", "payment-execution", FRANKFURT)
        .with(
            "ledger.location.edge",
            Pick.one(List.of(FRANKFURT, "aws:eu-west-3", "aws:eu-south-1"), random));
  }

  private static Happening statement(Random random, String outcome) {
    return Happening.at(STATEMENTS, "artifact.generated")
        .by(PDF_ACTOR)
        .did("statement.generate", outcome)
        .to("document", "stmt_" + Pick.digits(9, random) + ".pdf")
        .data("statements", "create", "statement", DUBLIN)
        .with("server.address", "s3.eu-west-1.amazonaws.com");
  }

  private static Happening archived(Random random) {
    return Happening.at(STATEMENTS, "data.read")
        .by(PDF_ACTOR)
        .did("statement.read", "success")
        .to("document", "stmt_" + Pick.digits(9, random) + ".pdf")
        .data("statements", "read", "statement", DUBLIN)
        .with("ledger.key.id", PDF.id());
  }

  private static Happening blockedStatement(String document) {
    return Happening.at(STATEMENTS, "artifact.generated")
        .by(PDF_ACTOR)
        .did("statement.generate", "denied")
        .to("document", document)
        .data("statements", "create", "statement", DUBLIN)
        .with("ledger.reason.code", "cmk.disabled")
        .with("ledger.reason.detail", "exports stay off until the customer enables its key");
  }

  private static Happening dispute(Service service, Random random) {
    return Happening.at(service, "data.read")
        .by(Pick.one(AGENTS, random))
        .did("dispute.view", "success")
        .to("dispute", "dp_" + Pick.digits(8, random))
        .data("support-data", "read", "dispute", DUBLIN);
  }

  /** A global inference profile may answer anywhere; the endpoint tells where it did. */
  private static Happening answer(Random random, String region) {
    return Happening.at(ASSISTANT, "gen_ai.client.inference.operation.details")
        .by(Actor.workload(TENANT, "support-assistant"))
        .did("chat.complete", "success")
        .to("model", MODEL)
        .with("ledger.data.category", "support-data")
        .with("ledger.data.purpose", "support")
        .with("server.address", "bedrock-runtime." + region + ".amazonaws.com")
        .with("ledger.inference.region.requested", "eu-central-1")
        .inference(
            "aws.bedrock",
            MODEL,
            "Draft a reply on dispute dp_" + Pick.digits(8, random),
            "The merchant has ten days to answer.",
            random);
  }

  private static Happening decrypt(Service service, Key key, long cacheS, String outcome) {
    return Happening.at(service, "key.decrypt")
        .by(Actor.workload(TENANT, service.name()))
        .did("kms.Decrypt", outcome)
        .to("key", key.id())
        .key(key, "decrypt", 1)
        .with("server.address", "kms." + key.region() + ".amazonaws.com")
        .with("ledger.key.ttl_s", cacheS);
  }

  private static Happening customer(Key key, String operation, int version) {
    return Happening.at(VAULT, "key." + operation)
        .by(CUSTOMER_CISO)
        .did("kms." + operation, "success")
        .to("key", key.id())
        .key(key, operation, version)
        .with("server.address", "kms." + key.region() + ".amazonaws.com");
  }

  @Override
  public List<Scene> story() {
    return List.of(
        daysAgo(7, 0, 3, 0, customer(CARDS, "import", 1)),
        daysAgo(7, 0, 4, 0, customer(PDF, "import", 1)),
        daysAgo(7, 0, 30, 0, riskModel()),
        daysAgo(6, 3, 0, 0, backup(DUBLIN)),
        daysAgo(5, 11, 0, 0, customer(CARDS, "rotate", 2)),
        daysAgo(4, 15, 10, 0, answer(new Random(1), "us-west-2")),
        // The customer disables its key: statements stop until it is enabled again.
        daysAgo(3, 9, 0, 0, customer(PDF, "disable", 0)),
        daysAgo(
            3,
            9,
            0,
            41,
            decrypt(STATEMENTS, PDF, 0, "denied").with("ledger.reason.code", "DisabledException")),
        daysAgo(3, 9, 0, 42, blockedStatement("stmt_481516234.pdf")),
        // A worker that had unwrapped the key before goes on with the copy in its memory.
        daysAgo(3, 9, 6, 20, archived(new Random(3))),
        daysAgo(
            3,
            9,
            14,
            0,
            decrypt(STATEMENTS, PDF, 0, "denied").with("ledger.reason.code", "DisabledException")),
        daysAgo(3, 9, 14, 1, blockedStatement("stmt_481516235.pdf")),
        daysAgo(3, 11, 30, 0, customer(PDF, "enable", 0)),
        daysAgo(3, 11, 31, 0, decrypt(STATEMENTS, PDF, 600, "success")),
        daysAgo(3, 11, 31, 1, statement(new Random(2), "success")),
        // A worker configured for headquarters' account used a key in Virginia.
        daysAgo(2, 13, 5, 0, decrypt(VAULT, STRAY, 300, "success")),
        daysAgo(2, 3, 0, 0, backup("aws:us-east-1")),
        daysAgo(1, 10, 0, 0, webhookEdge()));
  }

  private static Happening riskModel() {
    return Happening.at(CHECKOUT, "model.load")
        .by(CHECKOUT_ACTOR)
        .did("model.load", "success")
        .to("model", "risk-net:118@sha256:0b7d93e1f2a4c655")
        .with("ledger.data.category", "payment-data")
        .with("ledger.location.storage", FRANKFURT);
  }

  private static Happening backup(String place) {
    return Happening.at(STATEMENTS, "backup.completed")
        .by(Actor.workload(TENANT, "snapshotter"))
        .did("snapshot.copy", "success")
        .to("backup", "statements-weekly")
        .data("statements", "copy", "continuity", DUBLIN)
        .with("ledger.location.backup", place);
  }

  private static Happening webhookEdge() {
    return Happening.at(CHECKOUT, "flow.edge")
        .by(CHECKOUT_ACTOR)
        .did("webhook.register", "success")
        .to("endpoint", "https://hooks.galerie-lumiere.example/pay")
        .data("aggregates", "share", "webhook", FRANKFURT)
        .with("ledger.location.gateway", "aws:eu-west-3");
  }
}
