package io.github.sgn4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

class BostonDataTest {

  @TempDir Path folder;
  private Path file;
  private String good;

  @BeforeEach
  void copyOfTheBundledFile() throws IOException {
    file = folder.resolve("boston.csv");
    try (InputStream in = BostonData.class.getResourceAsStream("boston.csv")) {
      good = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void assertRefused(String content, String... parts) throws IOException {
    Files.writeString(file, content);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> BostonData.read(file, DataType.FLOAT))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).contains(file.toString()));
  }

  @Test
  void splitsAndScalesAsThePublishedRuns() {
    TrainTest data = BostonData.bundled(DataType.DOUBLE);

    assertThat(data.task()).isEqualTo(Task.REGRESSION);
    assertThat(data.outputs()).isEqualTo(1);
    assertThat(data.train().inputs().shape()).containsExactly(404, 13);
    assertThat(data.test().inputs().shape()).containsExactly(102, 13);
    // Keras's first train district is row 22 of the file: crim 1.23247, zn 0, indus 8.14, medv
    // 15.2.
    // The largest train feature is a tax of 711, the largest value of homes 50.
    assertThat(data.train().inputs().getDouble(0, 0)).isCloseTo(1.23247 / 711, within(1e-15));
    assertThat(data.train().inputs().getDouble(0, 2)).isCloseTo(8.14 / 711, within(1e-15));
    assertThat(data.train().targets().getDouble(0, 0)).isCloseTo(15.2 / 50, within(1e-15));
    assertThat(data.train().inputs().maxNumber().doubleValue()).isEqualTo(1);
    assertThat(data.test().inputs().maxNumber().doubleValue()).isEqualTo(1);
    assertThat(data.test().targets().maxNumber().doubleValue()).isEqualTo(1);
  }

  @Test
  void aCopyOnDiskGivesTheSame() throws IOException {
    Files.writeString(file, good.replace("\n", "\r\n"));

    assertThat(BostonData.read(file, DataType.FLOAT)).isEqualTo(BostonData.bundled(DataType.FLOAT));
  }

  @Test
  void refusesWhatIsNotTheDataSet() throws IOException {
    assertRefused("", "empty");
    assertRefused("a,b\n1,2\n", "line 1");
    assertRefused(good.replace(",medv", ",price"), "line 1");
    assertRefused(good.substring(0, good.length() / 2), "values instead of 14");
    assertRefused(good + good.lines().toList().get(7) + "\n", "507 data rows instead of 506");
    assertRefused(good.replaceFirst(",6\\.575,", ",?,"), "line 2", "\"?\" is not a number");
    assertRefused(good.replaceFirst(",6\\.575,", ",NaN,"), "line 2", "not finite");
    assertRefused(good.replaceFirst(",6\\.575,", ",6.575,0,"), "line 2", "15 values");
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> BostonData.read(file, DataType.FLOAT))
        .withMessageContaining("not a text file");
  }

  @Test
  void refusesMissingFile() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> BostonData.read(file, DataType.FLOAT))
        .withMessageContaining("no such file");
  }
}
