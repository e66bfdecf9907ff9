package dev.cadastre.portal.metrics;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.List;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * The virtual machine's memory, collections, threads and processor time, named as OpenTelemetry's
 * semantic conventions do.
 */
public final class JvmFigures implements AutoCloseable {
  private static final AttributeKey<String> MEMORY_TYPE = AttributeKey.stringKey("jvm.memory.type");
  private static final AttributeKey<String> POOL = AttributeKey.stringKey("jvm.memory.pool.name");
  private static final AttributeKey<String> GC_NAME = AttributeKey.stringKey("jvm.gc.name");
  private static final AttributeKey<String> GC_ACTION = AttributeKey.stringKey("jvm.gc.action");
  private static final AttributeKey<Boolean> DAEMON = AttributeKey.booleanKey("jvm.thread.daemon");

  private static final List<Double> PAUSES = List.of(0.01, 0.1, 1.0, 10.0);
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  private final DoubleHistogram collections;
  private final NotificationListener listener = this::collected;

  public JvmFigures(Meter meter) {
    meter
        .gaugeBuilder("process.heap")
        .setUnit("By")
        .setDescription("Heap in use.")
        .ofLongs()
        .buildWithCallback(
            heap ->
                heap.record(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()));
    meter
        .upDownCounterBuilder("jvm.memory.used")
        .setUnit("By")
        .setDescription("Memory in use, by pool.")
        .buildWithCallback(JvmFigures::memory);
    meter
        .upDownCounterBuilder("jvm.thread.count")
        .setUnit("{thread}")
        .setDescription("Platform threads that run.")
        .buildWithCallback(JvmFigures::threads);
    meter
        .counterBuilder("jvm.cpu.time")
        .ofDoubles()
        .setUnit("s")
        .setDescription("Processor time that the process used.")
        .buildWithCallback(JvmFigures::processor);
    collections =
        meter
            .histogramBuilder("jvm.gc.duration")
            .setUnit("s")
            .setDescription("Garbage collections.")
            .setExplicitBucketBoundariesAdvice(PAUSES)
            .build();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(listener, null, null);
      }
    }
  }

  private static void memory(ObservableLongMeasurement used) {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getUsage();
      if (usage != null) {
        String type = pool.getType() == MemoryType.HEAP ? "heap" : "non_heap";
        used.record(usage.getUsed(), Attributes.of(MEMORY_TYPE, type, POOL, pool.getName()));
      }
    }
  }

  private static void threads(ObservableLongMeasurement count) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    int daemons = threads.getDaemonThreadCount();
    count.record(daemons, Attributes.of(DAEMON, true));
    count.record(Math.max(0, threads.getThreadCount() - daemons), Attributes.of(DAEMON, false));
  }

  private static void processor(ObservableDoubleMeasurement time) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        && system.getProcessCpuTime() >= 0) {
      time.record(system.getProcessCpuTime() / NANOS);
    }
  }

  private void collected(Notification notification, @Nullable Object unused) {
    if (notification
            .getType()
            .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
        && notification.getUserData() instanceof CompositeData data) {
      GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(data);
      collections.record(
          info.getGcInfo().getDuration() / MILLIS,
          Attributes.of(GC_NAME, info.getGcName(), GC_ACTION, info.getGcAction()));
    }
  }

  @Override
  public void close() throws ListenerNotFoundException {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.removeNotificationListener(listener);
      }
    }
  }
}
