package dev.cadastre.ingest;

import dev.cadastre.formats.Refused;
import dev.cadastre.fuzz.FuzzSuite;
import dev.cadastre.fuzz.FuzzTarget;
import dev.cadastre.ingest.foreign.ForeignDecoders;
import dev.cadastre.ingest.foreign.RecordTooLarge;
import dev.cadastre.ingest.integrity.KeyDecoders;
import dev.cadastre.ingest.location.EvidenceDecoders;
import dev.cadastre.ingest.request.Rejected;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** Every decoder of {@code ingest}. */
public final class IngestTargets implements FuzzSuite {
  /** Formats and the files of examples to them. */
  private static final List<Map.Entry<String, String>> FORMATS =
      List.of(
          Map.entry("cloudtrail", "cloudtrail.json"),
          Map.entry("gcp", "gcp.ndjson"),
          Map.entry("azure-keyvault", "azure-keyvault.json"),
          Map.entry("vault", "vault.ndjson"),
          Map.entry("opa", "opa.json"),
          Map.entry("kubernetes", "kubernetes.json"),
          Map.entry("falco", "falco.ndjson"),
          Map.entry("ocsf", "ocsf.ndjson"),
          Map.entry("azure-activity", "azure-activity.json"),
          Map.entry("entra-sign-in", "entra-sign-in.json"),
          Map.entry("okta", "okta.ndjson"),
          Map.entry("in-toto", "in-toto.ndjson"),
          Map.entry("sarif", "sarif.json"),
          Map.entry("checkov", "checkov.json"),
          Map.entry("openlineage", "openlineage.ndjson"),
          Map.entry("envoy", "envoy.ndjson"),
          Map.entry("s3-access", "s3-access.log"),
          Map.entry("vpc-flow", "vpc-flow.log"));

  @Override
  public List<FuzzTarget> targets() {
    return Stream.of(requests(), importers(), EvidenceDecoders.targets(), keys())
        .flatMap(List::stream)
        .toList();
  }

  private static List<FuzzTarget> requests() {
    return List.of(
        FuzzTarget.of("otlp-protobuf", () -> new RequestDecoders.Protobuf()::decode)
            .seeds(RequestDecoders::protobufs)
            .allows(Rejected.class)
            .bytesMax(8_192)
            .runs(600),
        FuzzTarget.of("otlp-json", () -> new RequestDecoders.JsonText()::decode)
            .seeds(RequestDecoders::jsons)
            .allows(Rejected.class)
            .json()
            .runs(600),
        FuzzTarget.of("audit", () -> new RequestDecoders.Audit()::decode)
            .seeds(AuditKeys::bodies)
            .allows(Rejected.class)
            .runs(600),
        FuzzTarget.of("gzip", () -> RequestDecoders::gzip)
            .seeds(RequestDecoders::gzips)
            .allows(Rejected.class)
            .runs(3_000));
  }

  private static List<FuzzTarget> importers() {
    List<FuzzTarget> targets = new ArrayList<>();
    for (Map.Entry<String, String> format : FORMATS) {
      targets.add(
          FuzzTarget.of(
                  "import-" + format.getKey(),
                  () -> new ForeignDecoders.Importer(format.getKey())::decode)
              .seeds(() -> ForeignDecoders.seeds(format.getValue()))
              .allows(Rejected.class, Refused.class)
              .json()
              .runs(250));
    }
    targets.add(
        FuzzTarget.of("import-file", () -> new ForeignDecoders.ImportFile()::decode)
            .seeds(ForeignDecoders::files)
            .allows(
                Rejected.class,
                IOException.class,
                EOFException.class,
                ZipException.class,
                RecordTooLarge.class)
            .bytesMax(8_192)
            .runs(200));
    return targets;
  }

  private static List<FuzzTarget> keys() {
    return List.of(
        FuzzTarget.of("record-signature", () -> new KeyDecoders.Signatures()::decode)
            .seeds(KeyDecoders::signed)
            .allows(Refused.class)
            .runs(3_000),
        FuzzTarget.of("trusted-keys", () -> new KeyDecoders.TrustFiles()::decode)
            .seeds(KeyDecoders.TrustFiles::seeds)
            .runs(2_000));
  }
}
