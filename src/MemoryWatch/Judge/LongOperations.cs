using System.Globalization;
using System.Text;
using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>Names the operations that have been running for long, for reports made while memory is tight. Thread-safe.</summary>
/// <param name="operations">The operations; asked for at each report, as reports are there first.</param>
/// <param name="time">The clock.</param>
/// <param name="longerThan">What is long; zero for none.</param>
internal sealed class LongOperations(Func<OperationTracker> operations, TimeProvider time, Func<TimeSpan> longerThan)
{
    private const int Most = 5;

    /// <summary>The oldest of them, the oldest first; empty where there are none, or memory is not tight.</summary>
    public string Report(MemoryZone zone)
    {
        var limit = longerThan();
        return zone == MemoryZone.Healthy || limit <= TimeSpan.Zero ? string.Empty : List(Find(limit), limit);
    }

    private OperationInFlight[] Find(TimeSpan limit)
    {
        var old = new List<OperationScope>();
        foreach (var scope in operations().Registry.Slots)
        {
            if (scope is not null && time.GetElapsedTime(scope.StartTimestamp) > limit)
            {
                old.Add(scope);
            }
        }

        old.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return [.. old.Take(Most).Select(scope => scope.Describe(time))];
    }

    private string List(OperationInFlight[] old, TimeSpan limit)
    {
        if (old.Length == 0)
        {
            return string.Empty;
        }

        var text = new StringBuilder($"⏳ In flight for over {MemoryText.Interval(limit)}:");
        for (var i = 0; i < old.Length; i++)
        {
            var operation = old[i];
            text.Append(CultureInfo.InvariantCulture, $"\n  {i + 1}. {operation.Name} - {MemoryText.Duration(operation.Age)}");
            if (operations().IsMetered)
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
}
