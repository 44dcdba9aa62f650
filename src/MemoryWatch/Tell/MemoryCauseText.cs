using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>How a cause looks as a line. It claims no more than is known, and calls allocated what was allocated.</summary>
internal static class MemoryCauseText
{
    private const string Title = "Likely cause";

    // Smaller amounts would show as 0.0 MB.
    private const long LeastBytes = (1 << 20) / 20;

    // Shared, file-backed and outside memory seldom matter: smaller changes are not shown.
    private const long NoteworthyBytes = 1 << 20;

    public static string Format(MemoryCause cause)
    {
        var clauses = new List<string>();
        var change = cause.UsedChangeBytes ?? cause.ResidentChangeBytes;
        var isOver = change < cause.RiseBytes / 2;
        MemoryCausePart? shown = isOver ? null : cause.MainPart;
        var byAllocation = isOver ? Allocated(cause) >= cause.RiseBytes / 2 : shown is MemoryCausePart.Unknown or MemoryCausePart.Managed;
        if (byAllocation && (cause.Operations.Count > 0 || cause.UnattributedBytes > 0))
        {
            shown = null;
            clauses.Add(cause.IsMostlyUnattributed ? MemoryCauseWorkText.Unattributed(cause, Others(cause)) : ByAllocation(cause));
        }
        else if (isOver)
        {
            clauses.Add($"rise ended before it could be analyzed, {MemoryCauseWorkText.InFlight(cause)}");
        }
        else
        {
            clauses.Add(ByPart(cause, shown ?? MemoryCausePart.Unknown));
        }

        clauses.AddRange(isOver ? [change < 0 ? "nothing of the rise remains" : $"{MemoryText.Change(change)} of the rise remains"] : Changes(cause, shown));
        return $"{Title}: {clauses[0]}{(clauses.Count > 1 ? "; " : string.Empty)}{string.Join(", ", clauses.Skip(1))}";
    }

    /// <summary>Says in words why there is no cause; <see langword="null"/> if the alert is of a kind that is not explained.</summary>
    public static string? Format(NoCauseReason reason) => reason switch
    {
        NoCauseReason.NoEarlierReading => $"{Title}: unknown, memory was used before the watch started",
        NoCauseReason.NoGrowth => $"{Title}: unknown, memory did not grow by 1 MB lately: it was used before, or grew slowly",
        NoCauseReason.NotReadable => $"{Title}: unknown, the memory of this process could not be read",
        _ => null,
    };

    /// <summary>
    /// The part of the line of a cause that says who allocated how much: <c>Download (User 5) allocated 118.4 MB of 128.9 MB in the last 12 s</c>.
    /// </summary>
    /// <returns>The part; <see langword="null"/> if the cause is another one.</returns>
    public static string? Allocated(string line)
    {
        // A history keeps the beginning of a line, which may end within what is cut off here.
        var clause = line.Split("; ")[0].Split(" (unattributed ")[0].Split(" (others ")[0].TrimEnd(';');
        return clause.StartsWith($"{Title}: ", StringComparison.Ordinal) && clause.Contains(" allocated ", StringComparison.Ordinal)
            ? clause[(Title.Length + 2)..]
            : null;
    }

    /// <summary>Adds a cause to the values of a log event, each key begins with <c>cause</c>. Unknown values are left out.</summary>
    public static LogState Add(this LogState state, MemoryCause? cause, string? text)
    {
        if (cause is null)
        {
            return state.Add("cause", text);
        }

        var first = cause.Operations.Count > 0 ? cause.Operations[0] : null;
        return state
            .Add("cause", text)
            .Add("cause_window_seconds", cause.Window.TotalSeconds)
            .Add("cause_rise_bytes", cause.RiseBytes)
            .Add("cause_main_part", cause.MainPart == MemoryCausePart.Unknown ? null : cause.MainPart.ToString())
            .Add("cause_resident_change_bytes", cause.ResidentChangeBytes)
            .Add("cause_managed_change_bytes", cause.ManagedChangeBytes)
            .Add("cause_native_change_bytes", cause.NativeChangeBytes)
            .Add("cause_shared_change_bytes", cause.SharedChangeBytes)
            .Add("cause_file_backed_change_bytes", cause.FileBackedChangeBytes)
            .Add("cause_used_change_bytes", cause.UsedChangeBytes)
            .Add("cause_outside_change_bytes", cause.OutsideChangeBytes)
            .Add("cause_allocated_bytes", cause.AllocatedBytes)
            .Add("cause_unattributed_bytes", cause.UnattributedBytes)
            .Add("cause_in_flight", cause.InFlightCount)
            .Add("cause_in_flight_at_once", cause.MostInFlight == 0 ? null : cause.MostInFlight)
            .Add("cause_operation", first?.Name)
            .Add("cause_operation_id", first is { OperationId: not 0 } ? first.OperationId : null)
            .Add("cause_operation_context", first is { Context.Text.Length: > 0 } ? first.Context.Text : null)
            .Add("cause_operation_count", first?.Count)
            .Add("cause_operation_allocated_bytes", first?.AllocatedBytes)
            .Add("cause_operation_charged_bytes", first is { ChargedBytes: > 0 } ? first.ChargedBytes : null)
            .Add("cause_operation_share", first?.Share)
            .Add("cause_alone_operation", cause.Alone?.Name)
            .Add("cause_alone_operation_id", cause.Alone?.OperationId)
            .Add("cause_alone_change_bytes", cause.AloneChangeBytes)
            .AddWork(cause);
    }

