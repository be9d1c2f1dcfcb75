package io.github.sgn4j.examples.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Against numbers that NumPy printed. */
class NumPyUniformTest {

  @Test
  void drawsNumPysNumbers() {
    NumPyUniform random = new NumPyUniform(1);
    assertThat(draw(random, 4))
        .containsExactly(
            -0.331911981189704, 0.8812979737686324, -1.9995425007306205, -0.7906697094726409);
    double[] later = DoubleStream.generate(random::next).limit(996).toArray();
    assertThat(later[995]).isEqualTo(0.7744772660150796);
  }

  @Test
  void takesSeedsOf32Bits() {
    assertThat(draw(new NumPyUniform(4294967295L), 4))
        .containsExactly(
            -1.6094718840239448, 1.6495313812104873, 1.1561412074065598, 1.120014392453871);
  }

  private static double[] draw(NumPyUniform random, int count) {
    return DoubleStream.generate(() -> random.within(2)).limit(count).toArray();
  }
}
