package dev.cadastre.proof.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The verifier on its own: {@code java -cp proof.jar:bcprov.jar:jackson-core.jar
 * dev.cadastre.proof.cli.VerifyMain}.
 */
public final class VerifyMain {
  private VerifyMain() {}

  public static void main(String[] args) {
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    int code = VerifyCommand.run(args, out, err);
    out.flush();
    err.flush();
    System.exit(code);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
