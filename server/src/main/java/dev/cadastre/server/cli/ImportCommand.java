package dev.cadastre.server.cli;

import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.foreign.ForeignFormats;
import dev.cadastre.ingest.imports.ImportFailed;
import dev.cadastre.ingest.imports.ImportTarget;
import dev.cadastre.ingest.imports.LedgerImport;
import dev.cadastre.ingest.imports.OtlpImport;
import dev.cadastre.ingest.record.VaultPlaces;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.Failure;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.TenantId;
import dev.cadastre.server.cli.option.UserFiles;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports audit records of other systems. */
@Command(
    name = "import",
    description = {
      "Import audit records of other systems, plain or gzip, one a line, in arrays or in batches.",
      "A record that the log has already, by its id, is not written again. One that is not",
      "understood is kept as it is, under the kind 'other', and named."
    },
    sortOptions = false)
final class ImportCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Option(
      names = "--tenant",
      paramLabel = "ID",
      required = true,
      converter = TenantId.class,
      description = "Whose log.")
  private LogName tenant;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      completionCandidates = Formats.class,
      description =
          "One of ${COMPLETION-CANDIDATES}. Default: auto, which tells each record by itself.")
  private String format;

  @Option(
      names = "--resource",
      paramLabel = "NAME=VALUE",
      description = {
        "What the records do not say of where they come from, such as",
        "cloud.region=azure:westeurope of a Key Vault's. May be given several times."
      })
  private Map<String, String> resource = new LinkedHashMap<>();

  @Option(
      names = "--key-vault",
      paramLabel = "NAME=PLACE",
      description = {
        "Where a key vault is whose records do not say it, such as acme-eu=azure:westeurope.",
        "May be given several times. With --url, the server's configuration says it."
      })
  private Map<String, String> vaults = new LinkedHashMap<>();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Send to the OTLP/HTTP server of a cell elsewhere instead of opening a data directory.")
  private @Nullable URI url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "The token to send with, of role ingest. Default: $CADASTRE_TOKEN.")
  private @Nullable String token;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files to read; - is standard input.")
  private List<String> files = new ArrayList<>();

  @Mixin private DataOption data;

  ImportCommand(ProcessContext host) {
    this.host = host;
  }

  /** Names for {@code --format}. */
  static final class Formats extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Formats() {
      add("auto");
      addAll(ForeignFormats.names());
    }
  }

  @Override
  public Integer call() throws IOException, Refused {
    ForeignFormats formats = formats();
    for (String file : files) {
      requireReadable(file);
    }
    if (url != null) {
      return run(formats, new OtlpImport(url, token(), resource()));
    }
    try (Cell cell = data.open(host)) {
      cell.requireTenant(tenant);
      cell.requireClock();
      return run(
          formats,
          new LedgerImport(
              cell.ledger(), tenant, "cli", cell.random(), resource(), new VaultPlaces(vaults)));
    }
  }

  private Resource resource() {
    Resource.Builder all = Resource.newBuilder();
    resource.forEach((name, value) -> all.addAttributes(attribute(name, value)));
    return all.build();
  }

  private static KeyValue attribute(String name, String value) {
    if (name.isBlank() || value.isBlank()) {
      throw Failure.mistake(
          "--resource wants NAME=VALUE, such as cloud.region=azure:westeurope; found '"
              + name
              + "="
              + value
              + "'");
    }
    return KeyValue.newBuilder()
        .setKey(name.strip())
        .setValue(AnyValue.newBuilder().setStringValue(value.strip()))
        .build();
  }

  private ForeignFormats formats() {
    if (format.equals("auto")) {
      return ForeignFormats.AUTO;
    }
    return ForeignFormats.named(format)
        .orElseThrow(
            () ->
                Failure.mistake(
                    "there is no format '" + format + "'; it is one of " + new Formats()));
  }

  private String token() {
    Optional<String> given = Optional.ofNullable(token).filter(one -> !one.isBlank());
    return given
        .or(host.variables()::token)
        .map(String::strip)
        .orElseThrow(
            () ->
                Failure.mistake("--url wants a token; give it with --token or in $CADASTRE_TOKEN"));
  }

  private static void requireReadable(String file) {
    if (!file.equals("-") && !Files.isRegularFile(Path.of(file))) {
      throw Failure.mistake(
          "cannot read "
              + file
              + (Files.exists(Path.of(file)) ? ": not a file" : ": no such file"));
    }
  }

  private int run(ForeignFormats formats, ImportTarget target) {
    ImportRun run = new ImportRun(target, host.err());
    try {
      for (String file : files) {
        try (InputStream in = open(file)) {
          run.file(file, in, formats);
        }
      }
      host.out().println(run.summary());
      return ExitCode.OK;
    } catch (IOException | ImportFailed e) {
      throw Failure.failed(
          run.place() + UserFiles.reason(e) + "; before that, " + run.summary(), e);
    }
  }

  private InputStream open(String file) throws IOException {
    return file.equals("-") ? host.in() : Files.newInputStream(Path.of(file));
  }
}
