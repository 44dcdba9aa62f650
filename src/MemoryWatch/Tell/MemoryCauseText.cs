using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>How a cause looks as a line. It claims no more than is known, and calls allocated what was allocated.</summary>
internal static class MemoryCauseText
{
    private const string Managed = "managed";
    private const int LongestContext = 64;

    // Smaller amounts would show as 0.0 MB.
    private const long LeastBytes = (1 << 20) / 20;

    // Shared and file-backed memory seldom matter: smaller changes are not shown.
    private const long NoteworthyBytes = 1 << 20;

    public static string Format(MemoryCause cause)
    {
        var clauses = new List<string>();
        var isOver = cause.ResidentChangeBytes < cause.RiseBytes / 2;
        var shown = isOver ? null : MainPart(cause);
        var byAllocation = isOver ? Allocated(cause) >= cause.RiseBytes / 2 : shown is null or Managed;
        if (byAllocation && (cause.Operations.Count > 0 || cause.UnattributedBytes > 0))
        {
            shown = null;
            clauses.Add(ByAllocation(cause));
        }
        else if (isOver)
        {
            clauses.Add($"rise ended before it could be analyzed, {InFlight(cause)}");
        }
        else
        {
            var bytes = shown is null ? cause.ResidentChangeBytes : Parts(cause).First(p => p.Name == shown).Bytes;
            clauses.Add($"{shown ?? "resident memory"} {MemoryText.Change(bytes)} {Window(cause)} {InFlight(cause)}");
        }

        clauses.AddRange(isOver ? [$"{MemoryText.Change(cause.ResidentChangeBytes)} of the rise remains"] : Changes(cause, shown));
        return $"Likely cause: {clauses[0]}{(clauses.Count > 1 ? "; " : string.Empty)}{string.Join(", ", clauses.Skip(1))}";
    }

    /// <summary>Adds a cause to the values of a log event, each key begins with <c>cause</c>. Unknown values are left out.</summary>
    public static LogState Add(this LogState state, MemoryCause? cause, string? text)
    {
        if (cause is null)
        {
            return state;
        }

        var first = cause.Operations.Count > 0 ? cause.Operations[0] : null;
        return state
            .Add("cause", text)
            .Add("cause_window_seconds", cause.Window.TotalSeconds)
            .Add("cause_rise_bytes", cause.RiseBytes)
            .Add("cause_resident_change_bytes", cause.ResidentChangeBytes)
            .Add("cause_managed_change_bytes", cause.ManagedChangeBytes)
            .Add("cause_native_change_bytes", cause.NativeChangeBytes)
            .Add("cause_shared_change_bytes", cause.SharedChangeBytes)
            .Add("cause_file_backed_change_bytes", cause.FileBackedChangeBytes)
            .Add("cause_allocated_bytes", cause.AllocatedBytes)
            .Add("cause_unattributed_bytes", cause.UnattributedBytes)
            .Add("cause_in_flight", cause.InFlightCount)
            .Add("cause_operation", first?.Name)
            .Add("cause_operation_id", first is { OperationId: not 0 } ? first.OperationId : null)
            .Add("cause_operation_context", first is { Context.Text.Length: > 0 } ? first.Context.Text : null)
            .Add("cause_operation_allocated_bytes", first?.AllocatedBytes)
            .Add("cause_operation_charged_bytes", first is { ChargedBytes: > 0 } ? first.ChargedBytes : null)
            .Add("cause_operation_share", first?.Share);
    }

    private static string ByAllocation(MemoryCause cause)
    {
        string[] named = [.. cause.Operations.Select(Describe)];
        var others = cause.OtherAllocatedBytes >= LeastBytes ? $"others {MemoryText.Megabytes(cause.OtherAllocatedBytes)}" : null;
        if (cause is not { AllocatedBytes: { } all, UnattributedBytes: { } rest })
        {
            return $"{Joined([.. named, others])} {Window(cause)}";
        }

        // Charged bytes were allocated where MemoryWatch cannot see them.
        var charged = cause.Operations.SumBytes(o => o.ChargedBytes);
        if (rest - charged - cause.OtherChargedBytes > all / 2)
        {
            var unattributed = $"unattributed {MemoryText.Megabytes(rest)} of {MemoryText.Megabytes(all)} allocated {Window(cause)}";
            return Joined([unattributed, .. named, others]);
        }

        var (first, small) = named.Length == 0 && others is not null ? ([others], null) : (named, others);
        var share = $"of {MemoryText.Megabytes(all)} {Window(cause)} ({Joined([small, $"unattributed {MemoryText.Megabytes(rest)}"])})";
        return first.Length == 1 ? $"{first[0]} {share}" : Joined([.. first, share]);
    }

