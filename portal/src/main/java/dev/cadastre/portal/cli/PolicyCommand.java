package dev.cadastre.portal.cli;

import picocli.CommandLine.Command;

/** Groups what is done to policies. */
@Command(name = "policy", description = "Adopt residency policies, and test them.")
final class PolicyCommand extends Group {}
