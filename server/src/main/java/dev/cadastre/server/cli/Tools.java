package dev.cadastre.server.cli;

import dev.cadastre.server.cli.option.ToolCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the commands that are no part of the product. */
final class Tools {
  /** A system property: the directory of their jars; unset if only the class path has any. */
  private static final String DIRECTORY = "cadastre.tools";

  private Tools() {}

  static List<ToolCommand> all() {
    List<ToolCommand> all = new ArrayList<>();
    ServiceLoader.load(ToolCommand.class, loader()).forEach(all::add);
    return all;
  }

  /** It lives as long as the process: what a tool needs is loaded when it needs it. */
  private static ClassLoader loader() {
    ClassLoader own = Tools.class.getClassLoader();
    String directory = System.getProperty(DIRECTORY, "");
    return directory.isEmpty() || !Files.isDirectory(Path.of(directory))
        ? own
        : new URLClassLoader("tools", jars(Path.of(directory)), own);
  }

  private static URL[] jars(Path directory) {
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path file : files) {
        jars.add(file.toUri().toURL());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jars.toArray(URL[]::new);
  }
}
