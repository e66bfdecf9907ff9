package dev.cadastre.portal.cli;

import picocli.CommandLine.Command;

/** Groups what is done to tokens. */
@Command(name = "token", description = "Issue, list and revoke access tokens.")
final class TokenCommand extends Group {}
