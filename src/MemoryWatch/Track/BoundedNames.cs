namespace MemoryWatch.Track;

/// <summary>
/// Limits the number of different names, because each costs memory here and in every store that receives the metrics. The first names are kept;
/// names after the limit become <c>other</c>. Each kind of name has a separate instance. Thread-safe.
/// </summary>
internal sealed class BoundedNames
{
    public const int Most = 64;
    public const string Other = "other";

    private readonly object _lock = new();

    // Replaced when a name is added, so that readers need no lock.
    private volatile Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <returns>The name itself, which is kept from now on, or <see cref="Other"/>.</returns>
    public string Of(string name)
    {
        var known = _known;
        return known.TryGetValue(name, out var kept) ? kept
            : name == Other || known.Count >= Most ? Other
            : Add(name);
    }

    private string Add(string name)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(name, out var kept))
            {
                return kept;
            }

            if (_known.Count >= Most)
            {
                return Other;
            }

            _known = new(_known, StringComparer.Ordinal) { [name] = name };
            return name;
        }
    }
}
