package dev.waybill.consumer.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound on the memory of all stores of this instance together: blocks, indexes, filters and
 * write buffers share one cache. Close it after Kafka Streams.
 */
public final class RocksMemory implements AutoCloseable {
  /** Where the setter finds this object in the configuration of Kafka Streams. */
  static final String KEY = "waybill.rocksdb.memory";

  static {
    RocksDB.loadLibrary();
  }

  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  /** Half of the bytes are for write buffers at most. */
  public RocksMemory(long bytes) {
    cache = new LRUCache(bytes);
    writeBuffers = new WriteBufferManager(bytes / 2, cache);
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }

  /** Applies it to each store; Kafka Streams makes its own object of this class. */
  public static final class Setter implements RocksDBConfigSetter {
    private static final double MEMTABLE_FILTER = 0.02;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
      if (!(configs.get(KEY) instanceof RocksMemory memory)) {
        throw new IllegalStateException("the configuration has no " + KEY);
      }
      BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
      table.setBlockCache(memory.cache);
      table.setCacheIndexAndFilterBlocks(true);
      table.setCacheIndexAndFilterBlocksWithHighPriority(true);
      table.setPinTopLevelIndexAndFilter(true);
      options.setWriteBufferManager(memory.writeBuffers);
      // Most ids that are looked up were never seen: say so without a search, also in memory.
      options.setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER);
      options.setMemtableWholeKeyFiltering(true);
    }

    /** What the stores share is closed with {@link RocksMemory}. */
    @Override
    public void close(String storeName, Options options) {}
  }
}
