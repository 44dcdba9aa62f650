using System.Globalization;
using System.Text;

namespace MemoryWatch.Tell;

/// <summary>
/// How an operation in flight looks in a line: <c>Download | User 5 | for 12.4 s | allocated 45.3 MB | Memory at start: 152.5 MB</c>.
/// </summary>
internal static class InFlightText
{
    // What is less rounds to nothing.
    private const long LeastBytes = (1 << 20) / 20;

    public static string Line(in OperationInFlight operation)
    {
        var line = new StringBuilder(operation.Name);
        if (operation.Context.Text.Length > 0)
        {
            line.Append(" | ").Append(operation.Context.Text);
        }

        line.Append(" | for ").Append(Age(operation.Age));
        if (operation.Allocation.AllocatedBytes + operation.Allocation.ChargedBytes >= LeastBytes)
        {
            line.Append(" | ").Append(AllocationText.Of(operation.Allocation));
        }

        return line.Append(" | Memory at start: ").Append(MemoryText.Megabytes(operation.StartResidentBytes)).ToString();
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
