package dev.cadastre.demo;

import static dev.cadastre.demo.Scene.daysAgo;
import static dev.cadastre.demo.Service.Transport.GRPC;
import static dev.cadastre.demo.Service.Transport.HTTP;

import java.util.List;
import java.util.Random;

/** A European bank whose keys never leave its own HSMs (HYOK). */
final class Rheinbank implements Scenario {
  private static final String TENANT = "rheinbank";
  private static final String FRANKFURT = "onprem:frankfurt-dc1";

  private static final Service CORE =
      new Service("core-banking", "11.4.2", GRPC, "onprem", "frankfurt-dc1", "room-3");
  private static final Service KMS =
      new Service("kms-gateway", "2.9.0", GRPC, "onprem", "frankfurt-dc1", "room-1");
  private static final Service STATEMENTS =
      new Service("statements", "5.0.7", HTTP, "aws", "eu-central-1", "eu-central-1b");
  private static final Service FRAUD =
      new Service("fraud-ml", "1.22.0", HTTP, "aws", "eu-central-1", "eu-central-1a");
  private static final Service INFERENCE =
      new Service("inference-gateway", "3.1.5", GRPC, "aws", "eu-central-1", "eu-central-1c");
  private static final Service BACKUP =
      new Service("backup-agent", "8.2.1", HTTP, "onprem", "munich-dc2", "room-7");

  private static final Key RETAIL = Key.hsm("frankfurt-dc1", "hsm-fra-1", "cmk-retail-2026");
  private static final Key PAYMENTS = Key.hsm("munich-dc2", "hsm-muc-1", "cmk-payments-2026");

  private static final List<Actor> ADVISERS =
      List.of(
          Actor.person("k.brandt@rheinbank.example", "DE"),
          Actor.person("a.yilmaz@rheinbank.example", "DE"),
          Actor.person("s.huber@rheinbank.example", "AT"));
  private static final Actor HSM_OFFICER = Actor.person("m.keller@rheinbank.example", "DE");
  private static final Actor ONLINE_BANKING = Actor.workload(TENANT, "online-banking");
  private static final Actor CLEARING = Actor.workload(TENANT, "sepa-clearing");
  private static final Actor SCORING = Actor.workload(TENANT, "fraud-scoring");
  private static final String MODEL = "eu.anthropic.claude-sonnet-4-5";

  @Override
  public String tenant() {
    return TENANT;
  }

  @Override
  public String title() {
    return "Rheinbank AG, keys in its own HSMs";
  }

  @Override
  public List<Service> services() {
    return List.of(CORE, KMS, STATEMENTS, FRAUD, INFERENCE, BACKUP);
  }

  @Override
  public Happening ordinary(Random random) {
    int chance = random.nextInt(1000);
    if (chance < 300) {
      return account(random);
    } else if (chance < 560) {
      return unwrap(
          Pick.one(List.of(RETAIL, PAYMENTS), random), 60L * (1 + random.nextInt(5)), "success");
    } else if (chance < 720) {
      return payment(random);
    } else if (chance < 850) {
      return statement(random);
    } else if (chance < 960) {
      return explanation(random);
    } else if (chance < 980) {
      return payment(random).with("ledger.location.gateway", "azure:switzerlandnorth");
    } else if (chance < 990) {
      return account(random).with("ledger.location.edge", "cdn-anycast");
    }
    // An hour in memory where the contract allows five minutes.
    return unwrap(RETAIL, 3600, "success");
  }

  private static Happening account(Random random) {
    Actor actor = random.nextInt(3) == 0 ? Pick.one(ADVISERS, random) : ONLINE_BANKING;
    String operation = random.nextInt(5) == 0 ? "update" : "read";
    return Happening.at(CORE, "data." + operation)
        .by(actor)
        .did("account." + operation, "success")
        .to("account", "DE" + Pick.digits(8, random))
        .data("customer-data", operation, "contract", FRANKFURT)
        .with("ledger.key.id", RETAIL.id())
        .with("ledger.key.region", RETAIL.region())
        .with("ledger.key.custody", RETAIL.custody());
  }

  private static Happening payment(Random random) {
    return Happening.at(CORE, "data.write")
        .by(CLEARING)
        .did("payment.book", "success")
        .to("payment", "SCT-" + Pick.digits(10, random))
        .data("payment-data", "write", "payment-execution", FRANKFURT)
        .with("ledger.location.gateway", "aws:eu-central-1");
  }

  private static Happening statement(Random random) {
    return Happening.at(STATEMENTS, "artifact.generated")
        .by(Actor.workload(TENANT, "statements"))
        .did("statement.render", "success")
        .to("document", "statement/2026-" + (1 + random.nextInt(10)) + "/" + Pick.digits(8, random))
        .data("customer-data", "create", "statement", "aws:eu-central-1")
        .with("server.address", "s3.eu-central-1.amazonaws.com");
  }

  private static Happening explanation(Random random) {
    String payment = "SCT-" + Pick.digits(10, random);
    return Happening.at(INFERENCE, "gen_ai.client.inference.operation.details")
        .by(SCORING)
        .did("fraud.explain", "success")
        .to("model", MODEL)
        .with("ledger.data.category", "fraud-signals")
        .with("ledger.data.purpose", "fraud-prevention")
        .with("server.address", "bedrock-runtime.eu-central-1.amazonaws.com")
        .with("ledger.inference.region.requested", "eu-central-1")
        .with("ledger.inference.region.actual", "eu-central-1")
        .inference(
            "aws.bedrock",
            MODEL,
            "Why was payment " + payment + " held?",
            "A new device and a first payment abroad.",
            random);
  }

