package dev.cadastre.demo;

import static dev.cadastre.demo.Scene.daysAgo;
import static dev.cadastre.demo.Service.Transport.GRPC;
import static dev.cadastre.demo.Service.Transport.HTTP;

import java.util.List;
import java.util.Random;

/** A school platform in Brazil under the LGPD; its schools get new keys every 60 days. */
final class EscolaViva implements Scenario {
  private static final String TENANT = "rede-estadual";
  private static final String SAO_PAULO = "aws:sa-east-1";

  private static final Service CLASSROOM =
      new Service("classroom-api", "3.12.0", GRPC, "aws", "sa-east-1", "sa-east-1a");
  private static final Service GRADES =
      new Service("gradebook", "2.5.9", HTTP, "aws", "sa-east-1", "sa-east-1c");
  private static final Service KEYS =
      new Service("key-service", "1.4.0", GRPC, "aws", "sa-east-1", "sa-east-1b");
  private static final Service TUTOR =
      new Service("tutor-inference", "0.9.6", HTTP, "aws", "sa-east-1", "sa-east-1a");
  private static final Service CAPTIONS =
      new Service("live-captions", "1.1.0", HTTP, "aws", "us-east-1", "us-east-1b");

  private static final Key SCHOOLS =
      Key.aws("sa-east-1", "730335218842", "9c2e6a40-3b7d-4a86-9a53-2f1f8f4cc0d5");
  private static final Key STATE =
      Key.aws("sa-east-1", "730335218842", "b47f1d52-0e65-4a1c-b1c8-6f0d2b9a7e31");

  private static final List<Actor> TEACHERS =
      List.of(
          Actor.person("prof.almeida@escola-viva.example", "BR"),
          Actor.person("prof.teixeira@escola-viva.example", "BR"),
          Actor.person("prof.rocha@escola-viva.example", "PT"));
  private static final Actor KEY_OFFICER = Actor.person("seguranca@rede-estadual.example", "BR");
  private static final String MODEL = "amazon.nova-lite-v1";

  @Override
  public String tenant() {
    return TENANT;
  }

  @Override
  public String title() {
    return "Escola Viva, pupils' data in Brazil";
  }

  @Override
  public List<Service> services() {
    return List.of(CLASSROOM, GRADES, KEYS, TUTOR, CAPTIONS);
  }

  @Override
  public Happening ordinary(Random random) {
    int chance = random.nextInt(1000);
    if (chance < 380) {
      return pupil(random, SAO_PAULO);
    } else if (chance < 560) {
      return grade(random);
    } else if (chance < 780) {
      return unwrap(
          Pick.one(List.of(SCHOOLS, STATE), random), 60L * (5 + random.nextInt(25)), "success");
    } else if (chance < 920) {
      return hint(random);
    } else if (chance < 950) {
      // A teacher abroad: the edge is there, the data are here.
      return pupil(random, "aws:eu-west-3");
    } else if (chance < 975) {
      return captions(random);
    } else if (chance < 993) {
      return grade(random).with("ledger.location.edge", "unknown-pop");
    }
    return analyticsKit(random);
  }

  private static Happening pupil(Random random, String edge) {
    return Happening.at(CLASSROOM, "data.read")
        .by(Pick.one(TEACHERS, random))
        .did("pupil.view", "success")
        .to("pupil", "aluno/" + Pick.digits(7, random))
        .data("pupil-records", "read", "teaching", SAO_PAULO)
        .with("ledger.location.edge", edge);
  }

  private static Happening grade(Random random) {
    return Happening.at(GRADES, "data.write")
        .by(Pick.one(TEACHERS, random))
        .did("grade.enter", "success")
        .to("grade", "nota/" + Pick.digits(8, random))
        .data("grades", "write", "assessment", SAO_PAULO)
        .with("ledger.location.edge", SAO_PAULO);
  }

  private static Happening unwrap(Key key, long cacheS, String outcome) {
    return Happening.at(KEYS, "key.unwrap")
        .by(Actor.workload(TENANT, "key-service"))
        .did("dek.unwrap", outcome)
        .to("key", key.id())
        .key(key, "unwrap", 6)
        .with("server.address", "kms.sa-east-1.amazonaws.com")
        .with("ledger.key.ttl_s", cacheS);
  }

