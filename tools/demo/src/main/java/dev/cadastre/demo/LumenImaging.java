package dev.cadastre.demo;

import static dev.cadastre.demo.Scene.daysAgo;
import static dev.cadastre.demo.Service.Transport.GRPC;
import static dev.cadastre.demo.Service.Transport.HTTP;

import java.util.List;
import java.util.Random;

/** Image analysis for hospitals, as two sovereign deployments: Australia and Singapore. */
final class LumenImaging implements Scenario {
  private static final String TENANT = "meridian-health";

  private static final Service AU_STORE =
      new Service(
          "dicom-store-au", "4.7.0", GRPC, "gcp", "australia-southeast1", "australia-southeast1-a");
  private static final Service AU_INFERENCE =
      new Service(
          "ct-reader-au", "2.3.1", HTTP, "gcp", "australia-southeast1", "australia-southeast1-b");
  private static final Service AU_KEYS =
      new Service(
          "key-broker-au", "1.8.4", GRPC, "gcp", "australia-southeast2", "australia-southeast2-a");
  private static final Service SG_STORE =
      new Service("dicom-store-sg", "4.7.0", HTTP, "gcp", "asia-southeast1", "asia-southeast1-a");
  private static final Service SG_INFERENCE =
      new Service("ct-reader-sg", "2.3.1", GRPC, "gcp", "asia-southeast1", "asia-southeast1-c");
  private static final Service SG_KEYS =
      new Service("key-broker-sg", "1.8.4", HTTP, "gcp", "asia-southeast1", "asia-southeast1-b");

  /** One of the two deployments. */
  private record Side(
      String category,
      String place,
      String region,
      Service store,
      Service inference,
      Service keys,
      Key key) {}

  private static final Side AU =
      new Side(
          "imaging-au",
          "gcp:australia-southeast1",
          "australia-southeast1",
          AU_STORE,
          AU_INFERENCE,
          AU_KEYS,
          Key.gcp("lumen-au-prod", "australia-southeast1", "hospitals", "st-vincents"));
  private static final Side SG =
      new Side(
          "imaging-sg",
          "gcp:asia-southeast1",
          "asia-southeast1",
          SG_STORE,
          SG_INFERENCE,
          SG_KEYS,
          Key.gcp("lumen-sg-prod", "asia-southeast1", "hospitals", "tan-tock-seng"));

  private static final List<Actor> RADIOLOGISTS_AU =
      List.of(
          Actor.person("dr.nguyen@stv-radiology.example", "AU"),
          Actor.person("dr.walker@stv-radiology.example", "NZ"));
  private static final List<Actor> RADIOLOGISTS_SG =
      List.of(Actor.person("dr.lim@ttsh-imaging.example", "SG"));
  private static final String MODEL = "lumen-ct-lung-3.2";

  @Override
  public String tenant() {
    return TENANT;
  }

  @Override
  public String title() {
    return "Lumen Imaging, sovereign in Australia and in Singapore";
  }

  @Override
  public List<Service> services() {
    return List.of(AU_STORE, AU_INFERENCE, AU_KEYS, SG_STORE, SG_INFERENCE, SG_KEYS);
  }

  @Override
  public Happening ordinary(Random random) {
    Side side = random.nextInt(5) < 3 ? AU : SG;
    int chance = random.nextInt(1000);
    if (chance < 330) {
      return study(side, "read", random);
    } else if (chance < 480) {
      return study(side, "write", random);
    } else if (chance < 720) {
      return decrypt(side, 60L * (2 + random.nextInt(8)), "success");
    } else if (chance < 960) {
      return reading(side, side.inference, random);
    } else if (chance < 980) {
      return reading(SG, AU_INFERENCE, random).with("ledger.approval.id", "LI-SR-3");
    } else if (chance < 992) {
      // An old agent that does not say where it stores.
      return study(side, "read", random).with("ledger.location.storage", "pacs-cluster-2");
    }
    return decrypt(side, 1800, "success");
  }

  private static Happening study(Side side, String operation, Random random) {
    List<Actor> people = side.equals(AU) ? RADIOLOGISTS_AU : RADIOLOGISTS_SG;
    Actor actor =
        operation.equals("read")
            ? Pick.one(people, random)
            : Actor.workload(TENANT, "modality-gateway");
    return Happening.at(side.store, "data." + operation)
        .by(actor)
        .did("study." + operation, "success")
        .to("study", "1.2.826.0.1.3680043." + Pick.digits(9, random))
        .data(side.category, operation, "diagnosis", side.place)
        .with("ledger.data.record.count", 40L + random.nextInt(400));
  }

