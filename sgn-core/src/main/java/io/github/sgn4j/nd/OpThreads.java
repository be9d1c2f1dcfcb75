package io.github.sgn4j.nd;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The number of threads that ND4J's own ops use when the calling thread runs them. One is best for
 * plans: two never gained anything on the ops that they fall back to, and where another process
 * wants the cores too, threads that wait for each other make a softmax of 700 numbers take 700
 * microseconds instead of 7.
 *
 * <p>OpenMP keeps the number per thread, so that nobody else's ops are touched. ND4J's interface to
 * it is part of its backends, not of its API: without it, nothing is set.
 */
public final class OpThreads {

  private static final MethodHandle GET =
      handle("ompGetMaxThreads", MethodType.methodType(int.class));
  private static final MethodHandle SET =
      handle("setOmpNumThreads", MethodType.methodType(void.class, int.class));

  private OpThreads() {}

  private static MethodHandle handle(String name, MethodType type) {
    if (!Backend.isHost()) {
      return null;
    }
    try {
      Class<?> holder = Class.forName("org.nd4j.nativeblas.NativeOpsHolder");
      Object instance = holder.getMethod("getInstance").invoke(null);
      Object ops = holder.getMethod("getDeviceNativeOps").invoke(instance);
      Class<?> declared = Class.forName("org.nd4j.nativeblas.NativeOps");
      return MethodHandles.publicLookup().findVirtual(declared, name, type).bindTo(ops);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /**
   * Lets the calling thread's ops use this thread alone.
   *
   * @return what {@link #restore} takes, in a finally block
   */
  public static int single() {
    if (GET == null || SET == null) {
      return 0;
    }
    try {
      int before = (int) GET.invokeExact();
      if (before != 1) {
        SET.invokeExact(1);
      }
      return before;
    } catch (Throwable e) {
      throw new IllegalStateException("ND4J's number of threads cannot be set", e);
    }
  }

  /** Sets the number that {@link #single} found. */
  public static void restore(int before) {
    if (before <= 1) {
      return;
    }
    try {
      SET.invokeExact(before);
    } catch (Throwable e) {
      throw new IllegalStateException("ND4J's number of threads cannot be restored", e);
    }
  }
}
