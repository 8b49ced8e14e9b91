package dev.hubwire.clients;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real nginx in front of a server, in a folder of its own, on a free port. */
public final class NginxProxy implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final URI url;
  private final ChildProcess process;

  private NginxProxy(URI url, ChildProcess process) {
    this.url = url;
    this.process = process;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param folder for its files; exists
   * @param location what its one location says besides where to pass requests to
   */
  static NginxProxy start(Path folder, URI server, String location) throws IOException {
    int port = Tools.freePort();
    ChildProcess process =
        startWith(
            folder,
            """
            server {
              listen 127.0.0.1:%d;
              location / {
                proxy_pass %s;
                proxy_http_version 1.1;
                proxy_set_header Host $http_host;
                %s
              }
            }
            """
                .formatted(port, server, location));
    return new NginxProxy(URI.create("http://127.0.0.1:" + port), process);
  }

  /**
   * Starts an nginx and waits until it listens.
   *
   * @param folder for its files; exists
   * @param http what is in the {@code http} block of its configuration
   */
  public static ChildProcess startWith(Path folder, String http) throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            worker_processes 1;
            pid nginx.pid;
            error_log stderr notice;
            events { worker_connections 2048; }
            http {
              access_log off;
              server_tokens off;
              # Its workers may be a user who must not write to this folder.
              client_body_buffer_size 256k;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              %s
            }
            """
                .formatted(http));
    ChildProcess process =
        ChildProcess.start(
            List.of(
                Tools.nginx(),
                "-p",
                folder.toString(),
                "-c",
                configuration.toString(),
                "-g",
                "daemon off;"),
            folder,
            Map.of(),
            LIMIT);
    while (!process.nextLine().contains("start worker process ")) {
      // It says so when it listens.
    }
    return process;
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    process.close();
  }
}
