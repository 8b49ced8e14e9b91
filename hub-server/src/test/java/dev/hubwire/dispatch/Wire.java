package dev.hubwire.dispatch;

/** Records as clients and servers write them, in JSON. */
final class Wire {
  private Wire() {}

  static String invoke(String id, String target, String arguments, String... streamIds) {
    return call(1, id, target, arguments, streamIds);
  }

  static String stream(String id, String target, String arguments, String... streamIds) {
    return call(4, id, target, arguments, streamIds);
  }

  static String cancel(String id) {
    return "{\"type\":5,\"invocationId\":\"" + id + "\"}";
  }

  static String item(String id, Object json) {
    return "{\"type\":2,\"invocationId\":\"%s\",\"item\":%s}".formatted(id, json);
  }

  static String result(String id, Object json) {
    return "{\"type\":3,\"invocationId\":\"%s\",\"result\":%s}".formatted(id, json);
  }

  static String end(String id) {
    return "{\"type\":3,\"invocationId\":\"" + id + "\"}";
  }

  static String error(String id, String text) {
    return "{\"type\":3,\"invocationId\":\"%s\",\"error\":\"%s\"}".formatted(id, text);
  }

  private static String call(
      int type, String id, String target, String arguments, String... streamIds) {
    String streams =
        streamIds.length == 0 ? "" : ",\"streamIds\":[\"" + String.join("\",\"", streamIds) + "\"]";
    return "{\"type\":%d,\"invocationId\":\"%s\",\"target\":\"%s\",\"arguments\":[%s]%s}"
        .formatted(type, id, target, arguments, streams);
  }
}
