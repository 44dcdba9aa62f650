namespace MemoryWatch.Track;

/// <summary>
/// The budgets by operation name. Names are case-insensitive because the keys of configuration are. Immutable, and compared by value.
/// </summary>
internal sealed class OperationBudgets : IEquatable<OperationBudgets>
{
    private readonly Dictionary<string, OperationBudget> _byName;

    public OperationBudgets(IEnumerable<KeyValuePair<string, OperationBudget>> byName) =>
        _byName = new(byName, StringComparer.OrdinalIgnoreCase);

    public static OperationBudgets None { get; } = new([]);

    public OperationBudget? Of(string name) => _byName.Count == 0 ? null : _byName.GetValueOrDefault(name);

    public bool Equals(OperationBudgets? other) =>
        other is not null && _byName.Count == other._byName.Count && _byName.All(b => b.Value == other.Of(b.Key));

    public override bool Equals(object? obj) => Equals(obj as OperationBudgets);

    public override int GetHashCode() => _byName.Count;
}