  private static Happening hint(Random random) {
    return Happening.at(TUTOR, "gen_ai.client.inference.operation.details")
        .by(Actor.workload(TENANT, "tutor"))
        .did("tutor.hint", "success")
        .to("model", MODEL)
        .with("ledger.data.category", "pupil-records")
        .with("ledger.data.purpose", "teaching")
        .with("server.address", "bedrock-runtime.sa-east-1.amazonaws.com")
        .with("ledger.inference.region.requested", "sa-east-1")
        .inference(
            "aws.bedrock",
            MODEL,
            "Como resolvo 3x + " + (1 + random.nextInt(20)) + " = 25?",
            "Passe o termo independente para o outro lado.",
            random);
  }

  private static Happening captions(Random random) {
    return Happening.at(CAPTIONS, "data.read")
        .by(Actor.workload(TENANT, "live-captions"))
        .did("lesson.caption", "success")
        .to("lesson", "aula/" + Pick.digits(6, random))
        .data("pupil-records", "read", "accessibility", SAO_PAULO)
        .with("ledger.data.subject.group", "minor-over-12")
        .with("ledger.approval.id", "CONSENT-LIBRAS");
  }

  private static Happening consent() {
    return Happening.at(CAPTIONS, "ledger.approval")
        .by(Actor.workload(TENANT, "school-office"))
        .did("approval.give", "success")
        .approval(
            "CONSENT-LIBRAS",
            "Guardians, by form LBR-2",
            "2028-07-31",
            "category",
            "pupil-records");
  }

  /** A hidden analytics kit that calls home. */
  private static Happening analyticsKit(Random random) {
    return Happening.at(CLASSROOM, "flow.edge")
        .by(Actor.workload(TENANT, "classroom-web"))
        .did("analytics.send", "success")
        .to("endpoint", "collect.kit-analytics.example")
        .with("server.address", "collect.kit-analytics.example")
        .with("ledger.data.category", "pupil-records")
        .data("pupil-records", "share", "analytics", "gcp:us-central1")
        .with("ledger.data.record.count", 1L + random.nextInt(30));
  }

  private static Happening officer(Key key, String operation, int version) {
    return Happening.at(KEYS, "key." + operation)
        .by(KEY_OFFICER)
        .did("kms." + operation, "success")
        .to("key", key.id())
        .key(key, operation, version)
        .with("server.address", "kms.sa-east-1.amazonaws.com");
  }

  private static Happening backup(String place) {
    return Happening.at(GRADES, "backup.completed")
        .by(Actor.workload(TENANT, "snapshots"))
        .did("snapshot.copy", "success")
        .to("backup", "gradebook-daily")
        .data("grades", "copy", "continuity", SAO_PAULO)
        .with("ledger.location.backup", place);
  }

  private static Happening tutorModel() {
    return Happening.at(TUTOR, "model.load")
        .by(Actor.workload(TENANT, "tutor"))
        .did("model.load", "success")
        .to("model", "tutor-rank:9@sha256:71ee5afc30d2b8a6")
        .with("ledger.data.category", "lessons")
        .with("ledger.location.storage", SAO_PAULO);
  }

  @Override
  public List<Scene> story() {
    return List.of(
        // 60 days apart, to the hour.
        new Scene(java.time.Duration.ofDays(126), officer(SCHOOLS, "rotate", 4)),
        new Scene(java.time.Duration.ofDays(66), officer(SCHOOLS, "rotate", 5)),
        new Scene(java.time.Duration.ofDays(8), consent()),
        daysAgo(7, 0, 10, 0, tutorModel()),
        daysAgo(6, 3, 0, 0, officer(SCHOOLS, "rotate", 6)),
        daysAgo(6, 3, 5, 0, officer(STATE, "create", 1)),
        daysAgo(5, 2, 0, 0, backup(SAO_PAULO)),
        daysAgo(4, 2, 0, 0, backup("aws:us-east-1")),
        daysAgo(3, 14, 0, 0, analyticsKit(new Random(4))),
        daysAgo(3, 17, 20, 0, blocked()),
        daysAgo(2, 12, 0, 0, officer(STATE, "disable", 0)),
        daysAgo(
            2,
            12,
            0,
            22,
            unwrap(STATE, 0, "denied").with("ledger.reason.code", "DisabledException")),
        daysAgo(2, 12, 45, 0, officer(STATE, "enable", 0)),
        daysAgo(1, 2, 0, 0, backup(SAO_PAULO)));
  }

  private static Happening blocked() {
    return Happening.at(CLASSROOM, "egress.decision")
        .by(Actor.workload(TENANT, "egress-proxy"))
        .did("egress.connect", "denied")
        .to("endpoint", "collect.kit-analytics.example")
        .with("server.address", "collect.kit-analytics.example")
        .with("ledger.data.category", "pupil-records")
        .with("ledger.reason.code", "host.not-allowlisted");
  }
}
