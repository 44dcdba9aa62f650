namespace Plugins;

/// <summary>A small cache, as many applications have one: the plug-ins here report on it and empty it. Thread-safe.</summary>
public sealed class DocumentCache
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, byte[]> _documents = [];
    private readonly Queue<string> _oldestFirst = new();
    private long _bytes;
    private long _hits;
    private long _lookups;

    /// <summary>The number of documents, their size in bytes, and the lookups so far, all of one moment.</summary>
    public (int Count, long Bytes, long Hits, long Lookups) Totals
    {
        get
        {
            lock (_lock)
            {
                return (_documents.Count, _bytes, _hits, _lookups);
            }
        }
    }

    public byte[]? Find(string name)
    {
        lock (_lock)
        {
            _lookups++;
            var document = _documents.GetValueOrDefault(name);
            _hits += document is null ? 0 : 1;
            return document;
        }
    }

    /// <summary>Adds a document; one that is there already stays.</summary>
    public void Add(string name, byte[] document)
    {
        lock (_lock)
        {
            if (_documents.TryAdd(name, document))
            {
                _oldestFirst.Enqueue(name);
                _bytes += document.Length;
            }
        }
    }

    /// <summary>Removes the oldest document.</summary>
    /// <returns>Whether there was one.</returns>
    public bool RemoveOldest()
    {
        lock (_lock)
        {
            if (!_oldestFirst.TryDequeue(out var name) || !_documents.Remove(name, out var document))
            {
                return false;
            }

            _bytes -= document.Length;
            return true;
        }
    }
}
