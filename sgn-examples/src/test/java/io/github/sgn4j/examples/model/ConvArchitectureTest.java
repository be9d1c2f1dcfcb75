package io.github.sgn4j.examples.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sgn4j.examples.model.ConvLayer.Convolution;
import io.github.sgn4j.examples.model.ConvLayer.Nonlinearity;
import io.github.sgn4j.examples.model.ConvLayer.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvArchitectureTest {

  private static final ImageShape MNIST = new ImageShape(28, 28, 1);
  private static final ImageShape CIFAR = new ImageShape(32, 32, 3);

  @TempDir Path folder;

  private ConvArchitecture read(String json) throws IOException {
    Path file = folder.resolve("net.json");
    Files.writeString(file, json.replace('\'', '"'));
    return ConvArchitecture.read(file);
  }

  private void assertRefused(String json, String... parts) {
    assertThatExceptionOfType(ArchitectureException.class)
        .isThrownBy(() -> read(json))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).contains("net.json"))
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isBetween(2L, 3L));
  }

  @Test
  void readsLayersInTheOrderOfTheirNumbers() throws IOException {
    ConvArchitecture read =
        read(
            """
            {'mlp_layers': {'layer1': {'type': 'FC', 'output_size': 8, 'activation': 'tanh'},
                            'layer0': {'output_size': 9, 'activation': 'sigmoid', 'type': 'FC'}},
             'conv_layers': {'layer10': {'type': 'POOL', 'pool_size': 3, 'stride': 2},
                             'layer2': {'type': 'ACT', 'activation': 'relu'},
                             'layer1': {'type': 'CONV', 'num_filters': 4, 'filter_size': 5}}}
            """);

    assertThat(read.convLayers())
        .containsExactly(
            new Convolution("layer1", 4, 5, 0, 1),
            new Nonlinearity("layer2", Activation.RELU),
            new Pooling("layer10", 3, 2));
    assertThat(read.denseLayers())
        .containsExactly(
            new DenseLayer("layer0", 9, Activation.SIGMOID),
            new DenseLayer("layer1", 8, Activation.TANH));
    assertThat(read.summary())
        .isEqualTo("conv 4@5x5, relu, pool 3x3 stride 2, FC 9 sigmoid, FC 8 tanh");
  }

  @Test
  void anArchitectureMayBeEmpty() throws IOException {
    ConvArchitecture read = read("{'conv_layers': {}, 'mlp_layers': {}}");

    assertThat(read.shapes(MNIST)).containsExactly(MNIST);
    assertThat(read.summary()).isEmpty();
  }

  @Test
  void knowsThePublishedNetworksAndLeNet() {
    assertThat(ConvArchitecture.bundled("fashion").summary())
        .isEqualTo(
            "conv 6@5x5, relu, pool 2x2, conv 16@5x5, relu, pool 2x2, FC 120 relu, FC 84 relu");
    assertThat(ConvArchitecture.bundled("fashion").shapes(MNIST))
        .endsWith(new ImageShape(4, 4, 16));
    assertThat(ConvArchitecture.bundled("cifar10").summary())
        .isEqualTo(
            "conv 32@3x3, relu, pool 2x2, conv 64@3x3, relu, pool 2x2, conv 64@3x3, relu, FC 64"
                + " relu");
    assertThat(ConvArchitecture.bundled("cifar10").shapes(CIFAR))
        .endsWith(new ImageShape(4, 4, 64));
    assertThat(ConvArchitecture.bundled("lenet5").shapes(MNIST))
        .contains(new ImageShape(28, 28, 6))
        .endsWith(new ImageShape(5, 5, 16));
    assertThatExceptionOfType(ArchitectureException.class)
        .isThrownBy(() -> ConvArchitecture.bundled("alexnet"))
        .withMessageContainingAll("alexnet", "fashion, cifar10, lenet5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "3", "null", "'fashion'"})
  void refusesWhatIsNoObject(String json) {
    assertRefused(json, "conv_layers");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{ | not JSON",
        "{} {} | not JSON",
        "{'conv_layers': {'layer0': {}, 'layer0': {}}, 'mlp_layers': {}} | layer0",
        "{'conv_layers': {}} | mlp_layers is missing",
        "{'mlp_layers': {}} | conv_layers is missing",
        "{'conv_layers': [], 'mlp_layers': {}} | conv_layers is not an object",
        "{'conv_layers': {}, 'mlp_layers': {}, 'rnn_layers': {}} | rnn_layers",
      })
  void refusesFilesThatAreNoArchitecture(String json, String part) {
    assertRefused(json, part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'layer': {'type': 'ACT', 'activation': 'relu'} | layer of conv_layers has no number",
        "'layer99999999999': {} | layer99999999999",
        "'layer1': {'type': 'ACT', 'activation': 'relu'}, 'layer01': {'type': 'POOL'} | layer01",
        "'layer0': 5 | layer0 of conv_layers is not an object",
        "'layer0': {} | layer0 of conv_layers has no type",
        "'layer0': {'type': 1} | has no type",
        "'layer0': {'type': 'conv'} | the unknown type \"conv\"",
        "'layer0': {'type': 'DROPOUT'} | DROPOUT",
        "'layer0': {'type': 'FC', 'output_size': 5, 'activation': 'relu'} | mlp_layers",
        "'layer0': {'type': 'CONV', 'filter_size': 5} | layer0 of conv_layers lacks num_filters",
        "'layer0': {'type': 'CONV', 'num_filters': 5} | lacks filter_size",
        "'layer0': {'type': 'CONV', 'num_filters': 0, 'filter_size': 5} | num_filters 0",
        "'layer0': {'type': 'CONV', 'num_filters': 2.5, 'filter_size': 5} | num_filters 2.5",
        "'layer0': {'type': 'CONV', 'num_filters': '5', 'filter_size': 5} | num_filters \"5\"",
        "'layer0': {'type': 'CONV', 'num_filters': 99999999999, 'filter_size': 5} | 99999999999",
        "'layer0': {'type': 'CONV', 'num_filters': 5, 'filter_size': -1} | filter_size -1",
        "'layer0': {'type': 'CONV', 'num_filters': 5, 'filter_size': 5, 'padding': -1} | padding",
        "'layer0': {'type': 'CONV', 'num_filters': 5, 'filter_size': 5, 'stride': 0} | stride 0",
        "'layer0': {'type': 'CONV', 'num_filters': 5, 'filter_size': 5, 'dilation': 1} | dilation",
        "'layer0': {'type': 'POOL', 'stride': 2} | lacks pool_size",
        "'layer0': {'type': 'POOL', 'pool_size': 2} | lacks stride",
        "'layer0': {'type': 'POOL', 'pool_size': 2, 'stride': 2, 'mode': 'mean'} | mode",
        "'layer0': {'type': 'ACT'} | lacks activation",
        "'layer0': {'type': 'ACT', 'activation': 'elu'} | elu",
        "'layer0': {'type': 'ACT', 'activation': null} | null",
      })
  void refusesConvLayersByName(String layers, String part) {
    assertRefused("{'conv_layers': {" + layers + "}, 'mlp_layers': {}}", part, "layer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'layer0': {'type': 'CONV', 'num_filters': 5, 'filter_size': 5} | conv_layers",
        "'layer0': {'type': 'FC', 'activation': 'relu'} | layer0 of mlp_layers lacks output_size",
        "'layer0': {'type': 'FC', 'output_size': 0, 'activation': 'relu'} | output_size 0",
        "'layer0': {'type': 'FC', 'output_size': 5} | lacks activation",
        "'layer0': {'type': 'FC', 'output_size': 5, 'activation': 'relu', 'bias': true} | bias",
      })
  void refusesDenseLayersByName(String layers, String part) {
    assertRefused("{'conv_layers': {}, 'mlp_layers': {" + layers + "}}", part, "layer0");
  }

  @Test
  void refusesFilesThatAreNoText() throws IOException {
    byte[][] files = {
      {0, 0, 0, '{', 0x7f, 0x7f, 0x7f, 0x7f},
      {0, 0, 8, 0, 1, 2, 3, 4},
      {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0},
      {(byte) 0xff, (byte) 0xfe, '{', 0, 0, (byte) 0xd8, 0, 0},
      {'{', '"', (byte) 0xc3, (byte) 0x28, '"'},
      new byte[64],
    };
    Path file = folder.resolve("net.json");
    for (byte[] bytes : files) {
      Files.write(file, bytes);
      assertThatExceptionOfType(ArchitectureException.class)
          .isThrownBy(() -> ConvArchitecture.read(file))
          .withMessageContaining("net.json is not JSON")
          .satisfies(e -> assertThat(e.getMessage().lines().count()).isEqualTo(2));
    }
  }

  @Test
  void refusesFilesThatCannotBeRead() {
    assertThatExceptionOfType(ArchitectureException.class)
        .isThrownBy(() -> ConvArchitecture.read(folder.resolve("none.json")))
        .withMessageContainingAll("none.json", "no such file", "lenet5");
    assertThatExceptionOfType(ArchitectureException.class)
        .isThrownBy(() -> ConvArchitecture.read(folder))
        .withMessageContaining("it is a folder");
  }

  @Test
  void refusesLayersThatDoNotFitTheImageWithTheirShape() throws IOException {
    ConvArchitecture pools =
        read(
            """
            {'conv_layers': {'layer0': {'type': 'CONV', 'num_filters': 16, 'filter_size': 28},
                             'layer4': {'type': 'POOL', 'pool_size': 2, 'stride': 2}},
             'mlp_layers': {}}
            """);
    assertThatExceptionOfType(ArchitectureException.class)
        .isThrownBy(() -> pools.shapes(MNIST))
        .withMessageContaining("layer4 (POOL 2x2, stride 2) does not fit its input of 1 x 1 x 16");

    ConvArchitecture filters =
        read(
            "{'conv_layers': {'layer0': {'type': 'CONV', 'num_filters': 1, 'filter_size': 33,"
                + " 'padding': 2}}, 'mlp_layers': {}}");
    assertThat(filters.shapes(CIFAR)).endsWith(new ImageShape(4, 4, 1));
    assertThatExceptionOfType(ArchitectureException.class)
        .isThrownBy(() -> filters.shapes(MNIST))
        .withMessageContaining(
            "layer0 (CONV 1 filters 33x33, padding 2, stride 1) does not fit its input of 28 x 28"
                + " x 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'filter_size': 3, 'padding': 20000",
        "'filter_size': 3, 'padding': 2000000000, 'stride': 1000000",
      })
  void refusesPaddingBeyondAllMemory(String convolution) throws IOException {
    ConvArchitecture huge =
        read(
            "{'conv_layers': {'layer0': {'type': 'CONV', 'num_filters': 1, "
                + convolution
                + "}}, 'mlp_layers': {}}");

    assertThatExceptionOfType(ArchitectureException.class)
        .isThrownBy(() -> huge.shapes(CIFAR))
        .withMessageContainingAll("layer0", "padding", "memory");
  }

  @Test
  void refusesOutputsBeyondAllMemory() throws IOException {
    ConvArchitecture huge =
        read(
            "{'conv_layers': {'layer0': {'type': 'CONV', 'num_filters': 2000000000, 'filter_size':"
                + " 1}}, 'mlp_layers': {}}");

    assertThatExceptionOfType(ArchitectureException.class)
        .isThrownBy(() -> huge.shapes(CIFAR))
        .withMessageContainingAll("layer0", "32 x 32 x 2000000000");
  }
}
