package dev.cadastre.server.cli.admin;

import dev.cadastre.server.cli.option.Group;
import picocli.CommandLine.Command;

/** Groups what is done to tokens. */
@Command(name = "token", description = "Issue, list and revoke access tokens.")
public final class TokenCommand extends Group {}
