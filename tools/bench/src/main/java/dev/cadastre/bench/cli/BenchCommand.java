package dev.cadastre.bench.cli;

import dev.cadastre.server.cli.option.Group;
import picocli.CommandLine.Command;

/** Groups the benchmarks. */
@Command(name = "bench", description = "Measure this machine, each figure beside its floor.")
final class BenchCommand extends Group {}
