package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./sgn}, in a copy of the project's layout, with Java and Maven played. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {

  private record Outcome(int status, String out, String err) {}

  @TempDir Path folder;
  private Path project;
  private Path tools;

  @BeforeEach
  void layOutAProject() throws IOException {
    project = Files.createDirectories(folder.resolve("a project (c++)"));
    tools = Files.createDirectories(folder.resolve("tools"));
    Files.copy(Path.of("..", "sgn"), project.resolve("sgn"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String module : new String[] {"sgn-core", "sgn-examples"}) {
      Files.createDirectories(project.resolve(module).resolve("src/main/java"));
      Files.createFile(project.resolve(module).resolve("pom.xml"));
      age(project.resolve(module));
    }
    Files.createFile(project.resolve("pom.xml"));
    Files.createDirectory(project.resolve(".mvn"));
    age(project);
    Path library = Files.createFile(folder.resolve("a library.jar"));
    play("java", "17.0.1");
    play("mvn", "3.8.7");
    tool(
        "build",
        "echo built >>'" + folder + "/builds'",
        "mkdir -p sgn-examples/target sgn-core/target",
        "echo jar >sgn-examples/target/sgn-examples-1.jar",
        "echo jar >sgn-core/target/sgn-core-1.jar",
        "echo '" + library + "' >sgn-examples/target/dependencies.classpath");
  }

  /** Everything is an hour old, so that a build is newer whatever the clock's resolution. */
  private static void age(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.toList()) {
        Files.setLastModifiedTime(each, FileTime.from(Instant.now().minusSeconds(3600)));
      }
    }
  }

  private void tool(String name, String... lines) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Tools that tell a version; java prints its arguments, mvn runs the tool named build. */
  private void play(String name, String version) throws IOException {
    if (name.equals("java")) {
      tool(
          "java",
          "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + "\"' >&2; exit; fi",
          "for each; do echo \"$each\"; done",
          "exit 42");
    } else {
      tool(
          "mvn",
          "if [ \"$1\" = -v ]; then echo 'Apache Maven " + version + " (x)'; exit; fi",
          "exec '" + tools + "/build'");
    }
  }

  private Outcome start(Path script, Path from, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    builder.environment().remove("JAVA_HOME");
    // bash warns of locales that are not installed.
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("SGN_JAVA_OPTS", "-Dfirst=1 -Dsecond=2");
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    int status = process.waitFor();
    return new Outcome(
        status,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private Outcome start(String... args) throws IOException, InterruptedException {
    return start(project.resolve("sgn"), folder, args);
  }

  private long builds() throws IOException {
    return Files.readAllLines(folder.resolve("builds")).size();
  }

  @Test
  void saysThatItBuildsAndHandsOverToJava() throws IOException, InterruptedException {
    Outcome outcome = start("mlp", "--out", "a folder");

    assertThat(outcome.err()).startsWith("Building").hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(42);
    assertThat(outcome.out().lines())
        .endsWith("io.github.sgn4j.examples.cli.Main", "mlp", "--out", "a folder")
        .contains("-Dfirst=1", "-Dsecond=2");
    String classPath =
        outcome.out().lines().dropWhile(line -> !line.equals("-cp")).skip(1).findFirst().orElse("");
    List<String> entries =
        Stream.of(classPath.split(":", -1)).filter(entry -> !entry.isEmpty()).toList();
    assertThat(entries)
        .hasSize(3)
        .allSatisfy(entry -> assertThat(Path.of(entry)).exists())
        .endsWith(folder.resolve("a library.jar").toString());
  }

  @Test
  void buildsAgainOnlyIfSomethingIsNewer() throws IOException, InterruptedException {
    start();
    assertThat(start().err()).isEmpty();
    assertThat(builds()).isEqualTo(1);

    Path source = Files.createFile(project.resolve("sgn-core/src/main/java/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    start();
    assertThat(builds()).isEqualTo(2);

    Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(3600)));
    age(project.resolve("sgn-core/src"));
    start();
    assertThat(builds()).isEqualTo(2);

    Files.delete(folder.resolve("a library.jar"));
    start();
    assertThat(builds()).isEqualTo(3);
  }

  /** A comparison starts Java with its own build again and again. */
  @Test
  @EnabledIf("canTellWhoRuns")
  void keepsAnEarlierBuildThatIsInUse() throws IOException, InterruptedException {
    start();
    Path first = builtInto();
    Process user = new ProcessBuilder("sh", "-c", "sleep 600; :", "x", first + "/a.jar").start();
    try {
      Files.delete(folder.resolve("a library.jar"));
      start();
      assertThat(builds()).isEqualTo(2);
      assertThat(first).exists();
    } finally {
      user.descendants().forEach(ProcessHandle::destroy);
      user.destroyForcibly().waitFor();
    }
    start();
    assertThat(first).doesNotExist();
  }

  private Path builtInto() throws IOException {
    String classes = Files.readString(project.resolve("sgn-examples/target/launch/current"));
    return Path.of(classes.substring(0, classes.indexOf(':'))).getParent();
  }

  static boolean canTellWhoRuns() {
    return Files.exists(Path.of("/usr/bin/pgrep"));
  }

  @Test
  void worksThroughLinksAndFromAnyFolder() throws IOException, InterruptedException {
    Path elsewhere = Files.createDirectories(folder.resolve("else where"));
    Path link =
        Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("../a project (c++)/sgn"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), link);

    assertThat(start(second, elsewhere, "demo").status()).isEqualTo(42);
    assertThat(project.resolve("sgn-examples/target/launch/current")).exists();
  }

  @Test
  @EnabledIf("canWaitForEachOther")
  void twoAtOnceBuildOnce() throws IOException, InterruptedException {
    tool("slow", "sleep 1", "exec '" + tools + "/build'");
    tool(
        "mvn",
        "if [ \"$1\" = -v ]; then echo 'Apache Maven 3.9.1 (x)'; exit; fi",
        "exec '" + tools + "/slow'");
    ProcessBuilder builder = new ProcessBuilder(project.resolve("sgn").toString());
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    builder.environment().remove("JAVA_HOME");
    Process first = builder.redirectErrorStream(true).start();
    Process second = builder.start();

    assertThat(first.waitFor()).isEqualTo(42);
    assertThat(second.waitFor()).isEqualTo(42);
    assertThat(builds()).isEqualTo(1);
  }

  static boolean canWaitForEachOther() {
    return Files.exists(Path.of("/usr/bin/flock"));
  }

  @Test
  void showsWhatMavenSaidIfTheBuildFails() throws IOException, InterruptedException {
    tool("build", "echo 'cannot find symbol'", "exit 1");

    Outcome outcome = start("demo");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("cannot find symbol", "The build failed");
    try (Stream<Path> left = Files.list(project.resolve("sgn-examples/target/launch"))) {
      assertThat(left.map(path -> path.getFileName().toString())).isSubsetOf("lock");
    }
  }

  @Test
  void saysWhatIsMissingOrTooOld() throws IOException, InterruptedException {
    for (String old : new String[] {"11.0.2", "1.8.0_402"}) {
      play("java", old);
      Outcome outcome = start("demo");
      assertThat(outcome.status()).isEqualTo(2);
      assertThat(outcome.err()).contains("Java 17 or newer", old).hasLineCount(1);
    }
    for (String good : new String[] {"17", "21.0.4", "25-ea"}) {
      play("java", good);
      assertThat(start("demo").status()).as(good).isEqualTo(42);
    }
  }

  @Test
  void saysIfMavenIsTooOld() throws IOException, InterruptedException {
    for (String old : new String[] {"3.6.3", "2.2.1"}) {
      play("mvn", old);
      Outcome outcome = start("demo");
      assertThat(outcome.status()).isEqualTo(2);
      assertThat(outcome.err()).contains("Maven 3.8 or newer", old);
    }
    for (String good : new String[] {"3.8.1", "3.9.11", "3.10.0", "4.0.0"}) {
      play("mvn", good);
      Files.deleteIfExists(project.resolve("sgn-examples/target/launch/current"));
      assertThat(start("demo").status()).as(good).isEqualTo(42);
    }
  }
}
