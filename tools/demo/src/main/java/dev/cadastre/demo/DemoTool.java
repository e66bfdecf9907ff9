package dev.cadastre.demo;

import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.ToolCommand;

/** {@code cadastre demo}. */
public final class DemoTool implements ToolCommand {
  @Override
  public Object command(ProcessContext context) {
    return new DemoCommand(context);
  }
}