    private static LogState AddWork(this LogState state, MemoryCause cause)
    {
        if (cause.OthersRan is not { } others)
        {
            return state;
        }

        var first = cause.AtWork.Count > 0 ? cause.AtWork[0] : null;
        return state
            .Add("cause_at_work", cause.AtWorkCount)
            .Add("cause_at_work_operation", first?.Name)
            .Add("cause_at_work_operation_id", first?.OperationId)
            .Add("cause_at_work_operation_context", first is { Context.Text.Length: > 0 } ? first.Context.Text : null)
            .Add("cause_at_work_seconds", first?.ComputingFor?.TotalSeconds)
            .Add("cause_at_work_touched_new_memory", first?.TouchedNewMemory)
            .Add("cause_at_work_most_likely", cause.IsUnattributedAtWork)
            .Add("cause_others_ran", others)
            .Add("cause_waiting", cause.WaitingCount);
    }

    private static string ByAllocation(MemoryCause cause)
    {
        string[] named = [.. cause.Operations.Select(Describe)];
        var others = Others(cause);
        if (cause is not { AllocatedBytes: { } all, UnattributedBytes: { } rest })
        {
            return $"{Joined([.. named, others])} {Window(cause)}";
        }

        var (first, small) = named.Length == 0 && others is not null ? ([others], null) : (named, others);
        var share = $"of {MemoryText.Megabytes(all)} {Window(cause)} ({Joined([small, $"unattributed {MemoryText.Megabytes(rest)}"])})";
        return first.Length == 1 ? $"{first[0]} {share}" : Joined([.. first, share]);
    }

    private static string ByPart(MemoryCause cause, MemoryCausePart part)
    {
        var bytes = part == MemoryCausePart.Unknown ? cause.ResidentChangeBytes : Parts(cause).First(p => p.Part == part).Bytes;
        var grew = $"{Name(cause, part)} {MemoryText.Change(bytes)} {Window(cause)}";
        return part switch
        {
            MemoryCausePart.Outside => $"{grew}, outside of this process ({Others(cause.Source)})",
            _ => $"{grew} {MemoryCauseWorkText.InFlightAndAtWork(cause)}",
        };
    }

    private static string Others(LimitSource source) => source == LimitSource.Machine
        ? "other programs, files in tmpfs, kernel memory"
        : "child processes, files in tmpfs, kernel memory";

    private static string? Others(MemoryCause cause) =>
        cause.OtherAllocatedBytes >= LeastBytes
            ? $"{(cause.Operations.Count == 0 ? "operations" : "others")} {MemoryText.Megabytes(cause.OtherAllocatedBytes)}"
            : null;

    /// <summary>An operation, or several of one name, and what it allocated.</summary>
    public static string Describe(MemoryCauseOperation operation)
    {
        var charged = operation.ChargedBytes > 0 ? $" (charged {MemoryText.Megabytes(operation.ChargedBytes)})" : string.Empty;
        var who = operation.Count switch
        {
            0 => $"{operation.Name} after its end",
            1 => Name(operation),
            var count => string.Create(CultureInfo.InvariantCulture, $"{operation.Name}: {count} operations{Context(operation)}"),
        };
        return $"{who} allocated {MemoryText.Megabytes(operation.AllocatedBytes)}{charged}";
    }

    /// <summary>An operation with its context: <c>Download (User 5)</c>.</summary>
    public static string Name(MemoryCauseOperation operation) => $"{operation.Name}{Context(operation)}";

    public static string Window(MemoryCause cause)
    {
        var form = cause.Window.TotalSeconds < 9.95 ? "0.#" : "0";
        return $"in the last {cause.Window.TotalSeconds.ToString(form, CultureInfo.InvariantCulture)} s";
    }

    public static string Joined(params IEnumerable<string?> parts) => string.Join(", ", parts.Where(part => part is not null));

    private static string Context(MemoryCauseOperation operation) => OperationText.Context(operation.Context);

    private static long Allocated(MemoryCause cause) =>
        cause.AllocatedBytes ?? (cause.OtherAllocatedBytes + cause.Operations.SumBytes(o => o.AllocatedBytes));

    private static IEnumerable<string> Changes(MemoryCause cause, MemoryCausePart? shown) => Parts(cause)
        .Where(p => p.Part != shown && p.Bytes is not null && (p.IsAlwaysShown || Math.Abs(p.Bytes.Value) >= NoteworthyBytes))
        .Select(p => $"{Name(cause, p.Part)} {MemoryText.Change(p.Bytes)}");

    private static string Name(MemoryCause cause, MemoryCausePart part) => part switch
    {
        MemoryCausePart.Managed => "managed",
        MemoryCausePart.Native => "native",
        MemoryCausePart.Shared => "shared",
        MemoryCausePart.FileBacked => "file-backed",
        MemoryCausePart.Outside => cause.Source == LimitSource.Machine ? "rest of machine" : "rest of container",
        _ => "resident memory",
    };

    private static (MemoryCausePart Part, long? Bytes, bool IsAlwaysShown)[] Parts(MemoryCause cause) =>
    [
        (MemoryCausePart.Managed, cause.ManagedChangeBytes, true),
        (MemoryCausePart.Native, cause.NativeChangeBytes, true),
        (MemoryCausePart.Shared, cause.SharedChangeBytes, false),
        (MemoryCausePart.FileBacked, cause.FileBackedChangeBytes, false),
        (MemoryCausePart.Outside, cause.Source == LimitSource.Machine && cause.UsedChangeBytes is null ? null : cause.OutsideChangeBytes, false),
    ];
}
