using System.Collections.Concurrent;

namespace MemoryWatch.Track;

/// <summary>
/// Limits the number of different names, because each costs memory here and in every store that receives the metrics. The first names are kept;
/// names after the limit become <c>other</c>. Each kind of name has a separate instance. Thread-safe.
/// </summary>
internal sealed class BoundedNames
{
    public const int Most = 64;
    public const string Other = "other";

    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private int _count;

    /// <returns>The name itself, which is kept from now on, or <see cref="Other"/>.</returns>
    public string Of(string name)
    {
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        if (name == Other || Volatile.Read(ref _count) >= Most || Interlocked.Increment(ref _count) > Most)
        {
            return Other;
        }

        // If two threads add the name at once, it takes two places, and one of them is given back.
        if (!_known.TryAdd(name, name))
        {
            Interlocked.Decrement(ref _count);
        }

        return name;
    }
}