    private static string Describe(MemoryCauseOperation operation)
    {
        var charged = operation.ChargedBytes > 0 ? $" (charged {MemoryText.Megabytes(operation.ChargedBytes)})" : string.Empty;
        var who = operation.Count switch
        {
            0 => $"{operation.Name} after its end",
            1 => Name(operation),
            var count => string.Create(CultureInfo.InvariantCulture, $"{operation.Name}: {count} operations"),
        };
        return $"{who} allocated {MemoryText.Megabytes(operation.AllocatedBytes)}{charged}";
    }

    private static string InFlight(MemoryCause cause) => Recorded(cause) + cause switch
    {
        { QuietInFlight: > 0 and var quiet } => string.Create(CultureInfo.InvariantCulture, $" (not counting {quiet} quiet {(quiet == 1 ? "one" : "ones")})"),
        { IsRecorded: true, QuietInFlight: null, InFlightCount: 0 } => " (quiet ones are not recorded)",
        _ => string.Empty,
    };

    private static string Recorded(MemoryCause cause)
    {
        var names = cause.InFlight.Select(Name).ToArray();
        var others = cause.InFlightCount - names.Length;
        return (names.Length, others) switch
        {
            (0, 0) => cause.IsRecorded ? "with no recorded operation in flight" : "with no operation in flight",
            (0, _) => string.Create(CultureInfo.InvariantCulture, $"while {others} operations were in flight"),
            (1, 0) => $"while {names[0]} was in flight",
            (_, 0) => $"while {string.Join(", ", names[..^1])} and {names[^1]} were in flight",
            _ => string.Create(
                CultureInfo.InvariantCulture, $"while {string.Join(", ", names)} and {others} {(others == 1 ? "other" : "others")} were in flight"),
        };
    }

    private static string Name(MemoryCauseOperation operation) => operation.Context.Text.Length == 0
        ? operation.Name
        : $"{operation.Name} ({SafeText.Clean(operation.Context.Text, LongestContext)})";

    private static string Joined(string?[] parts) => string.Join(", ", parts.Where(part => part is not null));

    private static string Window(MemoryCause cause)
    {
        var form = cause.Window.TotalSeconds < 9.95 ? "0.#" : "0";
        return $"in the last {cause.Window.TotalSeconds.ToString(form, CultureInfo.InvariantCulture)} s";
    }

    private static long Allocated(MemoryCause cause) =>
        cause.AllocatedBytes ?? (cause.OtherAllocatedBytes + cause.Operations.SumBytes(o => o.AllocatedBytes));

    /// <summary>The part that grew most; <see langword="null"/> if none is known to have grown.</summary>
    private static string? MainPart(MemoryCause cause) =>
        Parts(cause).Where(p => p.Bytes > 0).OrderByDescending(p => p.Bytes).Select(p => p.Name).FirstOrDefault();

    private static IEnumerable<string> Changes(MemoryCause cause, string? shown) => Parts(cause)
        .Where(p => p.Name != shown && p.Bytes is not null && (p.IsAlwaysShown || Math.Abs(p.Bytes.Value) >= NoteworthyBytes))
        .Select(p => $"{p.Name} {MemoryText.Change(p.Bytes)}");

    private static (string Name, long? Bytes, bool IsAlwaysShown)[] Parts(MemoryCause cause) =>
    [
        (Managed, cause.ManagedChangeBytes, true),
        ("native", cause.NativeChangeBytes, true),
        ("shared", cause.SharedChangeBytes, false),
        ("file-backed", cause.FileBackedChangeBytes, false),
    ];
}
