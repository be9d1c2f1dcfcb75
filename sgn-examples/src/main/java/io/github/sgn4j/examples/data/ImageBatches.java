package io.github.sgn4j.examples.data;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchSource;
import io.github.sgn4j.objective.ShuffledBatches;
import io.github.sgn4j.samediff.ArrayBatch;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batches of an {@link ImageSet}: inputs [N, height, width, channels], targets [N] class numbers
 * (INT). Their arrays are reused: a batch is valid until the next one is asked for.
 */
final class ImageBatches {

  private final ImageSet images;
  private final DataType type;

  /** Two sizes at most: the full batches' and that of the last one. */
  private final Map<Integer, Buffers> buffers = new HashMap<>();

  ImageBatches(ImageSet images, DataType type) {
    this.images = images;
    this.type = type;
  }

  /** In an order drawn for every epoch. */
  BatchSource shuffled(int batchSize, long seed) {
    return new ShuffledBatches(images.size(), batchSize, seed, this::gather);
  }

  /** In the order of the set. */
  Iterator<Batch> inOrder(int batchSize) {
    int[] order = IntStream.range(0, images.size()).toArray();
    return IntStream.iterate(0, start -> start < order.length, start -> start + batchSize)
        .mapToObj(start -> gather(order, start, Math.min(batchSize, order.length - start)))
        .iterator();
  }

  private Batch gather(int[] order, int start, int count) {
    return buffers.computeIfAbsent(count, Buffers::new).fill(order, start);
  }

  private final class Buffers {

    private final int count;
    private final INDArray inputs;
    private final INDArray targets;
    private final HostArray host;
    private final float[] floats;
    private final double[] doubles;

    Buffers(int count) {
      this.count = count;
      inputs = Backend.allocate(type, count, images.height(), images.width(), images.channels());
      targets = Backend.allocate(DataType.INT32, count);
      host = HostArray.of(inputs);
      floats = type == DataType.FLOAT ? new float[images.imageSize()] : null;
      doubles = type == DataType.FLOAT ? null : new double[images.imageSize()];
    }

    /** A new batch on the same arrays: objectives tell batches by identity. */
    Batch fill(int[] order, int start) {
      int size = images.imageSize();
      for (int i = 0; i < count; i++) {
        int image = order[start + i];
        if (floats != null) {
          images.write(image, floats, 0);
          host.write((long) i * size, floats, 0, size);
        } else {
          images.write(image, doubles, 0);
          host.write((long) i * size, doubles, 0, size);
        }
        targets.data().put(i, images.classOf(image));
      }
      return ArrayBatch.of(inputs, targets);
    }
  }
}
