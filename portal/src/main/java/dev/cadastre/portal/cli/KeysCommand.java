package dev.cadastre.portal.cli;

import picocli.CommandLine.Command;

/** Groups what is done to signing keys. */
@Command(name = "keys", description = "Show the keys that sign checkpoints.")
final class KeysCommand extends Group {}