  private static Happening reading(Side side, Service where, Random random) {
    return Happening.at(where, "gen_ai.client.inference.operation.details")
        .by(Actor.workload(TENANT, "ct-reader"))
        .did("study.analyse", "success")
        .to("model", MODEL)
        .with("ledger.data.category", side.category)
        .with("ledger.data.purpose", "diagnosis")
        .with("server.address", where.region() + "-aiplatform.googleapis.com")
        .with("ledger.inference.region.requested", side.region)
        .with("ledger.inference.region.actual", where.region())
        .inference(
            "gcp.vertex_ai",
            MODEL,
            "Describe nodules in series " + Pick.digits(6, random),
            "One nodule of 6 mm in the right upper lobe.",
            random);
  }

  private static Happening decrypt(Side side, long cacheS, String outcome) {
    return Happening.at(side.keys, "key.decrypt")
        .by(Actor.workload(TENANT, "key-broker"))
        .did("cloudkms.Decrypt", outcome)
        .to("key", side.key.id())
        .key(side.key, "decrypt", 4)
        .with("ledger.key.ttl_s", cacheS);
  }

  private static Happening keeper(Side side, String operation, int version) {
    Actor keeper =
        Actor.person(
            "keys@" + (side.equals(AU) ? "stv" : "ttsh") + ".example",
            side.equals(AU) ? "AU" : "SG");
    return Happening.at(side.keys, "key." + operation)
        .by(keeper)
        .did("cloudkms." + operation, "success")
        .to("key", side.key.id())
        .key(side.key, operation, version);
  }

  private static Happening weights(Side side) {
    return Happening.at(side.inference, "model.load")
        .by(Actor.workload(TENANT, "ct-reader"))
        .did("model.load", "success")
        .to("model", MODEL + "@sha256:c2f7e61b0aa94d13")
        .with("ledger.data.category", "model-weights")
        .with("ledger.location.storage", side.place);
  }

  private static Happening backup(Side side, String place) {
    return Happening.at(side.store, "backup.completed")
        .by(Actor.workload(TENANT, "archive"))
        .did("archive.copy", "success")
        .to("backup", side.category + "-weekly")
        .data(side.category, "copy", "continuity", side.place)
        .with("ledger.location.backup", place);
  }

  private static Happening secondReading() {
    return Happening.at(AU_INFERENCE, "ledger.approval")
        .by(Actor.workload(TENANT, "governance"))
        .did("approval.give", "success")
        .approval(
            "LI-SR-3",
            "Ethics committee of the hospital group, second readings",
            "2028-12-31",
            "category",
            SG.category);
  }

  @Override
  public List<Scene> story() {
    return List.of(
        new Scene(java.time.Duration.ofDays(8), secondReading()),
        daysAgo(7, 0, 2, 0, keeper(AU, "create", 1)),
        daysAgo(7, 0, 3, 0, keeper(SG, "create", 1)),
        daysAgo(7, 1, 0, 0, weights(AU)),
        daysAgo(7, 1, 1, 0, weights(SG)),
        daysAgo(6, 4, 0, 0, backup(AU, "gcp:australia-southeast2")),
        daysAgo(6, 4, 10, 0, backup(SG, SG.place)),
        daysAgo(5, 6, 0, 0, keeper(AU, "rotate", 5)),
        daysAgo(4, 7, 0, 0, keeper(SG, "rotate", 5)),
        // A failed-over job read Singapore's studies in Sydney, which no exception covers for
        // storage.
        daysAgo(
            3,
            5,
            30,
            0,
            study(SG, "read", new Random(3)).with("ledger.location.storage", AU.place)),
        daysAgo(2, 4, 0, 0, backup(SG, "gcp:asia-southeast2")),
        daysAgo(2, 9, 0, 0, enclave()),
        daysAgo(1, 8, 0, 0, keeper(AU, "disable", 0)),
        daysAgo(
            1,
            8,
            0,
            14,
            decrypt(AU, 0, "denied").with("ledger.reason.code", "FAILED_PRECONDITION")),
        daysAgo(1, 8, 5, 0, keeper(AU, "enable", 0)));
  }

  private static Happening enclave() {
    return Happening.at(SG_INFERENCE, "location.evidence")
        .by(Actor.workload(TENANT, "node-attestor"))
        .did("evidence.collect", "success")
        .to("instance", "ct-reader-sg-1")
        .with("ledger.location.evidence.type", "gce-identity-token")
        .with("ledger.location.evidence.value", "sha256:5d41402abc4b2a76b9719d911017c592");
  }
}
