package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Revokes a token. */
@Command(
    name = "revoke",
    description = "End a token, and every session that began with it, at once.")
public final class TokenRevokeCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Parameters(
      paramLabel = "TOKEN-ID",
      description = "The 8 hex digits that 'token list' shows; not the token itself.")
  private String id;

  @Mixin private DataOption data;

  public TokenRevokeCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    try (Cell cell = data.open(host)) {
      cell.operator("cli").revokeToken(id);
      host.out().println("token " + id + " revoked");
    }
    return ExitCode.OK;
  }
}
