package io.github.sgn4j.integration;
import static org.assertj.core.api.Assertions.assertThat;
import java.util.Collections;
import org.junit.jupiter.api.Test;
class SmokeTest {
  @Test void one() throws Exception {
    System.out.println(System.getProperty("java.class.path"));
    assertThat(Collections.list(getClass().getClassLoader().getResources("org/nd4j/autodiff/samediff/SameDiff.class"))).hasSize(1);
    assertThat(org.nd4j.linalg.factory.Nd4j.ones(3).sumNumber().doubleValue()).isEqualTo(3);
  }
}
