package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands that README and guides show are commands of this version: names, options, values.
 */
class GuideCommandsTest {

  static List<String> commands() throws IOException {
    List<Path> files = new ArrayList<>(List.of(Path.of("..", "README.md")));
    try (Stream<Path> guides = Files.list(Path.of("..", "docs"))) {
      guides.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
    }
    List<String> commands = new ArrayList<>();
    for (Path file : files) {
      boolean shell = false;
      for (String line : Files.readAllLines(file)) {
        if (line.strip().startsWith("```")) {
          shell = !shell && line.strip().startsWith("```sh");
        } else if (shell) {
          Stream.of(line.replaceAll("#.*", "").split("&&"))
              .map(part -> part.replaceAll(">.*", "").strip())
              .filter(part -> part.startsWith("./sgn "))
              .forEach(commands::add);
        }
      }
    }
    return commands;
  }

  @Test
  void thereAreSome() throws IOException {
    assertThat(commands()).hasSizeGreaterThan(15).anyMatch(line -> line.startsWith("./sgn demo"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void areCommands(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" +", -1)));
    words.remove(0);

    assertThatCode(() -> CommandLineRunner.parse(words.toArray(String[]::new)))
        .as(command)
        .doesNotThrowAnyException();
  }
}
