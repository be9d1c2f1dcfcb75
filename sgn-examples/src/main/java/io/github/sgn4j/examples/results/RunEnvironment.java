package io.github.sgn4j.examples.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.sgn4j.examples.Version;
import io.github.sgn4j.objective.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * @param threads threads that may compute
 * @param memory bytes that the arrays of a batch may take; null where the library decided
 * @param peakResidentMb most memory that the process held so far, in MiB, its Java heap and native
 *     arrays and all; null where the system does not tell
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
    Integer threads,
    Long memory,
    Long peakResidentMb,
    String openblasCoretype,
    String precision,
    long seed) {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path STATUS = Path.of("/proc/self/status");

  /**
   * Asks this machine.
   *
   * @param precision of the run
   * @param seed of the run
   * @param threads that the run may use
   * @param memory that its batches may take, or null
   */
  public static RunEnvironment ofThisMachine(
      Precision precision, long seed, int threads, Long memory) {
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
        threads,
        memory,
        peakResident(),
        System.getenv().getOrDefault("OPENBLAS_CORETYPE", "unset"),
        precision.name().toLowerCase(Locale.ROOT),
        seed);
  }

  /** The same with the peak of memory until now. */
  RunEnvironment withPeakUntilNow() {
    return new RunEnvironment(
        sgn4j,
        nd4j,
        java,
        os,
        cpu,
        cpus,
        backend,
        blas,
        blasThreads,
        threads,
        memory,
        peakResident(),
        openblasCoretype,
        precision,
        seed);
  }

  /** Linux's own count, "VmHWM: 123456 kB". */
  private static Long peakResident() {
    try (Stream<String> lines = Files.lines(STATUS, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(null);
    } catch (IOException | UncheckedIOException | NumberFormatException e) {
      // Not Linux, or without /proc: nobody depends on it.
      return null;
    }
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
