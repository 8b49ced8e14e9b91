package dev.hubwire.deployment;

import dev.hubwire.clients.Tools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;

/** Three nodes that serve the same hubs, called n1, n2 and n3. For one thread. */
final class Farm implements AutoCloseable {
  static final List<String> NAMES = List.of("n1", "n2", "n3");

  private final IntFunction<List<String>> options;
  private final List<NodeProcess> nodes;

  private Farm(IntFunction<List<String>> options, List<NodeProcess> nodes) {
    this.options = options;
    this.nodes = nodes;
  }

  /**
   * Starts the nodes, all at once.
   *
   * @param options of each node's command line
   */
  static Farm start(String... options) {
    List<String> all = List.of(options);
    return start(port -> all);
  }

  /**
   * Starts the nodes, all at once.
   *
   * @param options of the command line of the node at a port
   */
  static Farm start(IntFunction<List<String>> options) {
    List<CompletableFuture<NodeProcess>> starting =
        NAMES.stream().map(name -> starting(name, options)).toList();
    return new Farm(
        options, new ArrayList<>(starting.stream().map(CompletableFuture::join).toList()));
  }

  NodeProcess node(String name) {
    return nodes.get(NAMES.indexOf(name));
  }

  /** The addresses of the nodes, in the order of their names: host and port. */
  List<String> addresses() {
    return nodes.stream().map(node -> node.url().getAuthority()).toList();
  }

  /** Starts a node that has ended again, at the same address. */
  void restart(String name) throws IOException {
    int index = NAMES.indexOf(name);
    int port = nodes.get(index).url().getPort();
    nodes.set(index, NodeProcess.start(name, port, options.apply(port)));
  }

  @Override
  public void close() {
    nodes.forEach(NodeProcess::close);
  }

  private static CompletableFuture<NodeProcess> starting(
      String name, IntFunction<List<String>> options) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            int port = Tools.freePort();
            return NodeProcess.start(name, port, options.apply(port));
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }
}
