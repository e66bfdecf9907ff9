package dev.cadastre.portal.cli;

import picocli.CommandLine.Command;

/** Groups what is done to tenants. */
@Command(name = "tenant", description = "Add and list tenants.")
final class TenantCommand extends Group {}
