package dev.waybill.proof.pooler;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pooler in front of PostgreSQL, as PgBouncer is one: it refuses start-up parameters that it does
 * not know, and in transaction mode all clients share one session, which a client has for as long
 * as its transaction lasts.
 */
final class Bouncer implements AutoCloseable {
  private static final List<String> KNOWN =
      List.of(
          "user",
          "database",
          "client_encoding",
          "datestyle",
          "timezone",
          "application_name",
          "standard_conforming_strings",
          "extra_float_digits");
  private static final int SSL = 80877103;
  private static final int GSS = 80877104;

  private final ServerSocket listening;
  private final int database;

  /** Who has the one session of transaction mode. */
  private final ReentrantLock shared = new ReentrantLock(true);

  private final boolean transactions;
  private volatile Socket session = new Socket();
  private volatile byte[] greeting = {};

  private Bouncer(int database, boolean transactions) {
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.database = database;
    this.transactions = transactions;
    daemon(this::accept);
  }

  static Bouncer ofSessions(int database) {
    return new Bouncer(database, false);
  }

  static Bouncer ofTransactions(int database) {
    return new Bouncer(database, true);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        daemon(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      byte[] startup = startup(in, out);
      String unknown = unknown(startup);
      if (!unknown.isEmpty()) {
        refuse(out, "unsupported startup parameter: " + unknown);
      } else if (transactions) {
        lend(startup, in, out);
      } else {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), database)) {
          server.getOutputStream().write(startup);
          daemon(() -> copy(server, client));
          in.transferTo(server.getOutputStream());
        }
      }
    } catch (IOException gone) {
      // As a pooler: the other side is told by the end of its connection.
    }
  }

  private static void copy(Socket from, Socket to) {
    try (to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // Both ends are closed by who opened them.
    }
  }

  private static byte[] startup(DataInputStream in, DataOutputStream out) throws IOException {
    while (true) {
      int length = in.readInt();
      byte[] rest = in.readNBytes(length - 4);
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      DataOutputStream message = new DataOutputStream(whole);
      message.writeInt(length);
      message.write(rest);
      int code = new DataInputStream(new ByteArrayInputStream(rest)).readInt();
      if (code != SSL && code != GSS) {
        return whole.toByteArray();
      }
      out.write('N');
    }
  }

  private static String unknown(byte[] startup) {
    String[] texts = new String(startup, 8, startup.length - 8, UTF_8).split("\0", -1);
    for (int i = 0; i + 1 < texts.length && !texts[i].isEmpty(); i += 2) {
      if (!KNOWN.contains(texts[i].toLowerCase(Locale.ROOT))) {
        return texts[i];
      }
    }
    return "";
  }

  private static void refuse(DataOutputStream out, String message) throws IOException {
    byte[] fields = ("SFATAL\0VFATAL\0C08P01\0M" + message + "\0\0").getBytes(UTF_8);
    out.write('E');
    out.writeInt(4 + fields.length);
    out.write(fields);
    out.flush();
  }

  /** Runs each transaction of the client in the one session. */
  private void lend(byte[] startup, DataInputStream in, DataOutputStream out) throws IOException {
    shared.lock();
    try {
      if (!session.isConnected()) {
        session = new Socket(InetAddress.getLoopbackAddress(), database);
        session.getOutputStream().write(startup);
        greeting = until(new DataInputStream(session.getInputStream())).bytes();
      }
      out.write(greeting);
    } finally {
      shared.unlock();
    }
    while (true) {
      Message first = Message.read(in);
      if (first.type() == 'X') {
        return;
      }
      shared.lock();
      try {
        DataOutputStream server = new DataOutputStream(session.getOutputStream());
        DataInputStream answers = new DataInputStream(session.getInputStream());
        for (Message message = first; ; message = Message.read(in)) {
          message.write(server);
          if (message.type() == 'Q' || message.type() == 'S') {
            Answer answer = until(answers);
            out.write(answer.bytes());
            if (answer.idle()) {
              break;
            }
          }
        }
      } finally {
        shared.unlock();
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Answer(byte[] bytes, boolean idle) {}

  private static Answer until(DataInputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      Message message = Message.read(in);
      message.write(new DataOutputStream(all));
      if (message.type() == 'Z') {
        return new Answer(all.toByteArray(), message.body()[0] == 'I');
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Message(int type, byte[] body) {
    static Message read(DataInputStream in) throws IOException {
      int type = in.readUnsignedByte();
      return new Message(type, in.readNBytes(in.readInt() - 4));
    }

    void write(DataOutputStream out) throws IOException {
      out.write(type);
      out.writeInt(4 + body.length);
      out.write(body);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "bouncer");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    session.close();
  }
}
