package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.access.Token;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.CellView;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists tokens. */
@Command(
    name = "list",
    description = "List the tokens that were issued; the tokens themselves are not kept.")
public final class TokenListCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Mixin private DataOption data;

  public TokenListCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    try (CellView cell = data.view(host)) {
      cell.tokens()
          .list()
          .forEach(token -> host.out().println(line(token, host.clock().instant())));
    }
    return ExitCode.OK;
  }

  private static String line(Token token, Instant now) {
    String scope = token.principal().tenant().map(LogName::value).orElse("all tenants");
    return String.format(
            Locale.ROOT,
            "%s  %-8s  %-20s  issued %s  %s  %s",
            token.principal().tokenId(),
            token.principal().role().wire(),
            scope,
            seconds(token.created()),
            state(token, now),
            token.label())
        .stripTrailing();
  }

  private static String state(Token token, Instant now) {
    if (token.revoked().isPresent()) {
      return "revoked " + seconds(token.revoked().get());
    }
    return token
        .expires()
        .map(end -> (end.isAfter(now) ? "expires " : "expired ") + seconds(end))
        .orElse("does not expire");
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
