package io.github.sgn4j.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several batches taken as one, their samples one after another: for {@link
 * AccumulatingObjective}s. Immutable as its parts are.
 */
public final class BatchGroup implements Batch {

  private final List<Batch> parts;
  private final int size;

  private BatchGroup(List<Batch> parts, int size) {
    this.parts = List.copyOf(parts);
    this.size = size;
  }

  /** A group of these; see {@link #of(List)}. */
  public static BatchGroup of(Batch... parts) {
    return of(Arrays.asList(parts));
  }

  /**
   * A group of these, in order. The parts of a part that is a group are taken in its place.
   *
   * @param parts all valid as long as the group is: sources hand out batches that are valid until
   *     the next one only, to be copied ({@link Batch#copy}) or grouped by {@link GroupedBatches}
   * @throws IllegalArgumentException if there is none, or they hold 2^31 samples or more
   */
  public static BatchGroup of(List<? extends Batch> parts) {
    List<Batch> flat = new ArrayList<>();
    long size = 0;
    for (Batch part : parts) {
      flat.addAll(partsOf(part));
      size += part.size();
    }
    if (flat.isEmpty()) {
      throw new IllegalArgumentException("a group needs at least one batch");
    }
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a group of " + size + " samples; fewer than 2^31 are possible");
    }
    return new BatchGroup(flat, (int) size);
  }

  /** The parts of a group; another batch is its own only part. */
  static List<Batch> partsOf(Batch batch) {
    return batch instanceof BatchGroup group ? group.parts : List.of(batch);
  }

  /** The batches in order, none of them a group. */
  public List<Batch> parts() {
    return parts;
  }

  @Override
  public int size() {
    return size;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Samples of one part alone are a batch of that part's kind, no group; parts that are taken
   * whole are the same objects as here.
   */
  @Override
  public Batch samples(int from, int to) {
    if (from < 0 || from >= to || to > size) {
      throw new IndexOutOfBoundsException(
          "samples " + from + " to " + to + " of a group of " + size);
    }
    List<Batch> taken = new ArrayList<>();
    int start = 0;
    for (Batch part : parts) {
      int first = Math.max(from - start, 0);
      int end = Math.min(to - start, part.size());
      if (first < end) {
        taken.add(first == 0 && end == part.size() ? part : part.samples(first, end));
      }
      start += part.size();
    }
    return taken.size() == 1 ? taken.get(0) : new BatchGroup(taken, to - from);
  }

  @Override
  public BatchGroup copy(Batch spare) {
    List<Batch> spares = spare == null ? List.of() : partsOf(spare);
    List<Batch> copies = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      copies.add(parts.get(i).copy(i < spares.size() ? spares.get(i) : null));
    }
    return new BatchGroup(copies, size);
  }
}
