using System.Collections.Concurrent;

namespace MemoryWatch.Track;

/// <summary>
/// Keeps the number of different names bounded: each costs memory here and in every store that the metrics go to. The first names stay; one
/// that comes when there are enough goes to <c>other</c>. Each kind of name has its own. Thread-safe.
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

        // Two threads may bring it at once: then it took two places, and one of them is given back.
        if (!_known.TryAdd(name, name))
        {
            Interlocked.Decrement(ref _count);
        }

        return name;
    }
}