  private static Happening unwrap(Key key, long cacheS, String outcome) {
    return Happening.at(KMS, "key.unwrap")
        .by(Actor.workload(TENANT, "kms-gateway"))
        .did("dek.unwrap", outcome)
        .to("key", key.id())
        .key(key, "unwrap", 3)
        .with("ledger.key.ttl_s", cacheS);
  }

  private static Happening refused(Key key) {
    return unwrap(key, 0, "denied").with("ledger.reason.code", "CKR_KEY_FUNCTION_NOT_PERMITTED");
  }

  private static Happening officer(Key key, String operation, int version) {
    return Happening.at(KMS, "key." + operation)
        .by(HSM_OFFICER)
        .did("cmk." + operation, "success")
        .to("key", key.id())
        .key(key, operation, version)
        .with("ledger.approval.id", "HSM-CHARTER");
  }

  private static Happening charter() {
    return Happening.at(KMS, "ledger.approval")
        .by(HSM_OFFICER)
        .did("approval.give", "success")
        .approval(
            "HSM-CHARTER",
            "Board of Rheinbank, resolution on key custody",
            "2028-06-30",
            "key",
            RETAIL.id(),
            PAYMENTS.id());
  }

  /** An officer takes a service out of a key's policy, or puts it back. */
  private static Happening policy(Key key, String attribute, String service) {
    return officer(key, "put_policy", 0).with(attribute, Actor.workload(TENANT, service).id());
  }

  private static Happening archive(String outcome) {
    return unwrap(PAYMENTS, 60, outcome).by(Actor.workload(TENANT, "archive-export"));
  }

  private static Happening backup(String place) {
    return Happening.at(BACKUP, "backup.completed")
        .by(Actor.workload(TENANT, "backup-agent"))
        .did("backup.write", "success")
        .to("backup", "core-nightly")
        .data("customer-data", "copy", "continuity", FRANKFURT)
        .with("ledger.location.backup", place);
  }

  @Override
  public List<Scene> story() {
    return List.of(
        new Scene(java.time.Duration.ofDays(8), charter()),
        daysAgo(7, 0, 5, 0, officer(RETAIL, "create", 1)),
        daysAgo(7, 0, 6, 0, officer(PAYMENTS, "create", 1)),
        daysAgo(7, 0, 40, 0, scoringModel()),
        daysAgo(6, 2, 0, 0, backup("onprem:munich-dc2")),
        daysAgo(5, 9, 15, 0, officer(PAYMENTS, "rotate", 2)),
        // The bank's right to end it at any time, exercised as a drill.
        daysAgo(4, 10, 0, 0, officer(RETAIL, "disable", 0)),
        daysAgo(4, 10, 0, 9, refused(RETAIL)),
        daysAgo(4, 10, 0, 31, refused(RETAIL)),
        daysAgo(4, 10, 20, 0, officer(RETAIL, "enable", 0)),
        daysAgo(3, 2, 0, 0, backup("onprem:munich-dc2")),
        // The archive is to be written elsewhere: it loses the key, and all others keep it.
        daysAgo(3, 11, 0, 0, archive("success")),
        daysAgo(3, 11, 30, 0, policy(PAYMENTS, "ledger.key.withdrawn.from", "archive-export")),
        daysAgo(3, 11, 30, 2, archive("failure").with("error.type", "CKR_DEVICE_ERROR")),
        daysAgo(
            3, 11, 30, 7, archive("failure").with("error.type", "CKR_KEY_FUNCTION_NOT_PERMITTED")),
        // A restored job still named last year's bucket, in Ireland.
        daysAgo(2, 2, 0, 0, backup("aws:eu-west-1")),
        daysAgo(2, 8, 30, 0, admission()),
        daysAgo(1, 14, 0, 0, replication()),
        // It names an approval that nobody gave.
        daysAgo(1, 16, 45, 0, supportFromAfar()),
        daysAgo(1, 18, 0, 0, officer(RETAIL, "rotate", 4)));
  }

  private static Happening scoringModel() {
    return Happening.at(FRAUD, "model.load")
        .by(SCORING)
        .did("model.load", "success")
        .to("model", "fraud-gbm:41@sha256:6f1c0a57d2b98e44")
        .with("ledger.data.category", "fraud-signals")
        .with("ledger.location.storage", "aws:eu-central-1");
  }

  private static Happening admission() {
    return Happening.at(FRAUD, "admission.review")
        .by(Actor.workload(TENANT, "gatekeeper"))
        .did("workload.admit", "denied")
        .to("deployment", "fraud-ml-canary")
        .with("ledger.reason.code", "node-selector.sovereign-zone.missing");
  }

  private static Happening replication() {
    return Happening.at(CORE, "flow.edge")
        .by(CLEARING)
        .did("replication.start", "success")
        .to("store", "ledger-db-replica")
        .data("payment-data", "replicate", "continuity", "onprem:munich-dc2");
  }

  private static Happening supportFromAfar() {
    return Happening.at(CORE, "data.read")
        .by(Actor.person("r.iyer@support-partner.example", "IN"))
        .did("account.read", "success")
        .to("account", "DE44501203")
        .data("customer-data", "read", "support", FRANKFURT)
        .with("ledger.approval.id", "SUP-7731");
  }
}
