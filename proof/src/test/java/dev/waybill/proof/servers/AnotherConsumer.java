package dev.waybill.proof.servers;

import dev.waybill.consumer.ConsumerService;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.Ports;
import dev.waybill.stack.StackService;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One more instance of B beside that of a local stack. */
public final class AnotherConsumer {
  private AnotherConsumer() {}

  /** Started, not yet ready; its state and its log are in the folder. */
  public static StackService start(LocalStack stack, Path folder) {
    int port = Ports.free();
    Map<String, String> environment = new HashMap<>(stack.environment(port));
    environment.put("CONSUMER_STATE_DIR", folder.resolve("state").toString());
    StackService consumer =
        new StackService("another-consumer", ConsumerService.class, port, environment, folder);
    consumer.start();
    return consumer;
  }
}
