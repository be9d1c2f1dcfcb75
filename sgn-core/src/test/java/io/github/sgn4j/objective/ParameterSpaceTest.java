package io.github.sgn4j.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterSpaceTest {

  private static ParameterSpace space(String... names) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (String name : names) {
      shapes.put(name, new long[] {2});
    }
    return ParameterSpace.of(shapes);
  }

  private static List<String> matching(ParameterSpace space, String pattern) {
    return space.matching(pattern).stream().map(Parameter::name).toList();
  }

  @Test
  void findsParametersByPattern() {
    ParameterSpace space = space("conv1/w", "conv1/b", "conv2/w", "out.w", "outxw");

    assertThat(matching(space, "conv1/b")).containsExactly("conv1/b");
    assertThat(matching(space, "conv?/w")).containsExactly("conv1/w", "conv2/w");
    assertThat(matching(space, "*w")).containsExactly("conv1/w", "conv2/w", "out.w", "outxw");
    assertThat(matching(space, "*")).hasSize(5);
    // A dot is a dot, and the whole name must match.
    assertThat(matching(space, "out.w")).containsExactly("out.w");
    assertThatThrownBy(() -> space.matching("conv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no parameter matches 'conv'; there are [conv1/w, ");
  }

  @Test
  void aNameGoesBeforeAPattern() {
    assertThat(matching(space("w*", "w1", "w\\E"), "w*")).containsExactly("w*");
    assertThat(matching(space("w1", "w\\E"), "?\\E")).containsExactly("w\\E");
  }
}
