namespace MemoryWatch.Benchmarks.Reporting;

/// <summary>One budget of the design and the value measured in this run.</summary>
/// <param name="What">The cost.</param>
/// <param name="Limit">The maximum.</param>
/// <param name="Measured">The measured value.</param>
/// <param name="Format">Format of both values, such as <c>{0:0.00}x</c>.</param>
internal sealed record Budget(string What, double Limit, double Measured, string Format)
{
    public static MarkdownTable Table(IEnumerable<Budget> budgets)
    {
        var table = new MarkdownTable("Budgets", "budget", "at most", "measured", "");
        foreach (var budget in budgets)
        {
            table.Add(
                budget.What, Text.Of(budget.Format, budget.Limit), Text.Of(budget.Format, budget.Measured), budget.Measured <= budget.Limit ? "met" : "**missed**");
        }

        return table;
    }
}
