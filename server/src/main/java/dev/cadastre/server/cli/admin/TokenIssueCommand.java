package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.DurationText;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.TenantId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Issues a token. */
@Command(
    name = "issue",
    description = "Make an access token and print it, alone, on standard output. It is shown once.",
    sortOptions = false)
public final class TokenIssueCommand implements Callable<Integer> {
  private final ProcessContext host;

  @ArgGroup(multiplicity = "1")
  private Scope scope;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      converter = RoleName.class,
      description = {
        "ingest: send events. viewer: read them and export evidence.",
        "auditor: read private attributes as well. operator: run the cell.",
        "counterpart: send the customer's own side of the story, to one tenant."
      })
  private Role role;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long it is good for, such as 12h or 30d. Default: until revoked")
  private @Nullable Duration expires;

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What to call it in lists.")
  private String label = "";

  @Mixin private DataOption data;

  /** Whose log the token opens. */
  static final class Scope {
    @Option(
        names = "--tenant",
        paramLabel = "ID",
        converter = TenantId.class,
        description = "The one tenant it is good for.")
    private @Nullable LogName tenant;

    @Option(names = "--all-tenants", description = "Good for every tenant, and for the cell.")
    private boolean all;
  }

  /** Reads a role. */
  static final class RoleName implements ITypeConverter<Role> {
    @Override
    public Role convert(String value) {
      try {
        return Role.parse(value);
      } catch (Refused unknown) {
        throw new TypeConversionException(String.valueOf(unknown.getMessage()));
      }
    }
  }

  public TokenIssueCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    try (Cell cell = data.open(host)) {
      host.out()
          .println(
              cell.operator("cli")
                  .issueToken(
                      role,
                      Optional.ofNullable(scope.tenant),
                      label,
                      Optional.ofNullable(expires)));
    }
    return ExitCode.OK;
  }
}
