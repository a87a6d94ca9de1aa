package dev.waybill.stack.cli;

import dev.waybill.stack.LocalStack;
import dev.waybill.stack.OwnerOnly;
import dev.waybill.stack.StackLayout;
import dev.waybill.stack.StackService;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The process that {@code up} leaves behind: it holds the stack until it is told to stop. */
@Command(name = "supervise", hidden = true)
final class SuperviseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FolderOption where;
  @Mixin private PortOptions ports;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    RunningStack files = where.stack();
    StackLayout layout = ports.layout(files.folder());
    LocalStack stack = LocalStack.start(layout, out::println);
    StackService console = stack.startConsole();
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  out.println("stopping");
                  stack.close();
                  out.println("stopped");
                  stopped.countDown();
                }));
    Files.write(
        files.services(),
        Stream.concat(stack.services().stream(), Stream.of(console))
            .map(one -> one.name() + " " + one.url())
            .toList());
    OwnerOnly.write(
        files.consoleEnvironment(),
        stack.consoleEnvironment().entrySet().stream()
            .filter(one -> one.getKey().matches("(?:DATABASE|KAFKA|SCHEMA|CONSOLE)_.*"))
            .map(one -> one.getKey() + "=" + one.getValue())
            .sorted()
            .collect(Collectors.joining("\n", "", "\n")));
    OwnerOnly.write(files.ready(), Summary.of(stack, console));
    stopped.await();
    return 0;
  }
}
