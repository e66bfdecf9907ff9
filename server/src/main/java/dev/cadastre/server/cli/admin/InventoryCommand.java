package dev.cadastre.server.cli.admin;

import dev.cadastre.server.cli.option.Group;
import picocli.CommandLine.Command;

/** Groups what is done to inventories. */
@Command(name = "inventory", description = "Declare where resources are, and in whose hands.")
public final class InventoryCommand extends Group {}
