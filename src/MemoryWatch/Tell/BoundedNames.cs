using System.Collections.Concurrent;

namespace MemoryWatch.Tell;

/// <summary>
/// Keeps the number of different tag values bounded: each costs memory in every store behind. The first names stay; a name that comes
/// when there are enough goes to <c>other</c>. Thread-safe.
/// </summary>
internal sealed class BoundedNames
{
    public const int Most = 64;
    public const string Other = "other";

    private readonly ConcurrentDictionary<string, string> _known = new();
    private int _count;

    public string Of(string name)
    {
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        if (Volatile.Read(ref _count) >= Most || Interlocked.Increment(ref _count) > Most)
        {
            return Other;
        }

        _known.TryAdd(name, name);
        return name;
    }
}
