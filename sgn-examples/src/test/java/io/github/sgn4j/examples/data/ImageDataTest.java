package io.github.sgn4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.samediff.ArrayBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ImageDataTest {

  /** Image i: channel 0 has the pixels i, i + 2; channel 1 is constant. */
  private static ImageSet set(int count) {
    byte[] pixels = new byte[4 * count];
    byte[] classes = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[4 * i] = (byte) i;
      pixels[4 * i + 1] = (byte) (i + 2);
      pixels[4 * i + 2] = (byte) 200;
      pixels[4 * i + 3] = (byte) 200;
      classes[i] = (byte) i;
    }
    return new ImageSet(1, 2, 2, pixels, classes);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void standardisesEachChannelOfEachImage(DataType type) {
    ImageData data = new ImageData(10, set(5), set(3), type);

    ArrayBatch batch = (ArrayBatch) data.trainBatches(5, 1).epoch(0).next();

    INDArray inputs = batch.inputs().get(0);
    assertThat(inputs.dataType()).isEqualTo(type);
    assertThat(inputs.shape()).containsExactly(5, 1, 2, 2);
    for (int i = 0; i < 5; i++) {
      assertThat(inputs.getDouble(i, 0, 0, 0)).isCloseTo(-1, within(1e-6));
      assertThat(inputs.getDouble(i, 0, 1, 0)).isCloseTo(1, within(1e-6));
      assertThat(inputs.getDouble(i, 0, 0, 1)).isZero();
      assertThat(inputs.getDouble(i, 0, 1, 1)).isZero();
    }
  }

  @Test
  void pixelsAreUnsigned() {
    ImageSet images = new ImageSet(1, 2, 1, new byte[] {0, (byte) 255}, new byte[] {1});
    float[] values = new float[3];

    images.write(0, values, 1);

    assertThat(values).containsExactly(0, -1, 1);
  }

  @Test
  void anEpochHoldsEveryImageOnceAndReusesItsArrays() {
    ImageData data = new ImageData(10, set(7), set(3), DataType.FLOAT);

    List<Integer> classes = new ArrayList<>();
    List<Batch> batches = new ArrayList<>();
    data.trainBatches(3, 5)
        .epoch(2)
        .forEachRemaining(
            batch -> {
              batches.add(batch);
              INDArray targets = ((ArrayBatch) batch).targets().get(0);
              assertThat(targets.dataType()).isEqualTo(DataType.INT32);
              for (int i = 0; i < batch.size(); i++) {
                classes.add(targets.getInt(i));
              }
            });

    assertThat(batches).extracting(Batch::size).containsExactly(3, 3, 1);
    assertThat(batches.get(0)).isNotSameAs(batches.get(1));
    assertThat(((ArrayBatch) batches.get(0)).inputs().get(0))
        .isSameAs(((ArrayBatch) batches.get(1)).inputs().get(0));
    assertThat(classes).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void testBatchesComeInOrderAgainAndAgain() {
    Iterable<Batch> batches = new ImageData(10, set(3), set(5), DataType.FLOAT).testBatches(2);

    for (int round = 0; round < 2; round++) {
      Iterator<Batch> iterator = batches.iterator();
      for (int start = 0; start < 5; start += 2) {
        ArrayBatch batch = (ArrayBatch) iterator.next();
        assertThat(batch.size()).isEqualTo(Math.min(2, 5 - start));
        assertThat(batch.targets().get(0).getInt(0)).isEqualTo(start);
      }
      assertThat(iterator).isExhausted();
    }
  }

  @Test
  void refusesBytesThatAreNoImages() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(2, 2, 1, new byte[7], new byte[2]))
        .withMessageContaining("7 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(2, 2, 1, new byte[0], new byte[0]));
  }

  @Test
  void mnistAndFashionAreImagesOfOneChannel(@TempDir Path folder) {
    MnistFiles.write(folder, "fashion-mnist", 6, 4);

    ImageData data = MnistData.FASHION.images(DataFolder.find(folder, Map.of()), DataType.DOUBLE);

    assertThat(data.trainSize()).isEqualTo(6);
    assertThat(data.testSize()).isEqualTo(4);
    assertThat(data.train().height()).isEqualTo(28);
    assertThat(data.train().channels()).isEqualTo(1);
    double[] image = new double[784];
    data.train().write(5, image, 0);
    double sum = 0;
    double squares = 0;
    for (double value : image) {
      sum += value;
      squares += value * value;
    }
    assertThat(sum).isCloseTo(0, within(1e-9));
    assertThat(squares).isCloseTo(784, within(1e-9));
    assertThat(data.train().classOf(5)).isEqualTo(5);
  }
}
