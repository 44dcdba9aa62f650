namespace MemoryWatch.Tool.Analyze;

/// <summary>The totals of each name. A log may contain any number of names, so those after the first are counted together.</summary>
internal sealed class OperationTable
{
    public const int Most = 512;

    private readonly Dictionary<ulong, OperationTotal> _totals = [];
    private readonly OperationTotal _others = new(string.Empty);

    /// <summary>Operations of further names.</summary>
    public OperationTotal Others => _others;

    public IReadOnlyCollection<OperationTotal> All => _totals.Values;

    public OperationTotal Of(ReadOnlySpan<byte> name)
    {
        var hash = ShortText.Hash(name);
        if (_totals.TryGetValue(hash, out var total))
            return total;
        if (_totals.Count == Most)
            return _others;

        total = new(ShortText.Show(name));
        _totals.Add(hash, total);
        return total;
    }
}
