package io.github.sgn4j.plan;

import java.util.ArrayList;
import java.util.List;

/** Several kernels in a row as one: what a fused node falls back to. */
final class SequenceKernel implements Kernel {

  private final List<Kernel> parts = new ArrayList<>();

  SequenceKernel(List<? extends Node> nodes, Buffers buffers) {
    for (Node node : nodes) {
      parts.add(node.bind(buffers));
    }
  }

  @Override
  public void forward() {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).forward();
    }
  }

  @Override
  public void prepare() {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).prepare();
    }
  }

  @Override
  public void jvp() {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).jvp();
    }
  }

  @Override
  public void vjp() {
    for (int i = parts.size() - 1; i >= 0; i--) {
      parts.get(i).vjp();
    }
  }

  @Override
  public void bindTangents() {
    parts.forEach(Kernel::bindTangents);
  }

  @Override
  public void bindAdjoints() {
    for (int i = parts.size() - 1; i >= 0; i--) {
      parts.get(i).bindAdjoints();
    }
  }

  @Override
  public void batchLoaded() {
    parts.forEach(Kernel::batchLoaded);
  }

  @Override
  public long bytes() {
    return parts.stream().mapToLong(Kernel::bytes).sum();
  }
}
