package dev.cadastre.server.cli.admin;

import dev.cadastre.server.cli.option.Group;
import picocli.CommandLine.Command;

/** Groups what is done to the pseudonyms of persons. */
@Command(name = "persons", description = "See and destroy what links pseudonyms to persons.")
public final class PersonsCommand extends Group {}
