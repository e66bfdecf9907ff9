package dev.cadastre.server.cli.admin;

import dev.cadastre.server.cli.option.Group;
import picocli.CommandLine.Command;

/** Groups what is done to policies. */
@Command(name = "policy", description = "Adopt residency policies, and test them.")
public final class PolicyCommand extends Group {}
