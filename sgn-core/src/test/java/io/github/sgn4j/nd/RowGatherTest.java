package io.github.sgn4j.nd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class RowGatherTest {

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE", "INT", "LONG", "UBYTE", "BOOL"})
  void copiesRowsByNumber(DataType type) {
    INDArray source = Nd4j.arange(0, 24).reshape(4, 2, 3).castTo(type);
    INDArray target = Backend.allocate(type, 2, 2, 3);
    INDArray result = new RowGather(source, target).gather(new int[] {9, 3, 0, 9}, 1);
    assertThat(result).isSameAs(target);
    assertThat(row(target, 0)).isEqualTo(row(source, 3));
    assertThat(row(target, 1)).isEqualTo(row(source, 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "INT"})
  void readsAViewFromItsStart(DataType type) {
    INDArray whole = Nd4j.arange(0, 15).reshape(5, 3).castTo(type);
    INDArray view = whole.get(NDArrayIndex.interval(2, 5), NDArrayIndex.all());
    INDArray target = Backend.allocate(type, 3, 3);
    new RowGather(view, target).gather(new int[] {2, 1, 0}, 0);
    assertThat(row(target, 0)).isEqualTo(row(whole, 4));
    assertThat(row(target, 2)).isEqualTo(row(whole, 2));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "INT"})
  void copiesVectorsOfClasses(DataType type) {
    INDArray source = Nd4j.createFromArray(10, 11, 12).castTo(type);
    INDArray target = Backend.allocate(type, 4);
    new RowGather(source, target).gather(new int[] {2, 2, 0, 1}, 0);
    assertThat(target.toIntVector()).containsExactly(12, 12, 10, 11);
  }

  private static INDArray row(INDArray array, long i) {
    return array.get(NDArrayIndex.point(i)).dup();
  }
}
