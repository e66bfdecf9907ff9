package dev.cadastre.bench.cli;

import dev.cadastre.bench.BenchResults;
import dev.cadastre.server.cli.option.Failure;
import dev.cadastre.server.cli.option.JsonText;
import dev.cadastre.server.cli.option.ProcessContext;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What all benchmarks have in common. */
final class BenchOptions {
  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "Where to write, on the disk to be measured; removed again. Default: here.")
  private Path scratch = Path.of(".");

  @Option(
      names = "--json",
      description = "Print one JSON object as the last line, after the table.")
  private boolean json;

  static void requireAtLeast(long least, String option, long value) {
    if (value < least) {
      throw Failure.mistake(option + " is " + least + " or more; found " + value);
    }
  }

  Path scratch() {
    return scratch.toAbsolutePath().normalize();
  }

  void progress(ProcessContext host, String line) {
    host.err().println("cadastre: " + line);
  }

  void print(ProcessContext host, BenchResults figures) {
    figures.table().forEach(host.out()::println);
    if (json) {
      host.out().println(JsonText.of(figures.json()));
    }
  }
}
