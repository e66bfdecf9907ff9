package dev.cadastre.server.cli.admin;

import dev.cadastre.server.cli.option.Group;
import picocli.CommandLine.Command;

/** Groups what is done to tenants. */
@Command(name = "tenant", description = "Add and list tenants.")
public final class TenantCommand extends Group {}
