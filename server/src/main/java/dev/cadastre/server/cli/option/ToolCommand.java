package dev.cadastre.server.cli.option;

/**
 * A command that is no part of the product: a demonstration, a measurement. Implementations are
 * found by {@link java.util.ServiceLoader}, in jars that lie apart from the product's.
 */
public interface ToolCommand {
  /** The command for picocli: a {@link picocli.CommandLine}, or an object with {@code @Command}. */
  Object command(ProcessContext context);
}
