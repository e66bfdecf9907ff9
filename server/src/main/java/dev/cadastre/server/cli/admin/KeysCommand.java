package dev.cadastre.server.cli.admin;

import dev.cadastre.server.cli.option.Group;
import picocli.CommandLine.Command;

/** Groups what is done to signing keys. */
@Command(name = "keys", description = "Show the keys that sign checkpoints.")
public final class KeysCommand extends Group {}
