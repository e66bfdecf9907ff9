package dev.cadastre.ledger.signed;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signed heads in {@code signed/heads} of a cell's directory, readable by their owner alone: lines
 * of text, to which changes are added with one sync however many they are. Once most lines are
 * replaced by later ones the file is written anew beside itself and put in its place. {@code
 * signed/lock} keeps other processes out meanwhile.
 */
public final class SignedHeadsFile implements SignedHeads {
  /** The directory within a cell's. */
  public static final String DIRECTORY = "signed";

  /** The file in it; a copy of it is a copy of all heads. */
  public static final String FILE = "heads";

  private static final int STALE_LINES = 10_000;

  private final Path directory;
  private final Path file;
  private final HeadJournal journal;
  private Optional<String> broken = Optional.empty();

  private SignedHeadsFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(FILE);
    this.journal = new HeadJournal(file);
  }

  /** The heads of the cell in that directory; nothing is made before the first head is. */
  public static SignedHeadsFile in(Path cell) {
    return new SignedHeadsFile(cell.resolve(DIRECTORY));
  }

  /**
   * The heads of a cell that is only looked at, on a medium that may be read-only.
   *
   * @throws Refused if the file is damaged
   * @throws IOException if it cannot be read
   */
  public static Map<String, SignedHead> read(Path cell) throws IOException, Refused {
    HeadJournal journal = new HeadJournal(cell.resolve(DIRECTORY).resolve(FILE));
    journal.read();
    return Map.copyOf(journal.heads());
  }

  @Override
  public Map<String, SignedHead> all() {
    return locked(() -> Map.copyOf(journal.heads()));
  }

  @Override
  public Optional<SignedHead> of(String origin) {
    return locked(() -> Optional.ofNullable(journal.heads().get(origin)));
  }

  @Override
  public Set<String> compareAndSet(List<Change> changes) {
    makeDirectory();
    return locked(
        () -> {
          Set<String> others = new LinkedHashSet<>();
          List<Change> fitting = new ArrayList<>();
          for (Change change : changes) {
            boolean fits =
                Optional.ofNullable(journal.heads().get(change.origin())).equals(change.expected());
            if (fits) {
              fitting.add(change);
            } else {
              others.add(change.origin());
            }
          }
          write(fitting);
          return others;
        });
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  /** A file's lock keeps out other processes, not other threads of this one. */
  private <T> T locked(Step<T> step) {
    synchronized (SignedHeadsFile.class) {
      if (broken.isPresent()) {
        throw new StorageFailure(broken.get());
      }
      try (@Nullable FileChannel channel = lockFile();
          @Nullable FileLock lock = channel == null ? null : channel.lock()) {
        journal.read();
        return step.run();
      } catch (IOException failure) {
        throw new StorageFailure(
            "cannot read or write what was signed in " + file + ": " + failure, failure);
      } catch (Refused damage) {
        throw new StorageFailure(
            file + " is damaged: " + damage.getMessage() + "; put it back from a backup", damage);
      }
    }
  }

  /** None as long as nothing was written, so that looking makes no files. */
  private @Nullable FileChannel lockFile() throws IOException {
    return Files.exists(directory) ? open(directory.resolve("lock")) : null;
  }

  private void write(List<Change> changes) throws IOException {
    if (changes.isEmpty()) {
      return;
    }
    try {
      if (journal.end() == 0 || journal.stale() > STALE_LINES + 4L * journal.heads().size()) {
        rewrite(changes);
      } else {
        append(changes);
      }
    } catch (IOException failure) {
      // What a failed sync left behind is not known; a new start reads what is on disk.
      broken = Optional.of("nothing is signed until a restart: writing " + file + " failed");
      throw failure;
    }
  }

  private void makeDirectory() {
    try {
      Files.createDirectories(directory, owner("rwx------"));
    } catch (IOException failure) {
      throw new StorageFailure("cannot make " + directory + ": " + failure, failure);
    }
  }

  private void append(List<Change> changes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(journal.end());
      write(channel, journal.end(), lines(changes));
    }
  }

  private void rewrite(List<Change> changes) throws IOException {
    List<Change> all = new ArrayList<>();
    journal.heads().forEach((origin, head) -> all.add(new Change(origin, Optional.empty(), head)));
    all.addAll(changes);
    Path draft = directory.resolve(FILE + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel channel = open(draft)) {
      write(channel, 0, HeadJournal.TITLE + UUID.randomUUID() + "\n" + lines(all));
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel made = FileChannel.open(directory, StandardOpenOption.READ)) {
      made.force(true);
    }
  }

  private static String lines(List<Change> changes) {
    StringBuilder lines = new StringBuilder();
    changes.forEach(
        one -> lines.append(new HeadLine(one.origin(), one.next()).format()).append('\n'));
    return lines.toString();
  }

  private static void write(FileChannel channel, long at, String text) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    channel.position(at);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    channel.force(true);
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), owner("rw-------"));
  }

  private static FileAttribute<?> owner(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }
}
