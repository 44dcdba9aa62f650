using System.Globalization;
using System.Text;

namespace MemoryWatch.Tell;

/// <summary>
/// How an operation in flight looks in a line: <c>Download | User 5 | for 12.4 s | allocated 45.3 MB | Memory at start: 152.5 MB</c>. In a list,
/// nested operations follow the one around them and are indented.
/// </summary>
internal static class InFlightText
{
    /// <summary>Maximum number of operations that get a line each.</summary>
    public const int Most = 20;

    private const int Indent = 2;

    // A deeper nesting is shown as this one.
    private const int MostDepth = 8;

    // Smaller amounts would show as 0.0 MB.
    private const long LeastBytes = (1 << 20) / 20;

    public static string Line(in OperationInFlight operation, bool isQuiet = false)
    {
        var line = new StringBuilder(operation.Name);
        if (operation.Context.Text.Length > 0)
        {
            line.Append(" | ").Append(operation.Context.Text);
        }

        line.Append(" | for ").Append(Age(operation.Age));
        if (operation.Allocation.AllocatedBytes + operation.Allocation.ChargedBytes >= LeastBytes)
        {
            line.Append(" | ").Append(operation.Allocation).Append(Own(operation.Allocation));
        }

        return isQuiet ? line.Append(" (quiet)").ToString() : line.Append(" | Memory at start: ").Append(MemoryText.Megabytes(operation.StartResidentBytes)).ToString();
    }

    /// <summary>A line for each of the first operations, and one for the rest.</summary>
    /// <param name="operations">The operations that are known.</param>
    /// <param name="count">Number of all operations.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<OperationInFlight> operations, int count)
    {
        foreach (var (operation, depth) in Nested(operations).Take(Most))
        {
            yield return $"{new string(' ', Math.Min(depth, MostDepth) * Indent)}In flight: {Line(operation)}";
        }

        if (count - Math.Min(operations.Count, Most) is var more and > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"In flight: and {more} more");
        }
    }

    /// <summary>The part of its bytes that an operation took itself; empty if nested operations took none.</summary>
    private static string Own(in OperationAllocation allocation) =>
        allocation.AllocatedBytes - allocation.SelfAllocatedBytes >= LeastBytes || allocation.ChargedBytes - allocation.SelfChargedBytes >= LeastBytes
            ? $" ({new OperationAllocation { AllocatedBytes = allocation.SelfAllocatedBytes, ChargedBytes = allocation.SelfChargedBytes }} itself)"
            : string.Empty;

    /// <summary>Each operation with the number of operations around it, nested ones right after the one around them.</summary>
    private static IEnumerable<(OperationInFlight Operation, int Depth)> Nested(IReadOnlyList<OperationInFlight> operations)
    {
        var (parents, inner, next) = Families(operations);
        var (place, depth) = (inner[^1], 0);
        while (place >= 0)
        {
            yield return (operations[place], depth);
            if (inner[place] >= 0)
            {
                (place, depth) = (inner[place], depth + 1);
                continue;
            }

            while (next[place] < 0 && parents[place] < operations.Count)
            {
                (place, depth) = (parents[place], depth - 1);
            }

            place = next[place];
        }
    }

    /// <summary>
    /// For each place in the list, the place of the operation around it, of the first one nested in it, and of the next one beside it; -1 for none. The
    /// place after the last is around all that have no other.
    /// </summary>
    private static (int[] Parents, int[] Inner, int[] Next) Families(IReadOnlyList<OperationInFlight> operations)
    {
        var count = operations.Count;
        var (parents, inner, next) = (new int[count], new int[count + 1], new int[count]);
        var places = new Dictionary<long, int>(count);
        Array.Fill(inner, -1);
        for (var place = 0; place < count; place++)
        {
            // An operation starts after the one around it. A damaged file may say otherwise, and that must not become a circle.
            parents[place] = places.TryGetValue(operations[place].ParentId, out var parent) ? parent : count;
            places.TryAdd(operations[place].OperationId, place);
        }

        for (var place = count - 1; place >= 0; place--)
        {
            (next[place], inner[parents[place]]) = (inner[parents[place]], place);
        }

        return (parents, inner, next);
    }

    /// <summary>The operations that have run for long; empty if there are none.</summary>
    /// <param name="report">The report that contains them.</param>
    /// <param name="isMetered">Whether allocations are tracked.</param>
    public static string LongRunning(TickReport report, bool isMetered)
    {
        if (report.LongOperations is [])
        {
            return string.Empty;
        }

        var text = new StringBuilder($"⏳ In flight for over {MemoryText.Interval(report.LongOperation)}:");
        for (var i = 0; i < report.LongOperations.Length; i++)
        {
            var operation = report.LongOperations[i];
            text.Append(CultureInfo.InvariantCulture, $"\n  {i + 1}. {operation.Name} - {MemoryText.Duration(operation.Age)}");
            if (isMetered)
            {
                text.Append(" - allocated at least ").Append(MemoryText.Megabytes(operation.Allocation.AllocatedBytes));
            }

            if (operation.Context.Text.Length > 0)
            {
                text.Append(" - ").Append(operation.Context.Text);
            }
        }

        return text.ToString();
    }

    /// <summary>A time that may be days: <c>38 ms</c>, <c>12.4 s</c>, <c>5.2 min</c>, <c>7.5 h</c>, <c>3.1 days</c>.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => MemoryText.Duration(age),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0.0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0.0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0.0} days"),
    };
}
