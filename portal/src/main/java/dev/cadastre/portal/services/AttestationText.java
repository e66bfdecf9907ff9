package dev.cadastre.portal.services;

import dev.cadastre.evidence.Attester;
import dev.cadastre.formats.json.Json;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.function.Function;

/**
 * The JSON of attestations. One may have tens of megabytes and takes several times that while it is
 * written, so one is written at a time, and whoever asks for the same as the one before gets the
 * same bytes, which nobody may change. They are let go when the heap is needed.
 */
final class AttestationText {
  private static final Object WRITING = new Object();

  private final Function<Attester.Attested, Json.Obj> form;
  private WeakReference<Attester.Attested> last = new WeakReference<>(null);
  private SoftReference<byte[]> text = new SoftReference<>(null);

  AttestationText(Function<Attester.Attested, Json.Obj> form) {
    this.form = form;
  }

  byte[] of(Attester.Attested attested) {
    synchronized (WRITING) {
      return known(attested).orElseGet(() -> write(attested));
    }
  }

  private Optional<byte[]> known(Attester.Attested attested) {
    return last.refersTo(attested) ? Optional.ofNullable(text.get()) : Optional.empty();
  }

  private byte[] write(Attester.Attested attested) {
    byte[] written = form.apply(attested).jcs();
    last = new WeakReference<>(attested);
    text = new SoftReference<>(written);
    return written;
  }
}
