namespace MemoryWatch.Watch;

/// <summary>
/// Defines the settings <c>Budgets:&lt;operation&gt;:Allocated</c> and <c>:Change</c>: how they are read from text, and the values that they
/// allow.
/// </summary>
internal static class BudgetSettings
{
    public const string Prefix = "Budgets:";

    private const string Allocated = "Allocated";
    private const string Change = "Change";
    private const long Least = 1 << 20;

    public static bool IsOne(string name) => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <returns>The problem; <see langword="null"/> if the setting was set.</returns>
    public static string? TrySet(MemoryWatchOptions options, string name, string? value)
    {
        // The operation's name may contain colons.
        var end = name.LastIndexOf(':');
        var operation = end > Prefix.Length ? SafeText.Name(name[Prefix.Length..end]) : string.Empty;
        var part = name[(end + 1)..];
        var isAllocated = string.Equals(part, Allocated, StringComparison.OrdinalIgnoreCase);
        if (operation.Length == 0 || !(isAllocated || string.Equals(part, Change, StringComparison.OrdinalIgnoreCase)))
        {
            return $"{MemoryWatchOptions.SectionName}:{SafeText.Clean(name, 2 * SafeText.MaxNameLength)} is not a setting. There are: Budgets:<operation>:{Allocated}, Budgets:<operation>:{Change}.";
        }

        if (!MemorySize.TryParse(value, out var size) || size.Bytes < Least)
        {
            return Problem(operation, isAllocated ? Allocated : Change, SafeText.Name(value));
        }

        if (isAllocated)
        {
            options.SetBudget(operation, allocated: size);
        }
        else
        {
            options.SetBudget(operation, change: size);
        }

        return null;
    }

    public static IEnumerable<string> Check(IReadOnlyDictionary<string, OperationBudget> budgets)
    {
        foreach (var (operation, budget) in budgets)
        {
            if (budget.Allocated?.Bytes < Least)
            {
                yield return Problem(operation, Allocated, budget.Allocated.ToString());
            }

            if (budget.Change?.Bytes < Least)
            {
                yield return Problem(operation, Change, budget.Change.ToString());
            }
        }
    }

    private static string Problem(string operation, string part, string? value) =>
        $"{MemoryWatchOptions.SectionName}:{Prefix}{operation}:{part} is '{value}'; it must be an amount of at least 1 MB, such as 80MB.";
}
