package io.github.sgn4j.examples.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.sgn4j.examples.Version;
import io.github.sgn4j.objective.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a run ran on.
 *
 * @param sgn4j version of this library
 * @param nd4j version of ND4J
 * @param java version and vendor of the virtual machine
 * @param os name, version and architecture of the operating system
 * @param cpu the processor's name, as far as the system tells
 * @param cpus processors that the virtual machine sees
 * @param backend ND4J's backend
 * @param blas vendor of the BLAS
 * @param blasThreads threads that ND4J set for it
 * @param openblasCoretype the environment variable OPENBLAS_CORETYPE, or "unset"
 * @param precision float or double
 * @param seed of the shuffling
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunEnvironment(
    String sgn4j,
    String nd4j,
    String java,
    String os,
    String cpu,
    int cpus,
    String backend,
    String blas,
    String blasThreads,
    String openblasCoretype,
    String precision,
    long seed) {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Asks this machine. */
  public static RunEnvironment ofThisMachine(Precision precision, long seed) {
    Properties nd4j = Nd4j.getExecutioner().getEnvironmentInformation();
    return new RunEnvironment(
        Version.current(),
        Version.nd4j(),
        System.getProperty("java.vm.version") + ", " + System.getProperty("java.vendor"),
        Stream.of("os.name", "os.version", "os.arch")
            .map(System::getProperty)
            .reduce((a, b) -> a + " " + b)
            .orElseThrow(),
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        String.valueOf(nd4j.get("backend")),
        String.valueOf(nd4j.get("blas.vendor")),
        String.valueOf(nd4j.get("blas.threads")),
        System.getenv().getOrDefault("OPENBLAS_CORETYPE", "unset"),
        precision.name().toLowerCase(Locale.ROOT),
        seed);
  }

  private static String cpuName() {
    try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      // Not Linux; the architecture stands in os.
      return "unknown";
    }
  }
}
